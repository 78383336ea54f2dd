use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Model};
use crate::evaluation::needs::Need;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// What a review found (temuan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000061", "review_id": "019a0000-0000-7000-8000-000000000060", "position": 1,
    "title": "Waktu penyelesaian (U3) turun menjadi 2,9", "detail": null,
    "need": {"kind": "survey_element", "id": "019a0000-0000-7000-8000-000000000040", "element": "U3"},
    "no_action_reason": null, "improvement_count": 1, "version": 1, "created_at": "2026-10-05T03:00:00.000Z",
    "updated_at": "2026-10-05T03:00:00.000Z"
}))]
pub struct Finding {
    /// The finding.
    pub id: Uuid,
    /// The review.
    pub review_id: Uuid,
    /// Its place in the review.
    #[schema(minimum = 1, maximum = 10_000)]
    pub position: i32,
    /// What was seen.
    #[schema(max_length = 300)]
    pub title: String,
    /// More of it.
    #[schema(required, max_length = 4000)]
    pub detail: Option<String>,
    /// What shows it; null where nothing is named.
    #[schema(required)]
    pub need: Option<Need>,
    /// Why nothing is done about it; null where something is, or nobody said yet.
    #[schema(required, max_length = 1000)]
    pub no_action_reason: Option<String>,
    /// How many improvement actions it led to that were not given up; `need_id` of their list finds them.
    #[schema(minimum = 0, maximum = 10_000)]
    pub improvement_count: i64,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of findings.
pub type FindingPage = Page<Finding>;

impl Finding {
    /// A finding with how many actions it led to.
    pub fn seen(row: Model, improvement_count: i64) -> Self {
        Self {
            id: row.id,
            review_id: row.review_id,
            position: row.position,
            need: row.need(),
            title: row.title,
            detail: row.detail,
            no_action_reason: row.no_action_reason,
            improvement_count,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Finding {
    fn path(&self) -> String {
        format!("/api/v1/findings/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A finding to be entered.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Waktu penyelesaian (U3) turun menjadi 2,9", "detail": "Antrean di loket pengembalian pada jam pulang sekolah",
    "need": null, "no_action_reason": null
}))]
pub struct NewFinding {
    /// What was seen.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: String,
    /// More of it.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub detail: Option<String>,
    /// What shows it: an indicator, an element of a survey, a reader's word, an activity, a change initiative.
    #[validate(nested)]
    pub need: Option<Need>,
    /// Why nothing is done about it.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub no_action_reason: Option<String>,
}

impl NewFinding {
    /// Writes the content into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.title = Set(self.title.clone());
        row.detail = Set(self.detail.clone());
        row.source_kind = Set(self.need.as_ref().map(|need| need.kind));
        row.source_id = Set(self.need.as_ref().map(|need| need.id));
        row.source_element = Set(self.need.as_ref().and_then(|need| need.element.clone()));
        row.no_action_reason = Set(self.no_action_reason.clone());
    }
}

/// Changes of a finding whose review is not closed: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"no_action_reason": "Sudah selesai dengan pindah gedung"}))]
pub struct FindingChanges {
    /// Other words for what was seen.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// More of it; null clears it.
    #[validate(length(min = 1, max = 4000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub detail: Patch<String>,
    /// Why nothing is done about it; null clears it.
    #[validate(length(min = 1, max = 1000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000)]
    #[serde(default)]
    pub no_action_reason: Patch<String>,
}

impl FindingChanges {
    /// The content afterwards.
    pub fn onto(self, before: &Model) -> NewFinding {
        NewFinding {
            title: self.title.unwrap_or_else(|| before.title.clone()),
            detail: self.detail.or(before.detail.clone()),
            need: before.need(),
            no_action_reason: self.no_action_reason.or(before.no_action_reason.clone()),
        }
    }
}
