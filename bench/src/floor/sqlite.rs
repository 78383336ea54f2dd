//! The floor on SQLite: a read-only connection per worker thread, and one writer that commits each row alone.

use std::{path::Path, thread};

use anyhow::Context;
use chrono::{SubsecRound, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row as SqliteRow, types::FromSql};
use serde::de::DeserializeOwned;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::{
    Store,
    check_ins::{self, Scan},
    credits::{self, Asked, Kept, Person, Statement},
    culture::{self, Culture},
    gaps::{self, GapReport},
    indicators::{self, Dashboard},
    registrations::{self, Registration},
    results::{self, Frozen},
    rows::{self, Assessment, Filter, NewAssessment, Row},
    surveys::{self, Response},
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
        let row = Assessment::draft(new);
        self.writer.run(move |connection| insert(connection, row)).await
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

    async fn registrations(&self, filter: &Filter) -> anyhow::Result<Vec<Registration>> {
        let mut statement = self.reader.prepare_cached(registrations::SELECT_PAGE)?;
        let found = statement.query_map((&filter.status, filter.limit + 1), |row| Ok(Registration::read(row)))?;
        found.map(|row| row?).collect()
    }

    async fn statement(&self, id: Uuid) -> anyhow::Result<Option<Statement>> {
        let mut people = self.reader.prepare_cached(credits::SELECT_PERSON)?;
        let Some(person) = people.query_row([id], |row| Ok(Person::read(row))).optional()?.transpose()? else {
            return Ok(None);
        };
        let year = person.year();
        let mut kept = self.reader.prepare_cached(credits::SELECT_KEPT)?;
        let kept = kept.query_row((id, year.year), |row| Ok(Kept::read(row))).optional()?.transpose()?;
        let mut asked = self.reader.prepare_cached(credits::SELECT_ASKED)?;
        let parameters = (&person.employment_kind, year.judged_on());
        let asked = asked.query_row(parameters, |row| Ok(Asked::read(row))).optional()?.transpose()?;
        Ok(Some(Statement::new(id, person, year, kept.unwrap_or_default(), asked)))
    }

    async fn culture(&self) -> anyhow::Result<Culture> {
        let people = self.rows(culture::SELECT_PEOPLE, |row| culture::read_person(row))?;
        let asked = self.rows(culture::SELECT_ASKED, |row| culture::read_asked(row))?;
        let mut kept = self.reader.prepare_cached(culture::SELECT_KEPT)?;
        let kept = kept.query_map([culture::first_year()], |row| Ok(culture::read_kept(row)))?;
        let kept: Vec<_> = kept.map(|row| row?).collect::<anyhow::Result<_>>()?;
        let units = self.rows(culture::SELECT_UNITS, |row| culture::read_unit(row))?;
        Ok(Culture::new(&people, &asked, &kept, units))
    }

    async fn check_in(&self, activity: Uuid, scans: Vec<Scan>) -> anyhow::Result<Vec<Scan>> {
        self.writer.run(move |connection| insert_scans(connection, activity, scans)).await
    }

    async fn dashboard(&self) -> anyhow::Result<Dashboard> {
        let indicators = self.rows(indicators::SELECT_INDICATORS, |row| indicators::read_indicator(row))?;
        let measured = self.rows(indicators::SELECT_MEASURED, |row| indicators::read_measured(row))?;
        let targets = self.rows(indicators::SELECT_TARGETS, |row| indicators::read_target(row))?;
        let methods = self.rows(indicators::SELECT_BANDS, |row| indicators::read_method(row))?;
        Ok(Dashboard::new(indicators, measured, targets, methods))
    }

    async fn frozen(&self, campaign: Uuid) -> anyhow::Result<Option<Frozen>> {
        let mut statement = self.reader.prepare_cached(results::SELECT_FROZEN)?;
        let found = statement.query_row([campaign], |row| Ok(Frozen::read(row))).optional()?;
        found.transpose()
    }

    async fn answer(&self, response: Response) -> anyhow::Result<bool> {
        self.writer.run(move |connection| insert_response(connection, &response)).await
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

/// What is to be written, with whom to tell.
type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The thread that writes: one request, one commit, one fsync, as without any grouping.
#[derive(Clone)]
pub(super) struct Writer(mpsc::UnboundedSender<Job>);

impl Writer {
    /// Opens the file for writing and starts the thread.
    pub(super) fn start(file: &Path) -> anyhow::Result<Self> {
        let mut connection = Connection::open(file).context("the database file")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        let (sender, mut jobs) = mpsc::unbounded_channel::<Job>();
        thread::spawn(move || {
            while let Some(job) = jobs.blocking_recv() {
                job(&mut connection);
            }
        });
        Ok(Self(sender))
    }

    /// Has `work` done on the writing thread and waits for it.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        let (answer, done) = oneshot::channel();
        // Who no longer waits needs no answer.
        let job = Box::new(move |connection: &mut Connection| drop(answer.send(work(connection))));
        self.0.send(job).ok().context("the writer has ended")?;
        done.await?
    }
}

fn insert_scans(connection: &mut Connection, activity: Uuid, scans: Vec<Scan>) -> anyhow::Result<Vec<Scan>> {
    #[expect(clippy::disallowed_methods, reason = "the floor has no clock of its own")]
    let now = Utc::now().trunc_subsecs(3).to_rfc3339();
    let transaction = connection.transaction()?;
    {
        let mut scanned = transaction.prepare_cached(check_ins::INSERT_SCAN)?;
        let mut present = transaction.prepare_cached(check_ins::INSERT_PRESENT)?;
        for scan in &scans {
            let at = scan.scanned_at.to_rfc3339();
            scanned.execute(rusqlite::params![
                scan.id,
                activity,
                scan.session_id,
                scan.registration_id,
                scan.device_id,
                scan.nonce,
                check_ins::FINGERPRINT,
                at,
                now,
            ])?;
            present.execute(rusqlite::params![scan.session_id, scan.registration_id, at, scan.id])?;
        }
    }
    transaction.commit()?;
    Ok(scans)
}

fn insert_response(connection: &mut Connection, response: &Response) -> anyhow::Result<bool> {
    let transaction = connection.transaction()?;
    let spent = transaction.prepare_cached(surveys::SPEND)?.execute([response.token])?;
    if spent == 0 {
        return Ok(false);
    }
    let Response { campaign_id, id, answered_on, answers, .. } = response;
    transaction.prepare_cached(surveys::INSERT)?.execute((campaign_id, id, answered_on, answers))?;
    transaction.commit()?;
    Ok(true)
}

fn insert(connection: &Connection, row: Assessment) -> anyhow::Result<Assessment> {
    let mut statement = connection.prepare_cached(rows::INSERT)?;
    row.insert(&mut statement)?;
    Ok(row)
}
