//! Writes rows into PostgreSQL by `COPY`.

use anyhow::Context;
use sqlx::{Connection, Executor, PgConnection};

use super::Table;

/// Bytes that are gathered before they are sent.
const PORTION: usize = 1 << 20;

/// Writes all tables in one transaction, then lets PostgreSQL learn how they are filled.
pub(super) async fn write<'a>(url: &str, tables: impl Iterator<Item = Table<'a>>) -> anyhow::Result<u64> {
    let mut connection = PgConnection::connect(url).await.context("the database")?;
    connection.execute("BEGIN").await?;
    let mut count = 0;
    for table in tables {
        let name = table.name;
        count += copy(&mut connection, table).await.with_context(|| format!("table {name}"))?;
    }
    connection.execute("COMMIT").await?;
    connection.execute("VACUUM ANALYZE").await?;
    connection.close().await?;
    Ok(count)
}

async fn copy(connection: &mut PgConnection, table: Table<'_>) -> anyhow::Result<u64> {
    let mut sink =
        connection.copy_in_raw(&format!("COPY {} ({}) FROM STDIN", table.name, table.quoted_columns())).await?;
    let mut portion = String::with_capacity(PORTION + 4096);
    for row in table.rows {
        for (index, value) in row.iter().enumerate() {
            if index > 0 {
                portion.push('\t');
            }
            value.copy_to(&mut portion);
        }
        portion.push('\n');
        if portion.len() >= PORTION {
            sink.send(portion.as_bytes()).await?;
            portion.clear();
        }
    }
    sink.send(portion.as_bytes()).await?;
    Ok(sink.finish().await?)
}
