//! Credit points (angka kredit, AK) of functional positions after PermenPANRB 1/2023 and PerBKN 3/2023: what a year of
//! work gives, how long it takes to the next grade (pangkat) and level (jenjang), and what a promotion still lacks.
//!
//! Points are whole hundredths (18.75 points = 1875). Coefficients, percentages and minimum values are law that
//! changes; they come from dated reference tables and are parameters here.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Months in a year of assessment.
const MONTHS_PER_YEAR: i64 = 12;

/// Yearly performance predicate (predikat kinerja), best first so that `<=` means "at least as good as".
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PerformancePredicate {
    /// Sangat Baik.
    VeryGood,
    /// Baik.
    Good,
    /// Butuh Perbaikan, formerly Cukup.
    NeedsImprovement,
    /// Kurang.
    Poor,
    /// Sangat Kurang.
    VeryPoor,
}

impl PerformancePredicate {
    /// Number of the predicate in SIASN (`kuadranNilai`), 1 for the best to 5 for the worst.
    pub const fn siasn_id(self) -> i64 {
        match self {
            Self::VeryGood => 1,
            Self::Good => 2,
            Self::NeedsImprovement => 3,
            Self::Poor => 4,
            Self::VeryPoor => 5,
        }
    }

    /// The predicate of a SIASN number.
    pub const fn from_siasn_id(id: i64) -> Option<Self> {
        match id {
            1 => Some(Self::VeryGood),
            2 => Some(Self::Good),
            3 => Some(Self::NeedsImprovement),
            4 => Some(Self::Poor),
            5 => Some(Self::VeryPoor),
            _ => None,
        }
    }
}

/// Points of one year or part of a year: `months / 12 x percent x coefficient`, in hundredths, rounded half up once at
/// the end. `coefficient_hundredths` is the yearly coefficient of the level, `percent` that of the predicate (150 for
/// Sangat Baik). Months beyond 12 count as 12, negative values as 0.
pub fn yearly(coefficient_hundredths: i64, percent: i64, months: i64) -> i64 {
    let product = i128::from(coefficient_hundredths.max(0))
        .saturating_mul(i128::from(percent.max(0)))
        .saturating_mul(i128::from(months.clamp(0, MONTHS_PER_YEAR)));
    let divisor = i128::from(100 * MONTHS_PER_YEAR);
    let rounded = product.saturating_mul(2).saturating_add(divisor) / (2 * divisor);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

/// Points of several periods together. Each period is rounded before it is added, as decrees (PAK) state them.
pub fn sum(parts: &[i64]) -> i64 {
    parts.iter().fold(0, |total, part| total.saturating_add(*part))
}

/// How far away an amount of points is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Projection {
    /// Points still missing, in hundredths; 0 when the amount is reached.
    pub missing_hundredths: i64,
    /// Years until then at the present rate, in hundredths of a year, rounded up so that 0 always means reached.
    pub years_hundredths: i64,
    /// Full yearly assessments until then: points are granted by year.
    pub assessments: i64,
}

/// Projects when `needed` points are reached. `None` when there is nothing to reach (`needed` is `None`: the highest
/// grade or level) or when the rate gives nothing and points are missing.
pub fn projection(accumulated: i64, needed: Option<i64>, yearly_rate: i64) -> Option<Projection> {
    let missing = needed?.saturating_sub(accumulated).max(0);
    if missing == 0 {
        return Some(Projection { missing_hundredths: 0, years_hundredths: 0, assessments: 0 });
    }
    if yearly_rate <= 0 {
        return None;
    }
    Some(Projection {
        missing_hundredths: missing,
        years_hundredths: divided_up(missing.saturating_mul(100), yearly_rate),
        assessments: divided_up(missing, yearly_rate),
    })
}

/// Where a person stands, all in hundredths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Points accumulated that count for the present level.
    pub accumulated: i64,
    /// Points that the next grade needs; `None` when no grade follows within the level.
    pub needed_for_grade: Option<i64>,
    /// Points that the next level needs; `None` at the highest level of the career.
    pub needed_for_level: Option<i64>,
    /// Points that a year gives at present, see [`yearly`].
    pub yearly_rate: i64,
}

/// Projections of a [`Standing`]; `None` where nothing follows or the present rate never gets there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Outlook {
    /// To the next grade (kenaikan pangkat).
    pub next_grade: Option<Projection>,
    /// To the next level (kenaikan jenjang).
    pub next_level: Option<Projection>,
}

/// Years to the next grade and to the next level.
pub fn outlook(standing: &Standing) -> Outlook {
    let project = |needed| projection(standing.accumulated, needed, standing.yearly_rate);
    Outlook { next_grade: project(standing.needed_for_grade), next_level: project(standing.needed_for_level) }
}

/// What the law asks of a promotion to the next level, as of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromotionRules {
    /// The worst predicate that still allows promotion (Baik).
    pub least_predicate: PerformancePredicate,
    /// Least time in the present level, in months (12).
    pub least_months_in_level: i64,
}

/// What is known about a person's promotion; `None` = not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PromotionFacts {
    /// Points accumulated, in hundredths.
    pub accumulated: Option<i64>,
    /// Points that the next level needs, in hundredths.
    pub needed: Option<i64>,
    /// Predicate of the last assessed year.
    pub predicate: Option<PerformancePredicate>,
    /// Full months in the present level.
    pub months_in_level: Option<i64>,
    /// Open positions (formasi, kebutuhan) at the next level.
    pub open_positions: Option<i64>,
    /// Whether the competency test (uji kompetensi) for the next level is passed.
    pub competency_test_passed: Option<bool>,
    /// Mandatory trainings completed.
    pub trainings_completed: Option<i64>,
    /// Mandatory trainings that the next level asks for; 0 when it asks for none.
    pub trainings_required: Option<i64>,
}

/// What one line of the checklist is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PromotionRequirement)]
pub enum Requirement {
    /// Enough points; numbers in hundredths of a point.
    CreditPoints,
    /// Predicate good enough; numbers are SIASN ids, 1 best to 5 worst.
    PerformancePredicate,
    /// Long enough in the level; numbers in months.
    TimeInLevel,
    /// A position is open; numbers are positions.
    OpenPosition,
    /// Competency test passed; 1 = passed, 0 = not.
    CompetencyTest,
    /// Mandatory training completed; numbers are trainings.
    MandatoryTraining,
}

impl Requirement {
    /// Stable identifier for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CreditPoints => "credit_points",
            Self::PerformancePredicate => "performance_predicate",
            Self::TimeInLevel => "time_in_level",
            Self::OpenPosition => "open_position",
            Self::CompetencyTest => "competency_test",
            Self::MandatoryTraining => "mandatory_training",
        }
    }

    /// The requirement in Indonesian and in English.
    pub const fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::CreditPoints => ("Angka kredit kumulatif mencukupi", "Enough credit points"),
            Self::PerformancePredicate => ("Predikat kinerja paling rendah Baik", "Performance rated Good or better"),
            Self::TimeInLevel => ("Masa kerja dalam jenjang mencukupi", "Long enough in the present level"),
            Self::OpenPosition => ("Tersedia formasi pada jenjang berikutnya", "A position is open at the next level"),
            Self::CompetencyTest => ("Lulus uji kompetensi", "Competency test passed"),
            Self::MandatoryTraining => ("Pelatihan wajib telah diikuti", "Mandatory training completed"),
        }
    }
}

/// One line of the checklist; the unit of the numbers is that of the [`Requirement`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ChecklistItem {
    /// What is asked.
    pub code: Requirement,
    /// Whether it is met; `None` = not known.
    pub met: Option<bool>,
    /// What the person has.
    pub actual: Option<i64>,
    /// What is needed.
    pub required: Option<i64>,
}

/// Readiness for promotion to the next level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PromotionReadiness {
    /// `Some(false)` when anything is not met, `Some(true)` when everything is, else `None`.
    pub ready: Option<bool>,
    /// Every requirement, always in the same order.
    pub items: Vec<ChecklistItem>,
}

/// Holds the facts about a person against the rules of promotion. Only asked where a next level exists.
pub fn promotion_readiness(rules: &PromotionRules, facts: &PromotionFacts) -> PromotionReadiness {
    let predicate = ChecklistItem {
        code: Requirement::PerformancePredicate,
        met: facts.predicate.map(|predicate| predicate <= rules.least_predicate),
        actual: facts.predicate.map(PerformancePredicate::siasn_id),
        required: Some(rules.least_predicate.siasn_id()),
    };
    let items = vec![
        at_least(Requirement::CreditPoints, facts.accumulated, facts.needed),
        predicate,
        at_least(Requirement::TimeInLevel, facts.months_in_level, Some(rules.least_months_in_level)),
        at_least(Requirement::OpenPosition, facts.open_positions, Some(1)),
        at_least(Requirement::CompetencyTest, facts.competency_test_passed.map(i64::from), Some(1)),
        at_least(Requirement::MandatoryTraining, facts.trainings_completed, facts.trainings_required),
    ];
    let ready = if items.iter().any(|item| item.met == Some(false)) {
        Some(false)
    } else if items.iter().all(|item| item.met == Some(true)) {
        Some(true)
    } else {
        None
    };
    PromotionReadiness { ready, items }
}

fn at_least(code: Requirement, actual: Option<i64>, required: Option<i64>) -> ChecklistItem {
    let met = match (actual, required) {
        (Some(actual), Some(required)) => Some(actual >= required),
        (None, Some(0)) => Some(true),
        _ => None,
    };
    ChecklistItem { code, met, actual, required }
}

/// Quotient rounded up; `dividend` is not negative and `divisor` positive.
fn divided_up(dividend: i64, divisor: i64) -> i64 {
    dividend / divisor + i64::from(dividend % divisor != 0)
}

#[cfg(test)]
mod tests;
