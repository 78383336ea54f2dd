use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::calculation::{PerformancePredicate, Projection};
use super::gathered::Part;
use crate::kernel::decimal::decimal;

/// What a person has gathered in credit points (angka kredit), and how far the next grade and level are.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "librarian_id": "019a0000-0000-7000-8000-000000000001", "as_of": "2026-03-02",
    "position_id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001", "grade": "III/a", "is_applicable": true,
    "counted_since": "2023-01-02", "initial_points": 0.0,
    "parts": [{"appraisal_id": "019a0000-0000-7000-8000-000000000063", "year": 2024, "months": 12, "predicate": "very_good",
        "percent": 150, "coefficient": 12.5, "points": 18.75}],
    "total_points": 18.75, "assumed_predicate": "very_good", "points_a_year": 18.75,
    "next_grade": {"needed_points": 50.0, "missing_points": 31.25, "years": 1.67, "assessments": 2},
    "next_level": {"needed_points": 100.0, "missing_points": 81.25, "years": 4.34, "assessments": 5},
    "credit_point_rate_id": "019b76da-a900-7a01-8f0e-2c51c4b1a104",
    "credit_point_rule_id": "019b76da-a900-7a01-8f0e-2c51c4b1a200", "is_verified": false
}))]
pub struct CreditPointStatement {
    /// The person.
    pub librarian_id: Uuid,
    /// The day that this tells of.
    pub as_of: NaiveDate,
    /// The position on that day.
    #[schema(required)]
    pub position_id: Option<Uuid>,
    /// The grade (pangkat/golongan) on that day.
    #[schema(required, max_length = 10)]
    pub grade: Option<String>,
    /// Whether the person gathers points: civil servants (PNS) in a functional position do; others have no such path.
    pub is_applicable: bool,
    /// The day from which appraisals count: that of the level, or of the decree that states points to begin with.
    #[schema(required)]
    pub counted_since: Option<NaiveDate>,
    /// What the decree states to begin with.
    #[schema(minimum = 0, maximum = 100_000)]
    pub initial_points: f64,
    /// What each appraisal gave, the earliest first.
    #[schema(max_items = 200)]
    pub parts: Vec<CreditPointPart>,
    /// The sum.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub total_points: f64,
    /// The predicate that the years ahead are reckoned with: the one asked for, else the last, else "baik".
    pub assumed_predicate: PerformancePredicate,
    /// What a year with it gives; null where no rate or rule holds.
    #[schema(required, minimum = 0, maximum = 100_000)]
    pub points_a_year: Option<f64>,
    /// To the next grade (kenaikan pangkat); null where none follows within the level.
    #[schema(required)]
    pub next_grade: Option<CreditPointGoal>,
    /// To the next level (kenaikan jenjang); null at the highest.
    #[schema(required)]
    pub next_level: Option<CreditPointGoal>,
    /// The rate of the position on that day.
    #[schema(required)]
    pub credit_point_rate_id: Option<Uuid>,
    /// The rule on that day.
    #[schema(required)]
    pub credit_point_rule_id: Option<Uuid>,
    /// Whether somebody compared both with the official texts.
    pub is_verified: bool,
}

/// What an appraisal gave.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CreditPointPart {
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// Its year.
    #[schema(minimum = 1900, maximum = 2999)]
    pub year: i32,
    /// Those of its months that count for the level.
    #[schema(minimum = 1, maximum = 12)]
    pub months: i32,
    /// Its predicate.
    pub predicate: PerformancePredicate,
    /// Percent of the coefficient; null where no rule held, and nothing is counted.
    #[schema(required, minimum = 0, maximum = 1000)]
    pub percent: Option<i32>,
    /// The coefficient of a year; null where no rate held, and nothing is counted.
    #[schema(required, minimum = 0, maximum = 1000)]
    pub coefficient: Option<f64>,
    /// The points.
    #[schema(minimum = 0, maximum = 100_000)]
    pub points: f64,
}

impl From<Part> for CreditPointPart {
    fn from(part: Part) -> Self {
        Self {
            appraisal_id: part.appraisal_id,
            year: part.year,
            months: part.months,
            predicate: part.predicate,
            percent: part.percent,
            coefficient: part.coefficient.map(|points| decimal(points.into())),
            points: decimal(part.points),
        }
    }
}

/// How far an amount of points is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CreditPointGoal {
    /// What it asks.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub needed_points: f64,
    /// What is missing; 0 once it is reached.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub missing_points: f64,
    /// Years until then at the assumed predicate, rounded up; null where that gives nothing.
    #[schema(required, minimum = 0, maximum = 10_000_000)]
    pub years: Option<f64>,
    /// Full yearly appraisals until then; null where they give nothing.
    #[schema(required, minimum = 0, maximum = 10_000_000)]
    pub assessments: Option<i64>,
}

impl CreditPointGoal {
    /// The goal of so many hundredths, of which so many are there.
    pub fn new(needed: i64, accumulated: i64, projection: Option<Projection>) -> Self {
        Self {
            needed_points: decimal(needed),
            missing_points: decimal(needed.saturating_sub(accumulated).max(0)),
            years: projection.map(|projection| decimal(projection.years_hundredths)),
            assessments: projection.map(|projection| projection.assessments),
        }
    }
}

/// What to tell of.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CreditPointQuery {
    /// The day to tell of, not in the future; today without it.
    #[param(example = "2026-02-28")]
    pub as_of: Option<NaiveDate>,
    /// The predicate to reckon the years ahead with.
    #[param(inline)]
    pub predicate: Option<PerformancePredicate>,
}

/// What some months in a position give.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "position_id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001", "on": "2026-03-02", "predicate": "good", "months": 2,
    "percent": 100, "coefficient": 12.5, "points": 2.08, "credit_point_rate_id": "019b76da-a900-7a01-8f0e-2c51c4b1a104",
    "credit_point_rule_id": "019b76da-a900-7a01-8f0e-2c51c4b1a200", "legal_basis": "PermenPANRB 1/2023; PerBKN 3/2023",
    "is_verified": false
}))]
pub struct CreditPointCalculation {
    /// The position.
    pub position_id: Uuid,
    /// The day whose rate and rule are applied.
    pub on: NaiveDate,
    /// The predicate.
    pub predicate: PerformancePredicate,
    /// The months.
    #[schema(minimum = 1, maximum = 12)]
    pub months: i32,
    /// Percent of the coefficient that the predicate gives.
    #[schema(minimum = 0, maximum = 1000)]
    pub percent: i32,
    /// The coefficient of a year.
    #[schema(minimum = 0, maximum = 1000)]
    pub coefficient: f64,
    /// Months / 12 x percent x coefficient, two decimals.
    #[schema(minimum = 0, maximum = 100_000)]
    pub points: f64,
    /// The rate.
    pub credit_point_rate_id: Uuid,
    /// The rule.
    pub credit_point_rule_id: Uuid,
    /// The regulations behind the rate.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// Whether somebody compared both with the official texts.
    pub is_verified: bool,
}

/// What to calculate.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CalculationQuery {
    /// The predicate; "baik" without it.
    #[param(inline)]
    pub predicate: Option<PerformancePredicate>,
    /// The months; 12 without them.
    #[param(minimum = 1, maximum = 12, example = 12)]
    pub months: Option<i32>,
    /// The day whose rate and rule are applied; today without it.
    #[param(example = "2026-03-02")]
    pub on: Option<NaiveDate>,
}
