//! The measured tables and answers, column by column and field by field: the one place to change when the
//! service's `competencies::assessments` (`entity.rs`, `dto.rs`) or its gap report change.
//!
//! `bench run` compares the floor's answers with the service's byte by byte and names the first difference, so
//! this file cannot fall behind unseen.

use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

/// Path of the assessments.
pub(crate) const ASSESSMENTS: &str = "/api/v1/assessments";
/// Path of the gap report.
pub(crate) const GAPS: &str = "/api/v1/competency-gaps";
/// The measured page: filtered, sorted, 20 of 200,000.
pub(crate) const PAGE: &str = "/api/v1/assessments?status=confirmed&sort=-assessed_on&limit=20";

/// One assessment by its primary key.
pub(crate) const SELECT_ONE: &str = "SELECT id, librarian_id, competency_id, level, method, note, evidence, \
    status, assessed_on, valid_until, created_by, confirmed_by, confirmed_at, created_at, updated_at, version \
    FROM assessments WHERE id = $1";

/// The page, by the index on status, day and id; one row more tells whether there is a next page.
pub(crate) const SELECT_PAGE: &str = "SELECT id, librarian_id, competency_id, level, method, note, evidence, \
    status, assessed_on, valid_until, created_by, confirmed_by, confirmed_at, created_at, updated_at, version \
    FROM assessments WHERE status = $1 ORDER BY assessed_on DESC, id DESC LIMIT $2";

/// One new assessment; its values come from [`Assessment::insert`] and [`Assessment::bind`].
pub(crate) const INSERT: &str = "INSERT INTO assessments (id, librarian_id, competency_id, level, method, note, \
    evidence, status, assessed_on, valid_until, created_by, confirmed_by, confirmed_at, created_at, updated_at, \
    version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

/// The gap report from the kept figures.
pub(crate) const SELECT_GAPS: &str = "SELECT c.id, c.code, f.unit_id, f.people, f.reaching, f.missing_levels \
    FROM competency_gap_figures f JOIN competencies c ON c.id = f.competency_id \
    ORDER BY f.missing_levels DESC, c.code, f.unit_id";

/// Reads values of one row by position, from either database.
pub(crate) trait Row {
    /// The value of a column.
    fn get<T>(&self, index: usize) -> anyhow::Result<T>
    where
        T: rusqlite::types::FromSql + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>;
}

/// An assessment as the service answers it.
#[derive(Serialize)]
pub(crate) struct Assessment {
    id: Uuid,
    librarian_id: Uuid,
    competency_id: Uuid,
    level: i32,
    method: String,
    note: Option<String>,
    evidence: Value,
    status: String,
    assessed_on: NaiveDate,
    valid_until: Option<NaiveDate>,
    created_by: Uuid,
    confirmed_by: Option<Uuid>,
    confirmed_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
    version: i64,
    actions: &'static [&'static str],
}

impl Assessment {
    /// Decodes a row of [`SELECT_ONE`] or [`SELECT_PAGE`].
    pub(crate) fn read(row: &impl Row) -> anyhow::Result<Self> {
        let status: String = row.get(7)?;
        Ok(Self {
            id: row.get(0)?,
            librarian_id: row.get(1)?,
            competency_id: row.get(2)?,
            level: row.get(3)?,
            method: row.get(4)?,
            note: row.get(5)?,
            evidence: row.get(6)?,
            actions: actions(&status),
            status,
            assessed_on: row.get(8)?,
            valid_until: row.get(9)?,
            created_by: row.get(10)?,
            confirmed_by: row.get(11)?,
            confirmed_at: row.get::<Option<_>>(12)?.map(Instant),
            created_at: Instant(row.get(13)?),
            updated_at: Instant(row.get(14)?),
            version: row.get(15)?,
        })
    }

    /// The draft that the service would make of a request.
    pub(crate) fn draft(new: NewAssessment) -> Self {
        #[expect(clippy::disallowed_methods, reason = "the floor has no clock of its own")]
        let now = Instant(Utc::now().trunc_subsecs(3));
        Self {
            id: Uuid::now_v7(),
            librarian_id: new.librarian_id,
            competency_id: new.competency_id,
            level: new.level,
            method: new.method,
            note: new.note,
            evidence: Value::Array(Vec::new()),
            status: "draft".to_owned(),
            assessed_on: new.assessed_on,
            valid_until: None,
            created_by: new.librarian_id,
            confirmed_by: None,
            confirmed_at: None,
            created_at: now,
            updated_at: now,
            version: 1,
            actions: actions("draft"),
        }
    }

    /// Runs [`INSERT`] on SQLite, with instants written as the service's driver writes them.
    pub(crate) fn insert(&self, statement: &mut rusqlite::Statement<'_>) -> rusqlite::Result<usize> {
        statement.execute(rusqlite::params![
            self.id,
            self.librarian_id,
            self.competency_id,
            self.level,
            self.method,
            self.note,
            self.evidence,
            self.status,
            self.assessed_on,
            self.valid_until,
            self.created_by,
            self.confirmed_by,
            self.confirmed_at.map(|at| at.0.to_rfc3339()),
            self.created_at.0.to_rfc3339(),
            self.updated_at.0.to_rfc3339(),
            self.version,
        ])
    }

    /// [`INSERT`] for PostgreSQL, with its values.
    pub(crate) fn bind(&self) -> sqlx::query::Query<'_, sqlx::Postgres, sqlx::postgres::PgArguments> {
        sqlx::query(INSERT)
            .bind(self.id)
            .bind(self.librarian_id)
            .bind(self.competency_id)
            .bind(self.level)
            .bind(&self.method)
            .bind(&self.note)
            .bind(&self.evidence)
            .bind(&self.status)
            .bind(self.assessed_on)
            .bind(self.valid_until)
            .bind(self.created_by)
            .bind(self.confirmed_by)
            .bind(self.confirmed_at.map(|at| at.0))
            .bind(self.created_at.0)
            .bind(self.updated_at.0)
            .bind(self.version)
    }
}

/// The transitions that the measuring caller, an admin, sees open.
fn actions(status: &str) -> &'static [&'static str] {
    match status {
        "draft" | "returned" => &["submission"],
        "submitted" => &["confirmation", "return"],
        _ => &[],
    }
}

/// A request to create an assessment.
#[derive(Deserialize)]
pub(crate) struct NewAssessment {
    librarian_id: Uuid,
    competency_id: Uuid,
    level: i32,
    method: String,
    note: Option<String>,
    assessed_on: NaiveDate,
}

/// The body of a measured create; `{line}` becomes one of the pairs that [`crate::run`] prepares.
pub(crate) const NEW_ASSESSMENT: &str =
    r#"{{line},"level":3,"method":"mentor","note":"Diamati saat layanan rujukan {n}","assessed_on":"2026-01-15"}"#;

/// One line for [`NEW_ASSESSMENT`].
pub(crate) fn pair(librarian: Uuid, competency: Uuid) -> String {
    format!(r#""librarian_id":"{librarian}","competency_id":"{competency}""#)
}

/// The measured filters of the list.
#[derive(Deserialize)]
pub(crate) struct Filter {
    /// State of the assessments.
    pub(crate) status: String,
    /// Rows of a page.
    pub(crate) limit: u32,
}

/// A page of a list.
#[derive(Serialize)]
pub(crate) struct Page<'a> {
    items: Vec<Assessment>,
    page: PageInfo<'a>,
}

#[derive(Serialize)]
struct PageInfo<'a> {
    next_cursor: Option<&'a str>,
    prev_cursor: Option<&'a str>,
    has_more: bool,
    total: Option<u64>,
}

/// The cursors of the measured page, as the service made them.
#[derive(Clone, Deserialize)]
pub(crate) struct Cursors {
    next_cursor: Option<String>,
    prev_cursor: Option<String>,
}

impl<'a> Page<'a> {
    /// Makes a page of `rows`, of which there may be one more than `limit`.
    pub(crate) fn new(mut rows: Vec<Assessment>, limit: u32, cursors: &'a Cursors) -> Self {
        let most = limit as usize;
        let has_more = rows.len() > most;
        rows.truncate(most);
        let page = PageInfo {
            next_cursor: cursors.next_cursor.as_deref(),
            prev_cursor: cursors.prev_cursor.as_deref(),
            has_more,
            total: None,
        };
        Self { items: rows, page }
    }
}

/// The gap report.
#[derive(Default, Serialize)]
pub(crate) struct GapReport {
    items: Vec<Gap>,
}

#[derive(Serialize)]
struct Gap {
    competency_id: Uuid,
    code: String,
    unit_id: Uuid,
    people: i64,
    reaching: i64,
    missing_levels: i64,
}

impl GapReport {
    /// Takes up the next row of [`SELECT_GAPS`].
    pub(crate) fn push(&mut self, row: &impl Row) -> anyhow::Result<()> {
        self.items.push(Gap::read(row)?);
        Ok(())
    }
}

impl Gap {
    fn read(row: &impl Row) -> anyhow::Result<Self> {
        Ok(Self {
            competency_id: row.get(0)?,
            code: row.get(1)?,
            unit_id: row.get(2)?,
            people: row.get(3)?,
            reaching: row.get(4)?,
            missing_levels: row.get(5)?,
        })
    }
}

/// An instant; answered in UTC with exactly three decimals.
#[derive(Clone, Copy)]
struct Instant(DateTime<Utc>);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}
