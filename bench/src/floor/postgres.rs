//! The floor on PostgreSQL: a small pool per worker thread, statements prepared once per connection.

use anyhow::Context;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use sqlx::{
    PgPool, Row as _,
    postgres::{PgPoolOptions, PgRow},
    types::Json,
};
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

    async fn registrations(&self, filter: &Filter) -> anyhow::Result<Vec<Registration>> {
        let page = sqlx::query(registrations::SELECT_PAGE).bind(&filter.status).bind(i64::from(filter.limit) + 1);
        page.fetch_all(&self.0).await?.iter().map(Registration::read).collect()
    }

    async fn statement(&self, id: Uuid) -> anyhow::Result<Option<Statement>> {
        let person = sqlx::query(credits::SELECT_PERSON).bind(id).fetch_optional(&self.0).await?;
        let Some(person) = person.map(|row| Person::read(&row)).transpose()? else {
            return Ok(None);
        };
        let year = person.year();
        let kept = sqlx::query(credits::SELECT_KEPT).bind(id).bind(year.year).fetch_optional(&self.0).await?;
        let kept = kept.map(|row| Kept::read(&row)).transpose()?.unwrap_or_default();
        let asked = sqlx::query(credits::SELECT_ASKED).bind(&person.employment_kind).bind(year.judged_on());
        let asked = asked.fetch_optional(&self.0).await?.map(|row| Asked::read(&row)).transpose()?;
        Ok(Some(Statement::new(id, person, year, kept, asked)))
    }

    async fn culture(&self) -> anyhow::Result<Culture> {
        let people = self.rows(culture::SELECT_PEOPLE, culture::read_person).await?;
        let asked = self.rows(culture::SELECT_ASKED, culture::read_asked).await?;
        let kept = sqlx::query(culture::SELECT_KEPT).bind(culture::first_year()).fetch_all(&self.0).await?;
        let kept = kept.iter().map(culture::read_kept).collect::<anyhow::Result<Vec<_>>>()?;
        let units = self.rows(culture::SELECT_UNITS, culture::read_unit).await?;
        Ok(Culture::new(&people, &asked, &kept, units))
    }

    async fn check_in(&self, activity: Uuid, scans: Vec<Scan>) -> anyhow::Result<Vec<Scan>> {
        #[expect(clippy::disallowed_methods, reason = "the floor has no clock of its own")]
        let now = Utc::now();
        let ids: Vec<Uuid> = scans.iter().map(|scan| scan.id).collect();
        let sessions: Vec<Uuid> = scans.iter().map(|scan| scan.session_id).collect();
        let registrations: Vec<Uuid> = scans.iter().map(|scan| scan.registration_id).collect();
        let devices: Vec<&str> = scans.iter().map(|scan| scan.device_id.as_str()).collect();
        let nonces: Vec<&str> = scans.iter().map(|scan| scan.nonce.as_str()).collect();
        let times: Vec<DateTime<Utc>> = scans.iter().map(|scan| scan.scanned_at).collect();
        let mut transaction = self.0.begin().await?;
        sqlx::query(check_ins::INSERT_SCANS)
            .bind(activity)
            .bind(check_ins::FINGERPRINT.as_slice())
            .bind(now)
            .bind(&ids)
            .bind(&sessions)
            .bind(&registrations)
            .bind(devices)
            .bind(nonces)
            .bind(&times)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(check_ins::INSERT_ALL_PRESENT)
            .bind(&sessions)
            .bind(&registrations)
            .bind(&times)
            .bind(&ids)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(scans)
    }

    async fn dashboard(&self) -> anyhow::Result<Dashboard> {
        let indicators = self.rows(indicators::SELECT_INDICATORS, indicators::read_indicator).await?;
        let measured = self.rows(indicators::SELECT_MEASURED, indicators::read_measured).await?;
        let targets = self.rows(indicators::SELECT_TARGETS, indicators::read_target).await?;
        let methods = self.rows(indicators::SELECT_BANDS, indicators::read_method).await?;
        Ok(Dashboard::new(indicators, measured, targets, methods))
    }

    async fn frozen(&self, campaign: Uuid) -> anyhow::Result<Option<Frozen>> {
        let found = sqlx::query(results::SELECT_FROZEN).bind(campaign).fetch_optional(&self.0).await?;
        found.map(|row| Frozen::read(&row)).transpose()
    }

    async fn answer(&self, response: Response) -> anyhow::Result<bool> {
        let mut transaction = self.0.begin().await?;
        let spend = sqlx::query(surveys::SPEND).bind(response.token.as_slice());
        if spend.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(surveys::INSERT)
            .bind(response.campaign_id)
            .bind(response.id)
            .bind(response.answered_on)
            .bind(response.answers)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
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
