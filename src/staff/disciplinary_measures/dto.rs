use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

pub use super::entity::DisciplineSeverity;
use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A disciplinary measure (hukuman disiplin, PP 94/2021).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000064", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "severity": "light", "imposed_on": "2025-06-02", "ends_on": "2025-12-01", "decree_number": "800.1.6.2/14",
    "reason": "Tidak masuk kerja tanpa keterangan selama tiga hari", "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct DisciplinaryRecord {
    /// Which one.
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// How grave it is.
    pub severity: DisciplineSeverity,
    /// The first day.
    pub imposed_on: NaiveDate,
    /// The last day; null where none is known.
    #[schema(required)]
    pub ends_on: Option<NaiveDate>,
    /// The number of the decree (nomor SK).
    #[schema(required, max_length = 100)]
    pub decree_number: Option<String>,
    /// What for.
    #[schema(max_length = 2000)]
    pub reason: String,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of them.
pub type DisciplinaryRecordPage = Page<DisciplinaryRecord>;

impl From<Model> for DisciplinaryRecord {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            librarian_id: row.librarian_id,
            severity: row.severity,
            imposed_on: row.imposed_on,
            ends_on: row.ends_on,
            decree_number: row.decree_number,
            reason: row.reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for DisciplinaryRecord {
    fn path(&self) -> String {
        format!("/api/v1/disciplinary-measures/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// What is to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "severity": "light", "imposed_on": "2025-06-02", "ends_on": "2025-12-01", "decree_number": "800.1.6.2/14",
    "reason": "Tidak masuk kerja tanpa keterangan selama tiga hari"
}))]
pub struct NewDisciplinaryRecord {
    /// How grave it is.
    pub severity: DisciplineSeverity,
    /// The first day.
    pub imposed_on: NaiveDate,
    /// The last day; null where none is known.
    pub ends_on: Option<NaiveDate>,
    /// The number of the decree (nomor SK).
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub decree_number: Option<String>,
    /// What for.
    #[validate(length(min = 1, max = 2000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    pub reason: String,
}

/// Changes: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"ends_on": "2025-11-01"}))]
pub struct DisciplinaryRecordChanges {
    /// How grave it is.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub severity: Option<DisciplineSeverity>,
    /// The first day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub imposed_on: Option<NaiveDate>,
    /// The last day; null where none is known.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub ends_on: Patch<NaiveDate>,
    /// The number of the decree (nomor SK).
    #[validate(length(min = 1, max = 100))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    #[serde(default)]
    pub decree_number: Patch<String>,
    /// What for.
    #[validate(length(min = 1, max = 2000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub reason: Option<String>,
}
