//! What a person plans, new or changed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::dto::PlanActionKind;
use crate::kernel::decimal::two_decimals;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;
use crate::settings::training_types::entity::LearningBucket;

/// The most goals of a plan.
pub const MOST_GOALS: usize = 12;

/// A step towards a goal, to be planned.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "practice", "title": "Mengatalog 50 judul koleksi lokal dengan RDA", "planned_hours": 20.0}))]
pub struct NewPlanAction {
    /// What kind of step it is.
    pub kind: PlanActionKind,
    /// What is to be done; the name of the object unless said otherwise, required where none is named.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: Option<String>,
    /// The activity to take part in; for `activity`.
    pub activity_id: Option<Uuid>,
    /// The colleague to learn from, not oneself; for `mentoring`.
    pub mentor_id: Option<Uuid>,
    /// What to read; for `reading`.
    pub learning_resource_id: Option<Uuid>,
    /// Its part of 70:20:10; that of the training type which is usual for it unless said otherwise.
    pub bucket: Option<LearningBucket>,
    /// How many JP are planned, with at most two decimals; as many as the object has unless said otherwise.
    #[validate(range(min = 0.0, max = 1000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 1000)]
    pub planned_hours: Option<f64>,
}

/// A level to be reached, to be planned.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "competency_id": "019a0000-0000-7000-8000-000000000002", "target_level": 3, "due_on": "2026-10-30",
    "reason": "Koleksi lokal belum terkatalog",
    "actions": [{"kind": "practice", "title": "Mengatalog 50 judul koleksi lokal dengan RDA", "planned_hours": 20.0}]
}))]
pub struct NewPlanGoal {
    /// The competency: a unit of a published framework, in one goal of the plan only.
    pub competency_id: Uuid,
    /// The level to be reached, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub target_level: i32,
    /// Until when, within the year; its last day unless said otherwise.
    pub due_on: Option<NaiveDate>,
    /// Why.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: Option<String>,
    /// What is to be done for it.
    #[validate(nested, length(max = 10))]
    #[schema(max_items = 10)]
    #[serde(default)]
    pub actions: Vec<NewPlanAction>,
}

/// A plan to be written.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"year": 2026, "from_gaps": true}))]
pub struct NewDevelopmentPlan {
    /// Whose: one's own unless an admin says otherwise.
    pub librarian_id: Option<Uuid>,
    /// For which year. Each person has one plan a year.
    #[validate(range(min = 2000, max = 2999))]
    #[schema(minimum = 2000, maximum = 2999)]
    pub year: i32,
    /// Words of the person.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub note: Option<String>,
    /// Whether to draft goals from the largest gaps, with open activities, colleagues at the level and things to read as actions.
    /// They are added to the goals that are given.
    #[serde(default)]
    pub from_gaps: bool,
    /// What it aims at.
    #[validate(nested, length(max = 12))]
    #[schema(max_items = 12)]
    #[serde(default)]
    pub goals: Vec<NewPlanGoal>,
}

/// Changes of a plan that is a draft or was returned: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "Fokus pada layanan digital"}))]
pub struct DevelopmentPlanChanges {
    /// Other words; null clears them.
    #[validate(length(min = 1, max = 4000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub note: Patch<String>,
    /// Other goals, all of them.
    #[validate(nested, length(max = 12))]
    #[schema(max_items = 12, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub goals: Option<Vec<NewPlanGoal>>,
}

/// That an action was done.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"done_on": "2026-02-27", "hours": 18.0, "note": "52 judul, diperiksa mentor"}))]
pub struct ActionCompletion {
    /// When; today unless said otherwise, never in the future.
    pub done_on: Option<NaiveDate>,
    /// How many JP it was, with at most two decimals; as many as planned unless said otherwise.
    #[validate(range(min = 0.0, max = 1000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 1000)]
    pub hours: Option<f64>,
    /// What came of it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// Why a plan goes back.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Tambahkan praktik di tempat kerja"}))]
pub struct PlanReturnReason {
    /// What is missing, for the person to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// What came of a plan.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"outcome": "Dua dari tiga sasaran tercapai; katalogisasi dilanjutkan tahun depan"}))]
pub struct PlanOutcome {
    /// In words, for the person to read.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub outcome: Option<String>,
}
