use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
pub use super::entity::{FileStatus, MediaType};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page};
use crate::kernel::validation;

/// A file (berkas).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000060", "owner_id": "019a0000-0000-7000-8000-000000000001",
    "name": "Sertifikat RDA.pdf", "media_type": "application/pdf", "size": 182_044,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "status": "available", "version": 2,
    "created_at": "2026-10-20T02:00:00.000Z", "updated_at": "2026-10-20T02:00:03.000Z"
}))]
pub struct File {
    /// The file.
    pub id: Uuid,
    /// The account that announced it.
    pub owner_id: Uuid,
    /// Its name.
    #[schema(max_length = 200)]
    pub name: String,
    /// What it is.
    pub media_type: MediaType,
    /// Bytes: as announced, then as kept. Pictures are kept without what they say of place and camera, so theirs changes.
    #[schema(minimum = 1, maximum = 33_554_432)]
    pub size: i64,
    /// SHA-256 of what is kept; null until there is content.
    #[schema(required, min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub sha256: Option<String>,
    /// How far it is.
    pub status: FileStatus,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was announced.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of files.
pub type FilePage = Page<File>;

impl From<Model> for File {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            owner_id: row.owner_id,
            name: row.name,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            status: row.status,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for File {
    fn path(&self) -> String {
        format!("/api/v1/files/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A file to be announced; its content follows.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Sertifikat RDA.pdf", "media_type": "application/pdf", "size": 182_044}))]
pub struct NewFile {
    /// Its name, without folders, with the extension of its type.
    #[validate(length(min = 5, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 5, max_length = 200, pattern = r#"^[^/\\:*?"<>|]+\.[A-Za-z]{3,4}$"#)]
    pub name: String,
    /// What it is.
    pub media_type: MediaType,
    /// How many bytes will follow; at most 10 MiB.
    #[validate(range(min = 1, max = 10_485_760))]
    #[schema(minimum = 1, maximum = 10_485_760)]
    pub size: i32,
}

/// Which files to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct FileFilter {
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 60, example = "available", pattern = "^(pending|available|rejected)(,(pending|available|rejected))*$")]
    pub status: Option<AnyOf<FileStatus>>,
    /// Of this type.
    #[param(inline)]
    pub media_type: Option<MediaType>,
}

impl FileFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.media_type.map(|kind| Column::MediaType.eq(kind)))
    }
}
