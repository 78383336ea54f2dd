use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;

/// What the caller noted of a meeting for themself alone (catatan pribadi).
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "mentoring_meeting_id": "019a0000-0000-7000-8000-000000000030", "text": "Ragu memakai RDA; beri contoh lebih dulu", "version": 1,
    "created_at": "2026-03-09T03:40:00.000Z", "updated_at": "2026-03-09T03:40:00.000Z"
}))]
pub struct PrivateNote {
    /// The meeting.
    pub mentoring_meeting_id: Uuid,
    /// The note.
    #[schema(max_length = 10_000)]
    pub text: String,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was first written.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

impl From<Model> for PrivateNote {
    fn from(row: Model) -> Self {
        Self {
            mentoring_meeting_id: row.meeting_id,
            text: row.text,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for PrivateNote {
    fn path(&self) -> String {
        format!("/api/v1/mentoring-meetings/{}/private-note", self.mentoring_meeting_id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A note to be kept.
#[derive(Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "Ragu memakai RDA; beri contoh lebih dulu"}))]
pub struct NewPrivateNote {
    /// The note, in place of what was there.
    #[validate(length(min = 1, max = 10_000))]
    #[schema(min_length = 1, max_length = 10_000)]
    pub text: String,
}
