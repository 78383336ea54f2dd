use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::not_null;
use crate::kernel::validation;

/// Something to read or see (bahan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000050", "activity_id": "019a0000-0000-7000-8000-000000000000",
    "title": "Salindia hari pertama", "url": "https://example.org/salindia.pdf", "position": 1, "version": 1,
    "created_at": "2026-10-20T02:00:00.000Z", "updated_at": "2026-10-20T02:00:00.000Z"
}))]
pub struct Material {
    /// The material.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// What it is.
    #[schema(max_length = 200)]
    pub title: String,
    /// Where it is.
    #[schema(max_length = 2000)]
    pub url: String,
    /// Its place in the order.
    #[schema(minimum = 1, maximum = 1000)]
    pub position: i32,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of materials.
pub type MaterialPage = Page<Material>;

impl From<Model> for Material {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            activity_id: row.activity_id,
            title: row.title,
            url: row.url,
            position: row.position,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Material {
    fn path(&self) -> String {
        format!("/api/v1/materials/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A material to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "Salindia hari pertama", "url": "https://example.org/salindia.pdf", "position": 1}))]
pub struct NewMaterial {
    /// What it is.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: String,
    /// Where it is.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    pub url: String,
    /// Its place in the order.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000)]
    pub position: i32,
}

/// Changes of a material: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"position": 2}))]
pub struct MaterialChanges {
    /// Another title.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another address.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub url: Option<String>,
    /// Another place in the order.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub position: Option<i32>,
}
