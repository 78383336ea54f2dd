//! How far a plan has come: its goals and actions, and planned against achieved by 70:20:10.

use serde::Serialize;
use utoipa::ToSchema;

use super::entity::Model;
use crate::kernel::decimal::decimal;
use crate::settings::training_types::entity::LearningBucket;

/// How far a plan has come.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"goal_count": 3, "reached_count": 1, "action_count": 6, "done_count": 3, "percent": 50}))]
pub struct PlanProgress {
    /// Its goals.
    #[schema(minimum = 0, maximum = 100)]
    pub goal_count: i32,
    /// Goals that are reached.
    #[schema(minimum = 0, maximum = 100)]
    pub reached_count: i32,
    /// Its actions.
    #[schema(minimum = 0, maximum = 1000)]
    pub action_count: i32,
    /// Actions that are done.
    #[schema(minimum = 0, maximum = 1000)]
    pub done_count: i32,
    /// Actions that are done, of a hundred, rounded down.
    #[schema(minimum = 0, maximum = 100)]
    pub percent: i32,
}

/// A part of 70:20:10, planned against achieved.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "bucket": "experience", "target_percent": 70, "planned_hours": 20.0, "planned_percent": 66.67, "achieved_hours": 0.0,
    "achieved_percent": 0.0
}))]
pub struct PlanShare {
    /// Which part.
    pub bucket: LearningBucket,
    /// The share that the rule of 70:20:10 gives it.
    #[schema(minimum = 0, maximum = 100)]
    pub target_percent: i32,
    /// JP planned.
    #[schema(minimum = 0, maximum = 21_474_837)]
    pub planned_hours: f64,
    /// Their share of all that is planned; 0 where nothing is.
    #[schema(minimum = 0, maximum = 100)]
    pub planned_percent: f64,
    /// JP achieved.
    #[schema(minimum = 0, maximum = 21_474_837)]
    pub achieved_hours: f64,
    /// Their share of all that is achieved; 0 where nothing is.
    #[schema(minimum = 0, maximum = 100)]
    pub achieved_percent: f64,
}

impl PlanProgress {
    /// Of this plan.
    pub fn of(row: &Model) -> Self {
        Self {
            goal_count: row.goal_count,
            reached_count: row.reached_count,
            action_count: row.action_count,
            done_count: row.done_count,
            percent: row.done_count * 100 / row.action_count.max(1),
        }
    }
}

/// The three parts of a plan.
pub(super) fn shares(row: &Model) -> Vec<PlanShare> {
    let parts = [
        (LearningBucket::Experience, 70, row.planned_experience, row.achieved_experience),
        (LearningBucket::Social, 20, row.planned_social, row.achieved_social),
        (LearningBucket::Formal, 10, row.planned_formal, row.achieved_formal),
    ];
    let sum =
        |of: fn(&(LearningBucket, i32, i32, i32)) -> i32| parts.iter().map(|part| i64::from(of(part))).sum::<i64>();
    let (planned, achieved) = (sum(|part| part.2), sum(|part| part.3));
    // Of a hundred, in hundredths, half up.
    let share =
        |hours: i32, all: i64| if all > 0 { decimal((i64::from(hours) * 20_000 + all) / (2 * all)) } else { 0.0 };
    let parts = parts.iter().map(|(bucket, target_percent, plan, done)| PlanShare {
        bucket: *bucket,
        target_percent: *target_percent,
        planned_hours: decimal(i64::from(*plan)),
        planned_percent: share(*plan, planned),
        achieved_hours: decimal(i64::from(*done)),
        achieved_percent: share(*done, achieved),
    });
    parts.collect()
}
