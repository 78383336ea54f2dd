use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Model, SkmTerms};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation::{self, NOT_VALID, Violation};

/// A formula of the citizen satisfaction index (indeks kepuasan masyarakat, IKM).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "valid_from": "2017-05-09", "valid_to": null,
    "terms": {"weight_mode": "exact", "bands": [{"from": 88.31, "grade": "A"}, {"from": 76.61, "grade": "B"},
        {"from": 65.0, "grade": "C"}, {"from": 0.0, "grade": "D"}]},
    "legal_basis": "PermenPANRB 14/2017", "source": null, "verified": false, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct SkmFormula {
    /// The formula.
    pub id: Uuid,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; null while none follows.
    #[schema(required)]
    pub valid_to: Option<NaiveDate>,
    /// Weights and grades.
    pub terms: SkmTerms,
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

/// A page of formulas.
pub type SkmFormulaPage = Page<SkmFormula>;

impl From<Model> for SkmFormula {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            terms: row.terms,
            legal_basis: row.legal_basis,
            source: row.source,
            verified: row.verified,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for SkmFormula {
    fn path(&self) -> String {
        format!("/api/v1/skm-formulas/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A formula to be entered. It begins on a later day, and ends the formula before it.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "valid_from": "2027-01-01", "terms": {"weight_mode": "exact", "bands": [{"from": 88.31, "grade": "A"}, {"from": 76.61, "grade": "B"},
        {"from": 65.0, "grade": "C"}, {"from": 0.0, "grade": "D"}]},
    "legal_basis": "PermenPANRB 4/2026", "source": "jdih.menpan.go.id", "verified": true
}))]
pub struct NewSkmFormula {
    /// The first day on which it holds: later than today, and than the first day of the formula before it.
    pub valid_from: NaiveDate,
    /// Weights and grades.
    #[validate(nested)]
    pub terms: SkmTerms,
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

impl NewSkmFormula {
    /// What does not go together: bands go down, the last from 0, each of another grade.
    pub fn mistakes(&self) -> Vec<Violation> {
        let bands = &self.terms.bands;
        let goes_down = bands.is_sorted_by(|high, low| high.from > low.from && high.grade < low.grade);
        if goes_down && bands.last().is_some_and(|last| last.from == 0.0) {
            return Vec::new();
        }
        vec![Violation::field("terms/bands", &NOT_VALID)]
    }

    /// The row, without its first day.
    pub fn row(&self) -> ActiveModel {
        ActiveModel {
            terms: Set(self.terms.clone()),
            legal_basis: Set(self.legal_basis.clone()),
            source: Set(self.source.clone()),
            verified: Set(self.verified),
            ..Default::default()
        }
    }
}
