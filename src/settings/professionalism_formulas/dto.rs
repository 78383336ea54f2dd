use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, IndexPoints, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation::{self, NOT_VALID, Violation};

/// A formula of the professionalism index (indeks profesionalitas, IP ASN).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "valid_from": "2018-07-09", "valid_to": null,
    "points": {"qualification": {"s3": 25, "s2": 20, "s1": 15, "d3": 10, "secondary": 5, "below": 1}, "functional":
        {"position": 15, "position_types": [2], "technical": 15, "seminar": 10}, "structural": {"position": 15,
        "position_types": [1, 5], "technical": 15, "seminar": 10}, "staff": {"position": 0, "position_types": [],
        "technical": 22.5, "seminar": 17.5}, "technical_types": [3, 8, 12, 13, 16, 17], "technical_hours": 20,
        "seminar_types": [4, 7, 9, 10, 11], "seminar_hours": 4, "performance": [{"from": 91, "points": 30}, {"from":
        76, "points": 25}, {"from": 61, "points": 15}, {"from": 51, "points": 5}, {"from": 0, "points": 1}],
        "discipline": {"none": 5, "light": 3, "moderate": 2, "severe": 1}, "bands": [{"from": 91, "band":
        "very_high"}, {"from": 81, "band": "high"}, {"from": 71, "band": "medium"}, {"from": 61, "band": "low"},
        {"from": 0, "band": "very_low"}]},
    "legal_basis": "PermenPANRB 38/2018; PerBKN 8/2019", "source": null, "verified": false, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct ProfessionalismFormula {
    /// The formula.
    pub id: Uuid,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; null while none follows.
    #[schema(required)]
    pub valid_to: Option<NaiveDate>,
    /// The points of its dimensions.
    pub points: IndexPoints,
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
pub type ProfessionalismFormulaPage = Page<ProfessionalismFormula>;

impl From<Model> for ProfessionalismFormula {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            points: row.points,
            legal_basis: row.legal_basis,
            source: row.source,
            verified: row.verified,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for ProfessionalismFormula {
    fn path(&self) -> String {
        format!("/api/v1/professionalism-formulas/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A formula to be entered. It begins on a later day, and ends the formula before it.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "valid_from": "2027-01-01", "points": {"qualification": {"s3": 25, "s2": 20, "s1": 15, "d3": 10, "secondary": 5, "below": 1}, "functional":
        {"position": 15, "position_types": [2], "technical": 15, "seminar": 10}, "structural": {"position": 15,
        "position_types": [1, 5], "technical": 15, "seminar": 10}, "staff": {"position": 0, "position_types": [],
        "technical": 22.5, "seminar": 17.5}, "technical_types": [3, 8, 12, 13, 16, 17], "technical_hours": 20,
        "seminar_types": [4, 7, 9, 10, 11], "seminar_hours": 4, "performance": [{"from": 91, "points": 30}, {"from":
        76, "points": 25}, {"from": 61, "points": 15}, {"from": 51, "points": 5}, {"from": 0, "points": 1}],
        "discipline": {"none": 5, "light": 3, "moderate": 2, "severe": 1}, "bands": [{"from": 91, "band":
        "very_high"}, {"from": 81, "band": "high"}, {"from": 71, "band": "medium"}, {"from": 61, "band": "low"},
        {"from": 0, "band": "very_low"}]},
    "legal_basis": "PermenPANRB 4/2026", "source": "jdih.menpan.go.id", "verified": true
}))]
pub struct NewProfessionalismFormula {
    /// The first day on which it holds: later than today, and than the first day of the formula before it.
    pub valid_from: NaiveDate,
    /// The points of its dimensions.
    #[validate(nested)]
    pub points: IndexPoints,
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

impl NewProfessionalismFormula {
    /// What does not go together: steps and bands go down, the last from 0.
    pub fn mistakes(&self) -> Vec<Violation> {
        let goes_down = |from: Vec<f64>| from.is_sorted_by(|high, low| high > low) && from.last() == Some(&0.0);
        let mut wrong = Vec::new();
        if !goes_down(self.points.performance.iter().map(|step| step.from).collect()) {
            wrong.push(Violation::field("points/performance", &NOT_VALID));
        }
        if !goes_down(self.points.bands.iter().map(|band| band.from).collect()) {
            wrong.push(Violation::field("points/bands", &NOT_VALID));
        }
        wrong
    }

    /// The row, without its first day.
    pub fn row(&self) -> ActiveModel {
        ActiveModel {
            points: Set(self.points.clone()),
            legal_basis: Set(self.legal_basis.clone()),
            source: Set(self.source.clone()),
            verified: Set(self.verified),
            ..Default::default()
        }
    }
}
