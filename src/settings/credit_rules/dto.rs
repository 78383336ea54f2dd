use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Column, CreditBasis, Entity, Model};
use crate::kernel::clock::Instant;
use crate::kernel::dated::holding;
use crate::kernel::decimal::{decimal, hundredths, two_decimals};
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation::{self, REQUIRED, Violation};

/// How a type of training becomes credit hours (JP). A cap that is null does not bind.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "training_type_id": "019a0000-0000-7000-8000-000000000001",
    "valid_from": "2018-05-11", "valid_to": null, "counts_certificate_hours": false, "basis": "session",
    "national_hours": 2.0, "international_hours": 2.0, "minutes_per_hour": 45, "cap_per_entry": null, "cap_per_day": null,
    "cap_per_month": 4.0, "cap_per_year": null, "legal_basis": "PerLAN 10/2018", "source": null, "verified": false,
    "version": 1, "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct CreditRule {
    /// The rule.
    pub id: Uuid,
    /// The type that it is about.
    pub training_type_id: Uuid,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; null while none follows.
    #[schema(required)]
    pub valid_to: Option<NaiveDate>,
    /// Whether hours that a certificate states count as they stand, before `basis`.
    pub counts_certificate_hours: bool,
    /// What hours are counted by otherwise.
    pub basis: CreditBasis,
    /// JP for each day, session or activity.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub national_hours: Option<f64>,
    /// The same of international ones; null where it is the same.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub international_hours: Option<f64>,
    /// How many minutes one JP has.
    #[schema(minimum = 1, maximum = 600)]
    pub minutes_per_hour: i32,
    /// The most JP for one entry.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub cap_per_entry: Option<f64>,
    /// The most JP of this type a day.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub cap_per_day: Option<f64>,
    /// The most JP of this type a calendar month.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub cap_per_month: Option<f64>,
    /// The most JP of this type a year.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub cap_per_year: Option<f64>,
    /// The regulations.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// Where the figures were read.
    #[schema(required, max_length = 500)]
    pub source: Option<String>,
    /// Whether somebody compared them with the official text.
    pub verified: bool,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of rules.
pub type CreditRulePage = Page<CreditRule>;

impl From<Model> for CreditRule {
    fn from(row: Model) -> Self {
        let hours = |hours: Option<i32>| hours.map(|hours| decimal(hours.into()));
        Self {
            id: row.id,
            training_type_id: row.training_type_id,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            counts_certificate_hours: row.counts_certificate_hours,
            basis: row.basis,
            national_hours: hours(row.national_hours),
            international_hours: hours(row.international_hours),
            minutes_per_hour: row.minutes_per_hour,
            cap_per_entry: hours(row.cap_per_entry),
            cap_per_day: hours(row.cap_per_day),
            cap_per_month: hours(row.cap_per_month),
            cap_per_year: hours(row.cap_per_year),
            legal_basis: row.legal_basis,
            source: row.source,
            verified: row.verified,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for CreditRule {
    fn path(&self) -> String {
        format!("/api/v1/credit-rules/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A rule to be entered. It begins on a later day, and ends the rule before it.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "training_type_id": "019a0000-0000-7000-8000-000000000001", "valid_from": "2027-01-01", "counts_certificate_hours": false,
    "basis": "session", "national_hours": 2.0, "cap_per_month": 6.0, "legal_basis": "PerLAN 7/2026",
    "source": "jdih.lan.go.id", "verified": true
}))]
pub struct NewCreditRule {
    /// The type that it is about.
    pub training_type_id: Uuid,
    /// The first day on which it holds: later than today, and than the first day of the rule before it.
    pub valid_from: NaiveDate,
    /// Whether hours that a certificate states count as they stand, before `basis`.
    pub counts_certificate_hours: bool,
    /// What hours are counted by otherwise.
    pub basis: CreditBasis,
    /// JP for each day, session or activity; required for these.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub national_hours: Option<f64>,
    /// The same of international ones.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub international_hours: Option<f64>,
    /// How many minutes one JP has; 45 where nobody says.
    #[validate(range(min = 1, max = 600))]
    #[schema(minimum = 1, maximum = 600)]
    pub minutes_per_hour: Option<i32>,
    /// The most JP for one entry.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub cap_per_entry: Option<f64>,
    /// The most JP of this type a day.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub cap_per_day: Option<f64>,
    /// The most JP of this type a calendar month.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub cap_per_month: Option<f64>,
    /// The most JP of this type a year.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub cap_per_year: Option<f64>,
    /// The regulations.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub legal_basis: String,
    /// Where the figures were read.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub source: Option<String>,
    /// Whether somebody compared them with the official text.
    #[serde(default)]
    pub verified: bool,
}

impl NewCreditRule {
    /// What does not go together.
    pub fn mistakes(&self) -> Vec<Violation> {
        let each = matches!(self.basis, CreditBasis::Day | CreditBasis::Session | CreditBasis::Activity);
        if each && self.national_hours.is_none() {
            vec![Violation::field("national_hours", &REQUIRED)]
        } else {
            Vec::new()
        }
    }

    /// The row, without its first day.
    pub fn row(&self) -> ActiveModel {
        let hours = |hours: Option<f64>| Set(hours.map(hundredths));
        ActiveModel {
            training_type_id: Set(self.training_type_id),
            counts_certificate_hours: Set(self.counts_certificate_hours),
            basis: Set(self.basis),
            national_hours: hours(self.national_hours),
            international_hours: hours(self.international_hours),
            minutes_per_hour: Set(self.minutes_per_hour.unwrap_or(45)),
            cap_per_entry: hours(self.cap_per_entry),
            cap_per_day: hours(self.cap_per_day),
            cap_per_month: hours(self.cap_per_month),
            cap_per_year: hours(self.cap_per_year),
            legal_basis: Set(self.legal_basis.clone()),
            source: Set(self.source.clone()),
            verified: Set(self.verified),
            ..Default::default()
        }
    }
}

/// Which rules to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CreditRuleFilter {
    /// Of this type.
    pub training_type_id: Option<Uuid>,
    /// Those that hold on this day.
    #[param(example = "2026-06-30")]
    pub on: Option<NaiveDate>,
    /// Those that were compared with the official text, or that were not.
    pub verified: Option<bool>,
}

impl CreditRuleFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.training_type_id.map(|id| Column::TrainingTypeId.eq(id)))
            .add_option(self.on.map(holding::<Entity>))
            .add_option(self.verified.map(|verified| Column::Verified.eq(verified)))
    }
}
