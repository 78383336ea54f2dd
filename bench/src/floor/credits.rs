//! A person's credit statement of the present year, from the kept sums: the place to change when the service's
//! `credits::balances` changes.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use super::rows::Row;
use crate::clock::today;

/// Path of a statement, with the person to be filled in.
pub(crate) const STATEMENT: &str = "/api/v1/librarians/{id}/credits";

/// Who it is. The service reads the history of contracts too, where there is one; the seed makes none.
pub(crate) const SELECT_PERSON: &str = "SELECT employment_kind, position_since FROM librarians WHERE id = $1";

/// The sums of a year.
pub(crate) const SELECT_KEPT: &str = "SELECT formal, social, experience, entry_count FROM credit_balances \
    WHERE librarian_id = $1 AND year = $2";

/// What the year asks.
pub(crate) const SELECT_ASKED: &str = "SELECT id, kind, hours, legal_basis, source, verified FROM credit_requirements \
    WHERE employment_kind = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2) ORDER BY kind DESC LIMIT 1";

/// A row of [`SELECT_PERSON`].
pub(crate) struct Person {
    pub(crate) employment_kind: String,
    since: Option<NaiveDate>,
}

/// The year of a person in which today lies.
#[derive(Clone, Copy)]
pub(crate) struct Period {
    pub(crate) year: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

/// A row of [`SELECT_KEPT`], nothing where there is none.
#[derive(Clone, Copy, Default)]
pub(crate) struct Kept {
    buckets: [i64; 3],
    entries: i32,
}

/// A row of [`SELECT_ASKED`].
pub(crate) struct Asked {
    id: Uuid,
    kind: String,
    hours: i64,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

/// The statement as the service answers it.
#[derive(Serialize)]
pub(crate) struct Statement {
    librarian_id: Uuid,
    employment_kind: String,
    year: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    as_of: NaiveDate,
    credited_hours: f64,
    entry_count: i32,
    buckets: [Part; 3],
    requirement: Option<Target>,
    status: &'static str,
    warnings: Vec<Warning>,
}

#[derive(Serialize)]
struct Part {
    bucket: &'static str,
    hours: f64,
    percent: f64,
    target_percent: i32,
}

#[derive(Serialize)]
struct Target {
    id: Uuid,
    kind: String,
    hours: f64,
    remaining_hours: f64,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

#[derive(Serialize)]
struct Warning {
    code: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Message {
    id: String,
    en: String,
}

impl Person {
    /// Decodes a row.
    pub(crate) fn read(row: &impl Row) -> anyhow::Result<Self> {
        Ok(Self { employment_kind: row.get(0)?, since: row.get(1)? })
    }

    /// The year in which today lies: of PPPK it begins on the day of the contract.
    pub(crate) fn year(&self) -> Period {
        let (day, since) = (today(), self.since.filter(|_| self.employment_kind == "pppk"));
        let (month, first) = since.map_or((1, 1), |since| (since.month(), since.day()));
        let begins = |year| NaiveDate::from_ymd_opt(year, month, first).unwrap_or(day);
        let year = if day < begins(day.year()) { day.year() - 1 } else { day.year() };
        let next = begins(year + 1);
        Period { year, starts_on: begins(year), ends_on: next.pred_opt().unwrap_or(next) }
    }
}

impl Period {
    /// The day whose requirements count.
    pub(crate) fn judged_on(&self) -> NaiveDate {
        today().min(self.ends_on)
    }
}

impl Kept {
    /// Decodes a row.
    pub(crate) fn read(row: &impl Row) -> anyhow::Result<Self> {
        let sums = [row.get::<i32>(0)?, row.get::<i32>(1)?, row.get::<i32>(2)?];
        Ok(Self { buckets: sums.map(i64::from), entries: row.get(3)? })
    }
}

impl Asked {
    /// Decodes a row.
    pub(crate) fn read(row: &impl Row) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            hours: row.get::<i32>(2)?.into(),
            legal_basis: row.get(3)?,
            source: row.get(4)?,
            verified: row.get(5)?,
        })
    }
}

impl Statement {
    /// The statement that the rows make.
    pub(crate) fn new(id: Uuid, person: Person, year: Period, kept: Kept, asked: Option<Asked>) -> Self {
        let [formal, social, experience] = kept.buckets;
        let all = formal + social + experience;
        let bucket = |bucket, hours: i64, target_percent| Part {
            bucket,
            hours: decimal(hours),
            percent: if all > 0 { decimal((hours * 20_000 + all) / (2 * all)) } else { 0.0 },
            target_percent,
        };
        let (status, warnings) = judge(asked.as_ref(), all, year.ends_on);
        Self {
            librarian_id: id,
            employment_kind: person.employment_kind,
            year: year.year,
            starts_on: year.starts_on,
            ends_on: year.ends_on,
            as_of: today(),
            credited_hours: decimal(all),
            entry_count: kept.entries,
            buckets: [bucket("experience", experience, 70), bucket("social", social, 20), bucket("formal", formal, 10)],
            requirement: asked.map(|asked| Target {
                id: asked.id,
                kind: asked.kind,
                hours: decimal(asked.hours),
                remaining_hours: decimal((asked.hours - all).max(0)),
                legal_basis: asked.legal_basis,
                source: asked.source,
                verified: asked.verified,
            }),
            status,
            warnings,
        }
    }
}

/// The year is the present one, so no duty is missed yet.
fn judge(asked: Option<&Asked>, all: i64, ends_on: NaiveDate) -> (&'static str, Vec<Warning>) {
    let Some(asked) = asked else { return ("no_requirement", Vec::new()) };
    let (most, missing, beyond) = (decimal(asked.hours), decimal(asked.hours - all), decimal(all - asked.hours));
    let mut warnings = Vec::new();
    let status = match (asked.kind.as_str(), all >= asked.hours, all > asked.hours) {
        ("duty", true, _) => "duty_met",
        ("duty", false, _) => {
            let id = format!("Masih kurang {missing} JP sampai {ends_on}");
            let en = format!("{missing} JP are missing until {ends_on}");
            warnings.push(Warning { code: "duty_open", message: Message { id, en } });
            "duty_open"
        }
        (_, _, false) => "within_ceiling",
        (_, _, true) => {
            let id = format!("Melebihi batas {most} JP sebanyak {beyond} JP");
            let en = format!("{beyond} JP above the ceiling of {most} JP");
            warnings.push(Warning { code: "ceiling_exceeded", message: Message { id, en } });
            "ceiling_exceeded"
        }
    };
    if !asked.verified {
        let id = "Angka ini belum dicocokkan dengan naskah resmi".to_owned();
        let en = "This figure was not compared with the official text yet".to_owned();
        warnings.push(Warning { code: "requirement_unverified", message: Message { id, en } });
    }
    (status, warnings)
}

/// Hundredths as a number.
#[expect(clippy::cast_precision_loss, reason = "hours stay far below 2^52")]
pub(super) fn decimal(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}
