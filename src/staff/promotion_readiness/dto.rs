use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::kernel::language::Localized;
use crate::staff::credit_points::calculation::Requirement;

/// How ready a person is for promotion to the next level (kenaikan jenjang).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "librarian_id": "019a0000-0000-7000-8000-000000000001", "position_id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001",
    "next_position_id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a002", "obstacle": null, "is_ready": false,
    "items": [{"requirement": "credit_points", "label": {"id": "Angka kredit kumulatif mencukupi",
        "en": "Enough credit points"}, "is_met": false, "actual": 18.75, "required": 100.0, "evidence_id": null}],
    "credit_point_rule_id": "019b76da-a900-7a01-8f0e-2c51c4b1a200", "is_verified": false
}))]
pub struct PromotionChecklist {
    /// The person.
    pub librarian_id: Uuid,
    /// The present position.
    #[schema(required)]
    pub position_id: Option<Uuid>,
    /// The position of the next level in the same family; null where there is none.
    #[schema(required)]
    pub next_position_id: Option<Uuid>,
    /// Why there is no promotion to be ready for; null where there is one.
    #[schema(required)]
    pub obstacle: Option<PromotionObstacle>,
    /// Whether everything is met; null while something is not known and nothing is known to be missing.
    #[schema(required)]
    pub is_ready: Option<bool>,
    /// What is asked, always in the same order; none where there is nothing to be ready for.
    #[schema(max_items = 6)]
    pub items: Vec<PromotionItem>,
    /// The rule that asks.
    #[schema(required)]
    pub credit_point_rule_id: Option<Uuid>,
    /// Whether somebody compared the rule and the rates with the official texts.
    pub is_verified: bool,
}

/// Why there is no promotion to be ready for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromotionObstacle {
    /// Only civil servants (PNS) are promoted by credit points.
    NotACivilServant,
    /// The person is in no functional position.
    NoFunctionalPosition,
    /// The person is at the highest level.
    HighestLevel,
    /// No rule of promotion holds today.
    NoRule,
}

/// One thing that is asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromotionItem {
    /// What.
    pub requirement: Requirement,
    /// The same in words.
    pub label: Localized,
    /// Whether it is met; null where it is not known.
    #[schema(required)]
    pub is_met: Option<bool>,
    /// What is there: points, SIASN's number of the predicate (1 best, 5 worst), months, open positions, 1 for a passed test,
    /// trainings; null where it is not known.
    #[schema(required, minimum = -1_000_000, maximum = 1_000_000)]
    pub actual: Option<f64>,
    /// What is asked, in the same unit; null where nobody said.
    #[schema(required, minimum = 0, maximum = 1_000_000)]
    pub required: Option<f64>,
    /// Where it is written: the appraisal, the appointment, the certificate of the test.
    #[schema(required)]
    pub evidence_id: Option<Uuid>,
}
