use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

pub use super::entity::EducationLevel;
use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A diploma (ijazah).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000061", "librarian_id": "019a0000-0000-7000-8000-000000000001", "level": "s1",
    "institution": "Universitas Tanjungpura", "field": "Ilmu Perpustakaan", "is_library_science": true,
    "graduated_year": 2014, "diploma_number": null, "evidence_url": null, "siasn_id": null, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Education {
    /// The diploma.
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// The level.
    pub level: EducationLevel,
    /// The school.
    #[schema(max_length = 200)]
    pub institution: String,
    /// The field (jurusan).
    #[schema(required, max_length = 200)]
    pub field: Option<String>,
    /// Whether the field is library science.
    pub is_library_science: bool,
    /// The year of graduation.
    #[schema(minimum = 1900, maximum = 2999)]
    pub graduated_year: i32,
    /// The number of the diploma (nomor ijazah).
    #[schema(required, max_length = 100)]
    pub diploma_number: Option<String>,
    /// Where a copy lies.
    #[schema(required, max_length = 2000)]
    pub evidence_url: Option<String>,
    /// The id of the row in SIASN.
    #[schema(required, max_length = 60)]
    pub siasn_id: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of diplomas.
pub type EducationPage = Page<Education>;

impl From<Model> for Education {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            librarian_id: row.librarian_id,
            level: row.level,
            institution: row.institution,
            field: row.field,
            is_library_science: row.is_library_science,
            graduated_year: row.graduated_year,
            diploma_number: row.diploma_number,
            evidence_url: row.evidence_url,
            siasn_id: row.siasn_id,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Education {
    fn path(&self) -> String {
        format!("/api/v1/education/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A diploma to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "level": "s1", "institution": "Universitas Tanjungpura", "field": "Ilmu Perpustakaan", "is_library_science": true,
    "graduated_year": 2014
}))]
pub struct NewEducation {
    /// The level.
    pub level: EducationLevel,
    /// The school.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub institution: String,
    /// The field (jurusan).
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub field: Option<String>,
    /// Whether the field is library science.
    #[serde(default)]
    pub is_library_science: bool,
    /// The year of graduation, not in the future.
    #[validate(range(min = 1900, max = 2999))]
    #[schema(minimum = 1900, maximum = 2999)]
    pub graduated_year: i32,
    /// The number of the diploma (nomor ijazah).
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub diploma_number: Option<String>,
    /// Where a copy lies.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    pub evidence_url: Option<String>,
    /// The id of the row in SIASN.
    #[validate(length(min = 1, max = 60), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 60, pattern = r"\S")]
    pub siasn_id: Option<String>,
}

/// Changes of a diploma: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"diploma_number": "UNTAN/2014/0881"}))]
pub struct EducationChanges {
    /// Another level.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub level: Option<EducationLevel>,
    /// Another school.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub institution: Option<String>,
    /// Another field; null clears it.
    #[validate(length(min = 1, max = 200))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    #[serde(default)]
    pub field: Patch<String>,
    /// Whether the field is library science.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub is_library_science: Option<bool>,
    /// Another year of graduation.
    #[validate(range(min = 1900, max = 2999))]
    #[schema(minimum = 1900, maximum = 2999, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub graduated_year: Option<i32>,
    /// Another number; null clears it.
    #[validate(length(min = 1, max = 100))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    #[serde(default)]
    pub diploma_number: Patch<String>,
    /// Another place of the copy; null clears it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(value_type = Option<String>, format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    #[serde(default)]
    pub evidence_url: Patch<String>,
    /// Another id in SIASN; null clears it.
    #[validate(length(min = 1, max = 60))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60)]
    #[serde(default)]
    pub siasn_id: Patch<String>,
}
