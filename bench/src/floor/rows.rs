//! The measured table and answers, column by column and field by field: the place to change when the service's
//! `competencies::assessments` (`entity.rs`, `dto.rs`) changes. The gap report stands in [`super::gaps`].
//!
//! `bench run` compares the floor's answers with the service's byte by byte and names the first difference, so
//! this file cannot fall behind unseen.

use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};
use uuid::Uuid;

/// Path of the assessments.
pub(crate) const ASSESSMENTS: &str = "/api/v1/assessments";
/// The measured page: filtered, sorted, 20 of 200,000.
pub(crate) const PAGE: &str = "/api/v1/assessments?status=confirmed&sort=-assessed_on&limit=20";

/// One assessment by its primary key.
pub(crate) const SELECT_ONE: &str = "SELECT id, librarian_id, competency_id, method, level, assessed_on, \
    valid_until, status, evidence, note, author_id, submitted_at, decided_at, decided_by, return_reason, carried_from_id, version, \
    created_at, updated_at, archived_at FROM assessments WHERE id = $1";

/// The page, by the index on status, day and id; one row more tells whether there is a next page.
pub(crate) const SELECT_PAGE: &str = "SELECT id, librarian_id, competency_id, method, level, assessed_on, \
    valid_until, status, evidence, note, author_id, submitted_at, decided_at, decided_by, return_reason, carried_from_id, version, \
    created_at, updated_at, archived_at FROM assessments WHERE archived_at IS NULL AND status = $1 \
    ORDER BY assessed_on DESC, id DESC LIMIT $2";

/// One new assessment; its values come from [`Assessment::insert`] and [`Assessment::bind`].
pub(crate) const INSERT: &str = "INSERT INTO assessments (id, librarian_id, competency_id, method, level, \
    assessed_on, valid_until, status, evidence, note, author_id, version, created_at, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

/// Reads values of one row by position, from either database.
pub(crate) trait Row {
    /// The value of a column.
    fn get<T>(&self, index: usize) -> anyhow::Result<T>
    where
        T: rusqlite::types::FromSql + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>;

    /// What a column's JSON says.
    fn json<T: DeserializeOwned + 'static>(&self, index: usize) -> anyhow::Result<T>;
}

/// A text in both languages.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Localized {
    id: String,
    en: Option<String>,
}

/// What shows that a level is right.
#[derive(Deserialize, Serialize)]
pub(crate) struct Evidence {
    title: String,
    url: Option<String>,
    file_id: Option<Uuid>,
}

/// An assessment as the service answers it.
#[derive(Serialize)]
pub(crate) struct Assessment {
    id: Uuid,
    librarian_id: Uuid,
    competency_id: Uuid,
    method: String,
    level: i32,
    assessed_on: NaiveDate,
    valid_until: Option<NaiveDate>,
    status: String,
    evidence: Vec<Evidence>,
    note: Option<String>,
    author_id: Option<Uuid>,
    submitted_at: Option<Instant>,
    decided_at: Option<Instant>,
    decided_by: Option<Uuid>,
    return_reason: Option<String>,
    carried_from_id: Option<Uuid>,
    version: i32,
    created_at: Instant,
    updated_at: Instant,
    archived_at: Option<Instant>,
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
            method: row.get(3)?,
            level: row.get(4)?,
            assessed_on: row.get(5)?,
            valid_until: row.get(6)?,
            actions: actions(&status),
            status,
            evidence: row.json(8)?,
            note: row.get(9)?,
            author_id: row.get(10)?,
            submitted_at: row.get::<Option<_>>(11)?.map(Instant),
            decided_at: row.get::<Option<_>>(12)?.map(Instant),
            decided_by: row.get(13)?,
            return_reason: row.get(14)?,
            carried_from_id: row.get(15)?,
            version: row.get(16)?,
            created_at: Instant(row.get(17)?),
            updated_at: Instant(row.get(18)?),
            archived_at: row.get::<Option<_>>(19)?.map(Instant),
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
            method: new.method,
            level: new.level,
            assessed_on: new.assessed_on,
            valid_until: None,
            status: "draft".to_owned(),
            evidence: Vec::new(),
            note: new.note,
            author_id: Some(new.librarian_id),
            submitted_at: None,
            decided_at: None,
            decided_by: None,
            return_reason: None,
            carried_from_id: None,
            version: 1,
            created_at: now,
            updated_at: now,
            archived_at: None,
            actions: actions("draft"),
        }
    }

    /// Runs [`INSERT`] on SQLite, with instants written as the service's driver writes them.
    pub(crate) fn insert(&self, statement: &mut rusqlite::Statement<'_>) -> rusqlite::Result<usize> {
        statement.execute(rusqlite::params![
            self.id,
            self.librarian_id,
            self.competency_id,
            self.method,
            self.level,
            self.assessed_on,
            self.valid_until,
            self.status,
            "[]",
            self.note,
            self.author_id,
            self.version,
            self.created_at.0.to_rfc3339(),
            self.updated_at.0.to_rfc3339(),
        ])
    }

    /// [`INSERT`] for PostgreSQL, with its values.
    pub(crate) fn bind(&self) -> sqlx::query::Query<'_, sqlx::Postgres, sqlx::postgres::PgArguments> {
        sqlx::query(INSERT)
            .bind(self.id)
            .bind(self.librarian_id)
            .bind(self.competency_id)
            .bind(&self.method)
            .bind(self.level)
            .bind(self.assessed_on)
            .bind(self.valid_until)
            .bind(&self.status)
            .bind(sqlx::types::Json(&self.evidence))
            .bind(&self.note)
            .bind(self.author_id)
            .bind(self.version)
            .bind(self.created_at.0)
            .bind(self.updated_at.0)
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
pub(crate) struct Page<'a, T> {
    items: Vec<T>,
    page: PageInfo<'a>,
}

#[derive(Serialize)]
struct PageInfo<'a> {
    next_cursor: Option<&'a str>,
    prev_cursor: Option<&'a str>,
    has_more: bool,
    total: Option<u64>,
    total_is_estimate: bool,
}

/// The cursors of a measured page, as the service made them.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Cursors {
    next_cursor: Option<String>,
    prev_cursor: Option<String>,
}

impl<'a, T> Page<'a, T> {
    /// Makes a page of `rows`, of which there may be one more than `limit`.
    pub(crate) fn new(mut rows: Vec<T>, limit: u32, cursors: &'a Cursors) -> Self {
        let most = limit as usize;
        let has_more = rows.len() > most;
        rows.truncate(most);
        let page = PageInfo {
            next_cursor: cursors.next_cursor.as_deref(),
            prev_cursor: cursors.prev_cursor.as_deref(),
            has_more,
            total: None,
            total_is_estimate: false,
        };
        Self { items: rows, page }
    }
}

/// An instant; answered in UTC with exactly three decimals.
#[derive(Clone, Copy)]
pub(super) struct Instant(pub(super) DateTime<Utc>);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}
