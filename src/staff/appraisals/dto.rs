use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
pub use super::entity::PerformancePredicate;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::{decimal, two_decimals};
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// The appraisal of a year, or of some months of it (penilaian kinerja).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000063", "librarian_id": "019a0000-0000-7000-8000-000000000001", "year": 2025,
    "first_month": 1, "months": 12, "predicate": "good", "score": 84.5, "note": null, "siasn_id": null, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Appraisal {
    /// Which one.
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// The calendar year.
    #[schema(minimum = 1950, maximum = 2999)]
    pub year: i32,
    /// The first month that it is about, 1 to 12.
    #[schema(minimum = 1, maximum = 12)]
    pub first_month: i32,
    /// How many months it is about; the last one lies in the same year and is not to come.
    #[schema(minimum = 1, maximum = 12)]
    pub months: i32,
    /// The predicate (predikat kinerja).
    pub predicate: PerformancePredicate,
    /// The score (nilai kinerja), 0 to 100.
    #[schema(required, minimum = 0, maximum = 100)]
    pub score: Option<f64>,
    /// Words of the superior.
    #[schema(required, max_length = 2000)]
    pub note: Option<String>,
    /// The id of the row in SIASN.
    #[schema(required, max_length = 60)]
    pub siasn_id: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of them.
pub type AppraisalPage = Page<Appraisal>;

impl From<Model> for Appraisal {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            librarian_id: row.librarian_id,
            year: row.year,
            first_month: row.first_month,
            months: row.months,
            predicate: row.predicate,
            score: row.score.map(|score| decimal(score.into())),
            note: row.note,
            siasn_id: row.siasn_id,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Appraisal {
    fn path(&self) -> String {
        format!("/api/v1/appraisals/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// What is to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"year": 2025, "first_month": 1, "months": 12, "predicate": "good", "score": 84.5}))]
pub struct NewAppraisal {
    /// The calendar year.
    #[validate(range(min = 1950, max = 2999))]
    #[schema(minimum = 1950, maximum = 2999)]
    pub year: i32,
    /// The first month that it is about, 1 to 12.
    #[validate(range(min = 1, max = 12))]
    #[schema(minimum = 1, maximum = 12)]
    pub first_month: i32,
    /// How many months it is about; the last one lies in the same year and is not to come.
    #[validate(range(min = 1, max = 12))]
    #[schema(minimum = 1, maximum = 12)]
    pub months: i32,
    /// The predicate (predikat kinerja).
    pub predicate: PerformancePredicate,
    /// The score (nilai kinerja), 0 to 100.
    #[validate(range(min = 0.0, max = 100.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 100)]
    pub score: Option<f64>,
    /// Words of the superior.
    #[validate(length(min = 1, max = 2000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    pub note: Option<String>,
    /// The id of the row in SIASN.
    #[validate(length(min = 1, max = 60), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 60, pattern = r"\S")]
    pub siasn_id: Option<String>,
}

/// Changes: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"predicate": "very_good"}))]
pub struct AppraisalChanges {
    /// The calendar year.
    #[validate(range(min = 1950, max = 2999))]
    #[schema(minimum = 1950, maximum = 2999, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub year: Option<i32>,
    /// The first month that it is about, 1 to 12.
    #[validate(range(min = 1, max = 12))]
    #[schema(minimum = 1, maximum = 12, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub first_month: Option<i32>,
    /// How many months it is about; the last one lies in the same year and is not to come.
    #[validate(range(min = 1, max = 12))]
    #[schema(minimum = 1, maximum = 12, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub months: Option<i32>,
    /// The predicate (predikat kinerja).
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub predicate: Option<PerformancePredicate>,
    /// The score (nilai kinerja), 0 to 100.
    #[validate(custom(function = score))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100)]
    #[serde(default)]
    pub score: Patch<f64>,
    /// Words of the superior.
    #[validate(length(min = 1, max = 2000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    #[serde(default)]
    pub note: Patch<String>,
    /// The id of the row in SIASN.
    #[validate(length(min = 1, max = 60))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60)]
    #[serde(default)]
    pub siasn_id: Patch<String>,
}

fn score(score: &Patch<f64>) -> Result<(), validator::ValidationError> {
    match score.value() {
        Some(number) if !(0.0..=100.0).contains(number) => {
            let mut error = validation::fault(&validation::OUT_OF_RANGE);
            error.add_param("min".into(), &0);
            error.add_param("max".into(), &100);
            Err(error)
        }
        Some(number) => two_decimals(*number),
        None => Ok(()),
    }
}
