use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
pub use super::entity::{FeedbackGiver, FeedbackStage};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::policy::Access;

/// How good the other's part was, from 1 (poor) to 5 (excellent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"preparation": 4, "communication": 5, "commitment": 4, "usefulness": 5}))]
pub struct FeedbackRatings {
    /// Comes prepared (persiapan).
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub preparation: i32,
    /// Listens and speaks clearly (komunikasi).
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub communication: i32,
    /// Keeps to what was agreed (komitmen).
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub commitment: i32,
    /// Helps at work (manfaat).
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub usefulness: i32,
}

/// What one of a pair thinks of the other's part (umpan balik).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000050", "mentorship_id": "019a0000-0000-7000-8000-000000000000", "stage": "mid_term",
    "given_by": "mentee", "author_id": "019a0000-0000-7000-8000-000000000002", "is_hidden": false, "is_complete": true,
    "ratings": {"preparation": 4, "communication": 5, "commitment": 4, "usefulness": 5},
    "comment": "Contohnya selalu dari koleksi kita sendiri", "version": 1, "created_at": "2026-06-15T02:00:00.000Z",
    "updated_at": "2026-06-15T02:00:00.000Z"
}))]
pub struct MentorshipFeedback {
    /// The feedback.
    pub id: Uuid,
    /// The mentorship.
    pub mentorship_id: Uuid,
    /// When in the mentorship.
    pub stage: FeedbackStage,
    /// Who of the two gives it.
    pub given_by: FeedbackGiver,
    /// The librarian who gives it.
    pub author_id: Uuid,
    /// Whether it is kept from the caller until the other side is in too.
    pub is_hidden: bool,
    /// Whether both sides of this stage are in: from then on they are shown, and stay as they are.
    pub is_complete: bool,
    /// How good the other's part was; null while hidden.
    #[schema(required)]
    pub ratings: Option<FeedbackRatings>,
    /// In words; null while hidden, or without any.
    #[schema(required, max_length = 4000)]
    pub comment: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was given.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of feedback.
pub type MentorshipFeedbackPage = Page<MentorshipFeedback>;

impl MentorshipFeedback {
    /// Feedback as this caller sees it. `is_complete`: whether both sides of its stage are in.
    pub fn seen(row: Model, is_complete: bool, access: &Access) -> Self {
        let is_hidden = !is_complete && !access.is_own(row.author_id);
        let ratings = FeedbackRatings {
            preparation: row.preparation,
            communication: row.communication,
            commitment: row.commitment,
            usefulness: row.usefulness,
        };
        Self {
            id: row.id,
            mentorship_id: row.mentorship_id,
            stage: row.stage,
            given_by: row.given_by,
            author_id: row.author_id,
            is_hidden,
            is_complete,
            ratings: (!is_hidden).then_some(ratings),
            comment: row.comment.filter(|_| !is_hidden),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for MentorshipFeedback {
    fn path(&self) -> String {
        format!("/api/v1/mentorship-feedback/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Feedback to be given.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "stage": "mid_term", "ratings": {"preparation": 4, "communication": 5, "commitment": 4, "usefulness": 5},
    "comment": "Contohnya selalu dari koleksi kita sendiri"
}))]
pub struct NewMentorshipFeedback {
    /// When in the mentorship. Each side gives it once a stage.
    pub stage: FeedbackStage,
    /// How good the other's part was.
    #[validate(nested)]
    pub ratings: FeedbackRatings,
    /// In words, for the other to read once both are in.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub comment: Option<String>,
}

/// Changes of feedback that the other side has not answered yet: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"comment": "Contohnya selalu dari koleksi kita sendiri, dan sabar"}))]
pub struct MentorshipFeedbackChanges {
    /// Other ratings, all of them.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub ratings: Option<FeedbackRatings>,
    /// Other words; null clears them.
    #[validate(length(min = 1, max = 4000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub comment: Patch<String>,
}

/// Which feedback to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MentorshipFeedbackFilter {
    /// Of this stage.
    #[param(inline)]
    pub stage: Option<FeedbackStage>,
}

impl MentorshipFeedbackFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all().add_option(self.stage.map(|stage| Column::Stage.eq(stage)))
    }
}
