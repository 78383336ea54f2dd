use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A level that a mentee is to reach with the mentor's help (sasaran pembimbingan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000040", "mentorship_id": "019a0000-0000-7000-8000-000000000000",
    "competency_id": "019a0000-0000-7000-8000-000000000002", "start_level": 2, "target_level": 3, "current_level": 2,
    "description": "Pengatalogan deskriptif koleksi lokal", "due_on": "2026-10-30", "progress_percent": 40, "achieved_on": null,
    "version": 2, "created_at": "2026-01-13T02:00:00.000Z", "updated_at": "2026-03-09T03:40:00.000Z"
}))]
pub struct MentorshipGoal {
    /// The goal.
    pub id: Uuid,
    /// The mentorship.
    pub mentorship_id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// The mentee's level when the goal was set; 0 where there was none.
    #[schema(minimum = 0, maximum = 5)]
    pub start_level: i32,
    /// The level to be reached.
    #[schema(minimum = 1, maximum = 5)]
    pub target_level: i32,
    /// The mentee's level now; null where there is none.
    #[schema(required, minimum = 1, maximum = 5)]
    pub current_level: Option<i32>,
    /// What is to be done for it.
    #[schema(required, max_length = 2000)]
    pub description: Option<String>,
    /// Until when.
    #[schema(required)]
    pub due_on: Option<NaiveDate>,
    /// How far it has come, as the two see it, in percent.
    #[schema(minimum = 0, maximum = 100)]
    pub progress_percent: i32,
    /// When the two saw it achieved.
    #[schema(required)]
    pub achieved_on: Option<NaiveDate>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was set.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of goals.
pub type MentorshipGoalPage = Page<MentorshipGoal>;

impl MentorshipGoal {
    /// A goal with the mentee's level of now.
    pub fn seen(row: Model, current_level: Option<i32>) -> Self {
        Self {
            id: row.id,
            mentorship_id: row.mentorship_id,
            competency_id: row.competency_id,
            start_level: row.start_level,
            target_level: row.target_level,
            current_level,
            description: row.description,
            due_on: row.due_on,
            progress_percent: row.progress_percent,
            achieved_on: row.achieved_on,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for MentorshipGoal {
    fn path(&self) -> String {
        format!("/api/v1/mentorship-goals/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A goal to be set.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "competency_id": "019a0000-0000-7000-8000-000000000002", "target_level": 3,
    "description": "Pengatalogan deskriptif koleksi lokal", "due_on": "2026-10-30"
}))]
pub struct NewMentorshipGoal {
    /// The competency: a unit of a published framework, in one goal of the pair only.
    pub competency_id: Uuid,
    /// The level to be reached, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub target_level: i32,
    /// What is to be done for it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub description: Option<String>,
    /// Until when.
    #[validate(custom(function = validation::day))]
    pub due_on: Option<NaiveDate>,
}

/// Changes of a goal: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"progress_percent": 60}))]
pub struct MentorshipGoalChanges {
    /// Another level to be reached.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub target_level: Option<i32>,
    /// Other words; null clears them.
    #[validate(length(min = 1, max = 2000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    #[serde(default)]
    pub description: Patch<String>,
    /// Another day; null clears it.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub due_on: Patch<NaiveDate>,
    /// How far it has come. What is achieved stands at 100.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub progress_percent: Option<i32>,
    /// When it was achieved, on a day of the mentorship that is not to come; null takes it back.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub achieved_on: Patch<NaiveDate>,
}

/// Which goals to list: all of the pair.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MentorshipGoalFilter {
    /// Only those that are achieved, or only those that are not.
    pub is_achieved: Option<bool>,
}
