//! Writes rows into SQLite.

use std::path::Path;

use anyhow::Context;
use rusqlite::{Connection, params_from_iter};

use super::Table;

/// Writes all tables in one transaction, then lets SQLite learn how they are filled.
pub(super) fn write<'a>(file: &Path, tables: impl Iterator<Item = Table<'a>>) -> anyhow::Result<u64> {
    let mut connection = Connection::open(file).context("the database file")?;
    // A cut between two tables leaves a file to be thrown away, so nothing is gained by waiting for the disk.
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "cache_size", -200_000)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let transaction = connection.transaction()?;
    let mut count = 0;
    for table in tables {
        let places = vec!["?"; table.columns.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({places})", table.name, table.quoted_columns());
        let mut insert = transaction.prepare(&sql).with_context(|| format!("table {}", table.name))?;
        for row in table.rows {
            insert.execute(params_from_iter(row)).with_context(|| format!("table {}", table.name))?;
            count += 1;
        }
    }
    transaction.commit()?;
    connection.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(count)
}
