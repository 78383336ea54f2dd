use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::kernel::language::Localized;
use crate::settings::credit_requirements::entity::RequirementKind;
use crate::settings::training_types::entity::LearningBucket;
use crate::staff::librarians::entity::EmploymentKind;

/// What somebody has in a year, against what the year asks (rekap JP).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "librarian_id": "019a0000-0000-7000-8000-000000000000", "employment_kind": "pns", "year": 2026, "starts_on": "2026-01-01",
    "ends_on": "2026-12-31", "as_of": "2026-06-30", "credited_hours": 12.5, "entry_count": 4,
    "buckets": [{"bucket": "formal", "hours": 12.5, "percent": 100.0, "target_percent": 10}],
    "requirement": {"id": "019a0000-0000-7000-8000-000000000001", "kind": "duty", "hours": 20.0, "remaining_hours": 7.5,
        "legal_basis": "PP 11/2017 Pasal 203 ayat (4)", "source": null, "verified": false},
    "status": "duty_open",
    "warnings": [{"code": "duty_open", "message": {"id": "Masih kurang 7.5 JP sampai 2026-12-31", "en": "7.5 JP are missing until 2026-12-31"}}]
}))]
pub struct CreditStatement {
    /// The person.
    pub librarian_id: Uuid,
    /// How they are employed: it decides what the year asks.
    pub employment_kind: EmploymentKind,
    /// The calendar year in which the year begins.
    #[schema(minimum = 1900, maximum = 2999)]
    pub year: i32,
    /// Its first day: 1 January, or an anniversary of a PPPK contract.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// The day whose knowledge this is.
    pub as_of: NaiveDate,
    /// JP that count.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub credited_hours: f64,
    /// Credits that stand.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub entry_count: i32,
    /// The same hours by 70:20:10.
    #[schema(max_items = 3)]
    pub buckets: Vec<CreditBucket>,
    /// What the year asks; null where it asks nothing.
    #[schema(required)]
    pub requirement: Option<CreditTarget>,
    /// Where that leaves the person.
    pub status: CreditStatus,
    /// What somebody should know.
    #[schema(max_items = 5)]
    pub warnings: Vec<CreditWarning>,
}

/// Hours of one part of 70:20:10.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CreditBucket {
    /// The part.
    pub bucket: LearningBucket,
    /// JP that count.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub hours: f64,
    /// Their share of all, per cent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub percent: f64,
    /// The share that 70:20:10 gives it.
    #[schema(minimum = 0, maximum = 100)]
    pub target_percent: i32,
}

/// What a year asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CreditTarget {
    /// The row of the reference table.
    pub id: Uuid,
    /// Whether it is a least or a most.
    pub kind: RequirementKind,
    /// JP a year.
    #[schema(minimum = 0, maximum = 10_000)]
    pub hours: f64,
    /// JP that are missing or still free; 0 where none are.
    #[schema(minimum = 0, maximum = 10_000)]
    pub remaining_hours: f64,
    /// The regulations.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// Where the figure was read.
    #[schema(required, max_length = 500)]
    pub source: Option<String>,
    /// Whether somebody compared it with the official text.
    pub verified: bool,
}

/// Where somebody stands against what the year asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreditStatus {
    /// The year asks nothing.
    NoRequirement,
    /// The duty is met.
    DutyMet,
    /// Hours are missing, and the year goes on.
    DutyOpen,
    /// Hours are missing, and the year is over.
    DutyMissed,
    /// Not more than the ceiling.
    WithinCeiling,
    /// More than the ceiling. The hours count all the same.
    CeilingExceeded,
}

/// What somebody should know of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CreditWarning {
    /// The kind: `duty_open`, `duty_missed`, `ceiling_exceeded`, `requirement_unverified`.
    #[schema(max_length = 40)]
    pub code: &'static str,
    /// A sentence for people.
    pub message: Localized,
}

/// Which statement.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct StatementQuery {
    /// The calendar year in which the year begins; without it the present one.
    #[param(minimum = 1900, maximum = 2999, example = 2026)]
    pub year: Option<i32>,
    /// What was known at the end of this day; without it what is known now.
    #[param(example = "2026-06-30")]
    pub as_of: Option<NaiveDate>,
}
