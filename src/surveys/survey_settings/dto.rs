use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::patch::not_null;

/// The hours within which readers get an answer (standar waktu tanggapan), by what they say. What came in before a change keeps its time.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "complaint_hours": 72, "suggestion_hours": 168, "praise_hours": 336, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct SurveySettings {
    /// The one row.
    pub id: Uuid,
    /// For a complaint.
    #[schema(minimum = 1, maximum = 8760)]
    pub complaint_hours: i32,
    /// For a suggestion.
    #[schema(minimum = 1, maximum = 8760)]
    pub suggestion_hours: i32,
    /// For praise.
    #[schema(minimum = 1, maximum = 8760)]
    pub praise_hours: i32,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

impl From<Model> for SurveySettings {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            complaint_hours: row.complaint_hours,
            suggestion_hours: row.suggestion_hours,
            praise_hours: row.praise_hours,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for SurveySettings {
    fn path(&self) -> String {
        "/api/v1/survey-settings".to_owned()
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Changes of the hours: a merge patch (RFC 7396).
#[expect(clippy::struct_field_names, reason = "the names of the settings")]
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"complaint_hours": 48}))]
pub struct SurveySettingsChanges {
    /// For a complaint.
    #[validate(range(min = 1, max = 8760))]
    #[schema(minimum = 1, maximum = 8760, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub complaint_hours: Option<i32>,
    /// For a suggestion.
    #[validate(range(min = 1, max = 8760))]
    #[schema(minimum = 1, maximum = 8760, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub suggestion_hours: Option<i32>,
    /// For praise.
    #[validate(range(min = 1, max = 8760))]
    #[schema(minimum = 1, maximum = 8760, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub praise_hours: Option<i32>,
}
