use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
pub use super::entity::SpeakerRole;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// Somebody who speaks at an activity (narasumber).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000040", "activity_id": "019a0000-0000-7000-8000-000000000000", "session_id": null,
    "librarian_id": null, "name": "Antonius Rusli", "organisation": "Forum Pustakawan Kalbar Utara", "role": "panellist",
    "topic": "AI di meja referensi", "position": 2, "version": 1, "created_at": "2026-10-20T02:00:00.000Z",
    "updated_at": "2026-10-20T02:00:00.000Z"
}))]
pub struct Speaker {
    /// The speaker.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// The session; null for the whole activity.
    #[schema(required)]
    pub session_id: Option<Uuid>,
    /// The colleague; null for a guest.
    #[schema(required)]
    pub librarian_id: Option<Uuid>,
    /// The name.
    #[schema(max_length = 200)]
    pub name: String,
    /// Where they come from.
    #[schema(required, max_length = 200)]
    pub organisation: Option<String>,
    /// What they do.
    pub role: SpeakerRole,
    /// What they speak about.
    #[schema(required, max_length = 300)]
    pub topic: Option<String>,
    /// Their place in the order.
    #[schema(minimum = 1, maximum = 1000)]
    pub position: i32,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When they were entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of speakers.
pub type SpeakerPage = Page<Speaker>;

impl From<Model> for Speaker {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            activity_id: row.activity_id,
            session_id: row.session_id,
            librarian_id: row.librarian_id,
            name: row.name,
            organisation: row.organisation,
            role: row.role,
            topic: row.topic,
            position: row.position,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Speaker {
    fn path(&self) -> String {
        format!("/api/v1/speakers/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A speaker to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Antonius Rusli", "organisation": "Forum Pustakawan Kalbar Utara", "role": "panellist",
    "topic": "AI di meja referensi", "position": 2
}))]
pub struct NewSpeaker {
    /// The session, one of the activity's; the whole activity unless given.
    pub session_id: Option<Uuid>,
    /// The colleague; a guest unless given.
    pub librarian_id: Option<Uuid>,
    /// The name of a guest; a colleague's is known.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: Option<String>,
    /// Where they come from.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub organisation: Option<String>,
    /// What they do.
    #[serde(default)]
    #[schema(inline)]
    pub role: SpeakerRole,
    /// What they speak about.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub topic: Option<String>,
    /// Their place in the order; the last unless given.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000)]
    pub position: Option<i32>,
}

/// Changes of a speaker: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"topic": "Kecerdasan artifisial di meja referensi"}))]
pub struct SpeakerChanges {
    /// Another session; null: the whole activity.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub session_id: Patch<Uuid>,
    /// Another name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<String>,
    /// Another organisation; null clears it.
    #[validate(length(min = 1, max = 200))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    #[serde(default)]
    pub organisation: Patch<String>,
    /// Another role.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub role: Option<SpeakerRole>,
    /// Another topic; null clears it.
    #[validate(length(min = 1, max = 300))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300)]
    #[serde(default)]
    pub topic: Patch<String>,
    /// Another place in the order.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub position: Option<i32>,
}
