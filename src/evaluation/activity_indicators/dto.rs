use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;

/// An indicator that an activity is meant to move.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000080", "activity_id": "019a0000-0000-7000-8000-000000000010",
    "indicator_id": "019a0000-0000-7000-8000-000000000030", "expectation": "Waktu layanan turun setelah pelatihan",
    "version": 1, "created_at": "2026-05-11T01:00:00.000Z", "updated_at": "2026-05-11T01:00:00.000Z"
}))]
pub struct ActivityIndicator {
    /// The link.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// The indicator.
    pub indicator_id: Uuid,
    /// What is expected, in words.
    #[schema(required, max_length = 1000)]
    pub expectation: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of such links.
pub type ActivityIndicatorPage = Page<ActivityIndicator>;

impl From<Model> for ActivityIndicator {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            activity_id: row.activity_id,
            indicator_id: row.indicator_id,
            expectation: row.expectation,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for ActivityIndicator {
    fn path(&self) -> String {
        format!("/api/v1/activity-indicators/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// An indicator to be linked.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "indicator_id": "019a0000-0000-7000-8000-000000000030", "expectation": "Waktu layanan turun setelah pelatihan"
}))]
pub struct NewActivityIndicator {
    /// The indicator.
    pub indicator_id: Uuid,
    /// What is expected, in words.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    pub expectation: Option<String>,
}
