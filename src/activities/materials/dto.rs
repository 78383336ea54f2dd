use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::not_null;
use crate::kernel::validation::{self, URL_OR_FILE};

/// Something to read or see (bahan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000050", "activity_id": "019a0000-0000-7000-8000-000000000000",
    "title": "Salindia hari pertama", "url": "https://example.org/salindia.pdf", "file_id": null, "position": 1, "version": 1,
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
    /// Where it is; null where it is a file.
    #[schema(required, max_length = 2000)]
    pub url: Option<String>,
    /// The file that it is; null where it is elsewhere.
    #[schema(required)]
    pub file_id: Option<Uuid>,
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
            file_id: row.file_id,
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

/// A material to be entered: the address of something elsewhere, or a file.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[validate(schema(function = one_place))]
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
    pub url: Option<String>,
    /// The file that it is, instead of an address: one that is available.
    pub file_id: Option<Uuid>,
    /// Its place in the order.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000)]
    pub position: i32,
}

/// A material is in one place.
fn one_place(new: &NewMaterial) -> Result<(), ValidationError> {
    if new.url.is_some() == new.file_id.is_some() { Err(validation::fault(&URL_OR_FILE)) } else { Ok(()) }
}

/// Changes of a material: a merge patch (RFC 7396). An address takes the place of a file, and a file that of an address.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[validate(schema(function = at_most_one_place))]
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
    /// Another file: one that is available.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub file_id: Option<Uuid>,
    /// Another place in the order.
    #[validate(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub position: Option<i32>,
}

fn at_most_one_place(changes: &MaterialChanges) -> Result<(), ValidationError> {
    if changes.url.is_some() && changes.file_id.is_some() { Err(validation::fault(&URL_OR_FILE)) } else { Ok(()) }
}
