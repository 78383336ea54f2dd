use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Column, Entity, Model};
use crate::kernel::clock::Instant;
use crate::kernel::dated::holding;
use crate::kernel::decimal::{decimal, hundredths, two_decimals};
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation;

/// Credit points (angka kredit) of a position: what a year gives, and what the next grade and level ask.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019b76da-a900-7a01-8f0e-2c51c4b1a104", "position_id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001", "coefficient": 12.5,
    "points_for_grade": 50.0, "points_for_next_level": 100.0, "required_trainings": 0, "valid_from": "2023-07-01",
    "valid_to": null, "legal_basis": "PermenPANRB 1/2023; PerBKN 3/2023", "source": null, "verified": false, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct CreditPointRate {
    /// The rate.
    pub id: Uuid,
    /// The position.
    pub position_id: Uuid,
    /// Points of a year with the predicate "baik" (koefisien).
    #[schema(minimum = 0, maximum = 1000)]
    pub coefficient: f64,
    /// Points from one grade (pangkat) to the next; null where none follows.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub points_for_grade: Option<f64>,
    /// Points to the next level (jenjang); null at the highest.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub points_for_next_level: Option<f64>,
    /// Functional trainings (diklat fungsional) that whoever is promoted to this position has completed.
    #[schema(minimum = 0, maximum = 20)]
    pub required_trainings: i32,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; null while none follows.
    #[schema(required)]
    pub valid_to: Option<NaiveDate>,
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

/// A page of rates.
pub type CreditPointRatePage = Page<CreditPointRate>;

impl From<Model> for CreditPointRate {
    fn from(row: Model) -> Self {
        let points = |points: Option<i32>| points.map(|points| decimal(points.into()));
        Self {
            id: row.id,
            position_id: row.position_id,
            coefficient: decimal(row.coefficient.into()),
            points_for_grade: points(row.points_for_grade),
            points_for_next_level: points(row.points_for_next_level),
            required_trainings: row.required_trainings,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            legal_basis: row.legal_basis,
            source: row.source,
            verified: row.verified,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for CreditPointRate {
    fn path(&self) -> String {
        format!("/api/v1/credit-point-rates/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A rate to be entered. It begins on a later day, and ends the rate before it.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "position_id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001", "coefficient": 12.5, "points_for_grade": 50.0,
    "points_for_next_level": 100.0, "required_trainings": 1, "valid_from": "2027-01-01", "legal_basis": "PermenPANRB 9/2026"
}))]
pub struct NewCreditPointRate {
    /// The position.
    pub position_id: Uuid,
    /// Points of a year with the predicate "baik" (koefisien).
    #[validate(range(min = 0.0, max = 1000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 1000)]
    pub coefficient: f64,
    /// Points from one grade (pangkat) to the next.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub points_for_grade: Option<f64>,
    /// Points to the next level (jenjang).
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub points_for_next_level: Option<f64>,
    /// Functional trainings (diklat fungsional) that a promotion to this position asks for.
    #[validate(range(min = 0, max = 20))]
    #[schema(minimum = 0, maximum = 20)]
    #[serde(default)]
    pub required_trainings: i32,
    /// The first day on which it holds: later than today, and than the first day of the one before it.
    pub valid_from: NaiveDate,
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

impl NewCreditPointRate {
    /// The row, without its first day.
    pub fn row(&self) -> ActiveModel {
        ActiveModel {
            position_id: Set(self.position_id),
            coefficient: Set(hundredths(self.coefficient)),
            points_for_grade: Set(self.points_for_grade.map(hundredths)),
            points_for_next_level: Set(self.points_for_next_level.map(hundredths)),
            required_trainings: Set(self.required_trainings),
            legal_basis: Set(self.legal_basis.clone()),
            source: Set(self.source.clone()),
            verified: Set(self.verified),
            ..Default::default()
        }
    }
}

/// Which rates to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CreditPointRateFilter {
    /// Of this position.
    pub position_id: Option<Uuid>,
    /// Those that hold on this day.
    #[param(example = "2026-06-30")]
    pub on: Option<NaiveDate>,
}

impl CreditPointRateFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.position_id.map(|id| Column::PositionId.eq(id)))
            .add_option(self.on.map(holding::<Entity>))
    }
}
