//! The floor on SQLite: a read-only connection per worker thread, and one writer that commits each row alone.

use std::{path::Path, thread};

use anyhow::Context;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row as SqliteRow, types::FromSql};
use serde::de::DeserializeOwned;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::{
    Store,
    gaps::{self, GapReport},
    rows::{self, Assessment, Filter, NewAssessment, Row},
};

/// One worker thread's connection, and the way to the writer.
pub(super) struct Lane {
    reader: Connection,
    writer: Writer,
}

impl Lane {
    /// Opens the file for reading.
    pub(super) fn open(file: &Path, writer: Writer) -> anyhow::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(file, flags).context("the database file")?;
        Ok(Self { reader, writer })
    }
}

impl Store for Lane {
    async fn assessment(&self, id: Uuid) -> anyhow::Result<Option<Assessment>> {
        let mut statement = self.reader.prepare_cached(rows::SELECT_ONE)?;
        let found = statement.query_row([id], |row| Ok(Assessment::read(row))).optional()?;
        found.transpose()
    }

    async fn page(&self, filter: &Filter) -> anyhow::Result<Vec<Assessment>> {
        let mut statement = self.reader.prepare_cached(rows::SELECT_PAGE)?;
        let found = statement.query_map((&filter.status, filter.limit + 1), |row| Ok(Assessment::read(row)))?;
        found.map(|row| row?).collect()
    }

    async fn create(&self, new: NewAssessment) -> anyhow::Result<Assessment> {
        let (answer, committed) = oneshot::channel();
        let row = Assessment::draft(new);
        self.writer.0.send(Job { row, answer }).ok().context("the writer has ended")?;
        committed.await?
    }

    async fn gaps(&self) -> anyhow::Result<GapReport> {
        let standards = self.rows(gaps::SELECT_STANDARDS, |row| gaps::read_standard(row))?;
        let mut cells = gaps::Cells::new(standards, self.rows(gaps::SELECT_STAFF, |row| gaps::read_staff(row))?);
        for levels in self.rows(gaps::SELECT_LEVELS, |row| gaps::read_levels(row))? {
            cells.take_off(levels);
        }
        let needs = self.rows(gaps::SELECT_COMPETENCIES, |row| gaps::read_need(row))?;
        Ok(GapReport::new(cells, needs, self.rows(gaps::SELECT_UNITS, |row| gaps::read_unit(row))?))
    }
}

impl Lane {
    fn rows<T>(&self, sql: &str, read: fn(&SqliteRow<'_>) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
        let mut statement = self.reader.prepare_cached(sql)?;
        let found = statement.query_map([], |row| Ok(read(row)))?;
        found.map(|row| row?).collect()
    }
}

impl Row for SqliteRow<'_> {
    fn get<T>(&self, index: usize) -> anyhow::Result<T>
    where
        T: FromSql + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        Ok(SqliteRow::get(self, index)?)
    }

    fn json<T: DeserializeOwned + 'static>(&self, index: usize) -> anyhow::Result<T> {
        Ok(serde_json::from_str(self.get_ref(index)?.as_str()?)?)
    }
}

/// A row to be written, and whom to tell.
struct Job {
    row: Assessment,
    answer: oneshot::Sender<anyhow::Result<Assessment>>,
}

/// The thread that writes: one row, one commit, one fsync, as without any grouping.
#[derive(Clone)]
pub(super) struct Writer(mpsc::UnboundedSender<Job>);

impl Writer {
    /// Opens the file for writing and starts the thread.
    pub(super) fn start(file: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(file).context("the database file")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        let (sender, mut jobs) = mpsc::unbounded_channel::<Job>();
        thread::spawn(move || {
            while let Some(Job { row, answer }) = jobs.blocking_recv() {
                // Who no longer waits needs no answer.
                drop(answer.send(insert(&connection, row)));
            }
        });
        Ok(Self(sender))
    }
}

fn insert(connection: &Connection, row: Assessment) -> anyhow::Result<Assessment> {
    let mut statement = connection.prepare_cached(rows::INSERT)?;
    row.insert(&mut statement)?;
    Ok(row)
}
