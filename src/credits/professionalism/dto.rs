use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::index::{DisciplinaryMeasure, IndexTraining, PositionFamily, Qualification};
use crate::settings::professionalism_formulas::entity::IndexBandName;

/// The professionalism index (IP ASN) of a person, as a simulation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "librarian_id": "019a0000-0000-7000-8000-000000000000", "year": 2026,
    "formula_id": "019a0000-0000-7000-8000-000000000001", "legal_basis": "PermenPANRB 38/2018; PerBKN 8/2019",
    "verified": false, "position_family": "functional", "qualification_points": 15.0, "competency_points": 30.0,
    "performance_points": 25.0, "discipline_points": 5.0, "index": 75.0, "band": "medium", "unknown": [],
    "training": [{"training": "seminar", "points": 10.0, "is_met": false, "missing_hours": 4.0}],
    "next_step": {"training": "seminar", "missing_hours": 4.0, "gain": 10.0, "index": 85.0, "band": "high"}
}))]
pub struct ProfessionalismIndex {
    /// The person.
    pub librarian_id: Uuid,
    /// The calendar year.
    #[schema(minimum = 1900, maximum = 2999)]
    pub year: i32,
    /// The formula that was applied.
    pub formula_id: Uuid,
    /// Its regulations.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// Whether somebody compared it with the official text.
    pub verified: bool,
    /// The family of the position.
    pub position_family: PositionFamily,
    /// Kualifikasi.
    #[schema(minimum = 0, maximum = 100)]
    pub qualification_points: f64,
    /// Kompetensi.
    #[schema(minimum = 0, maximum = 300)]
    pub competency_points: f64,
    /// Kinerja.
    #[schema(minimum = 0, maximum = 100)]
    pub performance_points: f64,
    /// Disiplin.
    #[schema(minimum = 0, maximum = 100)]
    pub discipline_points: f64,
    /// The sum.
    #[schema(minimum = 0, maximum = 600)]
    pub index: f64,
    /// Its band.
    pub band: IndexBandName,
    /// Dimensions of which nothing is known: they give nothing here, and something once they are.
    #[schema(max_items = 2)]
    pub unknown: Vec<UnknownDimension>,
    /// What training gives, met or not.
    #[schema(max_items = 3)]
    pub training: Vec<TrainingPart>,
    /// The training that lifts the index with the fewest hours; null where all is met.
    #[schema(required)]
    pub next_step: Option<NextStep>,
}

/// A dimension of which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnknownDimension {
    /// No diploma is in the record: enter one, or send `qualification`.
    Qualification,
    /// No appraisal of the year is in the record: enter one, or send `performance_score`.
    Performance,
}

/// What a kind of training gives.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrainingPart {
    /// The kind.
    pub training: IndexTraining,
    /// What it gives once it is there.
    #[schema(minimum = 0, maximum = 100)]
    pub points: f64,
    /// Whether it is there, by the ledger.
    pub is_met: bool,
    /// JP that are missing; null where no rule says how many.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub missing_hours: Option<f64>,
}

/// What to do next.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NextStep {
    /// The kind of training.
    pub training: IndexTraining,
    /// JP that are missing; null where no rule says how many.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub missing_hours: Option<f64>,
    /// What it adds.
    #[schema(minimum = 0, maximum = 100)]
    pub gain: f64,
    /// The index afterwards.
    #[schema(minimum = 0, maximum = 600)]
    pub index: f64,
    /// The band afterwards.
    pub band: IndexBandName,
}

/// What to suppose instead of what the record and the ledger say.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct IndexQuery {
    /// The calendar year; without it the present one.
    #[param(minimum = 1900, maximum = 2999, example = 2026)]
    pub year: Option<i32>,
    /// The highest formal education; without it that of the record.
    #[param(inline)]
    pub qualification: Option<Qualification>,
    /// The performance score of the year, 0 to 100; without it that of the year's appraisals.
    #[param(minimum = 0, maximum = 100, example = 80)]
    pub performance_score: Option<f64>,
    /// The gravest disciplinary measure; without it that of the record.
    #[param(inline)]
    pub discipline: Option<DisciplinaryMeasure>,
    /// The family of the position; without it that of the person's position.
    #[param(inline)]
    pub position_family: Option<PositionFamily>,
}
