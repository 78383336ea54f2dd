//! What the database holds, so that a test sees whether anything changed.

use std::collections::BTreeMap;

use bina_pustaka::kernel::error::Result;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, Query};

use crate::support::TestApp;

/// What stands in each table, as one text.
pub type State = BTreeMap<String, String>;

/// Tables that a refused request may change, with the reason.
const MOVING: &[(&str, &str)] = &[];

/// The expression that sums up each table, by the table's name.
pub struct Tables(Vec<(String, String)>);

impl Tables {
    /// All tables of the database, their rows spelled out on SQLite and hashed on PostgreSQL.
    pub async fn of(app: &TestApp) -> Self {
        let is_sqlite = app.db().backend() == DbBackend::Sqlite;
        let names = if is_sqlite {
            "SELECT group_concat(name) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        } else {
            "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'public'"
        };
        let names = texts(app, &[names.to_owned()]).await.remove(0);
        let mut tables = Vec::new();
        for name in names.split(',').filter(|name| !MOVING.iter().any(|(moving, _)| moving == name)) {
            let rows = if is_sqlite {
                let columns =
                    format!("SELECT group_concat('quote(\"' || name || '\")', '||') FROM pragma_table_info('{name}')");
                let columns = texts(app, &[columns]).await.remove(0);
                format!("SELECT count(*) || ' ' || coalesce(group_concat({columns}), '') FROM \"{name}\"")
            } else {
                format!("SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM \"{name}\" t")
            };
            tables.push((name.to_owned(), rows));
        }
        assert!(tables.len() > 20, "{} tables", tables.len());
        Self(tables)
    }

    pub async fn read(&self, app: &TestApp) -> State {
        let rows: Vec<_> = self.0.iter().map(|(_, rows)| rows.clone()).collect();
        self.0.iter().map(|(name, _)| name.clone()).zip(texts(app, &rows).await).collect()
    }
}

/// The tables that differ.
pub fn changed(before: &State, after: &State) -> Vec<String> {
    after.iter().filter(|(name, rows)| before.get(*name) != Some(rows)).map(|(name, _)| name.clone()).collect()
}

async fn texts(app: &TestApp, selects: &[String]) -> Vec<String> {
    let mut query = Query::select();
    for select in selects {
        query.expr(Expr::cust(format!("({select})")));
    }
    let count = selects.len();
    let take = move |row: bina_pustaka::kernel::db::Row<'_>| {
        (0..count).map(|index| row.get(index)).collect::<Result<Vec<String>>>()
    };
    app.db().reader().rows(&query, take).await.unwrap().remove(0)
}
