//! The floor on PostgreSQL: a small pool per worker thread, statements prepared once per connection.

use anyhow::Context;
use serde::de::DeserializeOwned;
use sqlx::{
    PgPool, Row as _,
    postgres::{PgPoolOptions, PgRow},
    types::Json,
};
use uuid::Uuid;

use super::{
    Store,
    gaps::{self, GapReport},
    rows::{self, Assessment, Filter, NewAssessment, Row},
};

/// Connections of one worker thread: with two workers as many as the service's pool has.
const CONNECTIONS: u32 = 4;

/// One worker thread's connections.
pub(super) struct Pool(PgPool);

impl Pool {
    /// Connects.
    pub(super) async fn open(url: String) -> anyhow::Result<Self> {
        // The usual check before each use would be a second round trip.
        let options = PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
        Ok(Self(options.connect(&url).await.context("the database")?))
    }
}

impl Store for Pool {
    async fn assessment(&self, id: Uuid) -> anyhow::Result<Option<Assessment>> {
        let found = sqlx::query(rows::SELECT_ONE).bind(id).fetch_optional(&self.0).await?;
        found.map(|row| Assessment::read(&row)).transpose()
    }

    async fn page(&self, filter: &Filter) -> anyhow::Result<Vec<Assessment>> {
        let page = sqlx::query(rows::SELECT_PAGE).bind(&filter.status).bind(i64::from(filter.limit) + 1);
        page.fetch_all(&self.0).await?.iter().map(Assessment::read).collect()
    }

    async fn create(&self, new: NewAssessment) -> anyhow::Result<Assessment> {
        let row = Assessment::draft(new);
        row.bind().execute(&self.0).await?;
        Ok(row)
    }

    async fn gaps(&self) -> anyhow::Result<GapReport> {
        let standards = self.rows(gaps::SELECT_STANDARDS, gaps::read_standard).await?;
        let mut cells = gaps::Cells::new(standards, self.rows(gaps::SELECT_STAFF, gaps::read_staff).await?);
        for levels in self.rows(gaps::SELECT_LEVELS, gaps::read_levels).await? {
            cells.take_off(levels);
        }
        let needs = self.rows(gaps::SELECT_COMPETENCIES, gaps::read_need).await?;
        Ok(GapReport::new(cells, needs, self.rows(gaps::SELECT_UNITS, gaps::read_unit).await?))
    }
}

impl Pool {
    async fn rows<T>(&self, sql: &'static str, read: fn(&PgRow) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
        sqlx::query(sql).fetch_all(&self.0).await?.iter().map(read).collect()
    }
}

impl Row for PgRow {
    fn get<T>(&self, index: usize) -> anyhow::Result<T>
    where
        T: rusqlite::types::FromSql + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        Ok(self.try_get(index)?)
    }

    fn json<T: DeserializeOwned + 'static>(&self, index: usize) -> anyhow::Result<T> {
        let Json(value) = self.try_get(index)?;
        Ok(value)
    }
}
