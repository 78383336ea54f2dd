use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{CertificateClass, Column, LearningBucket, Model, TrainingTrack};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{Page, matches};
use crate::kernel::patch::{Patch, not_null};

/// A type of training (jenis diklat).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019b76da-a800-7000-8000-000000000009", "siasn_id": 9, "name": {"id": "Seminar", "en": "Seminar"},
    "certificate_class": "P", "track": "classical", "bucket": "formal", "course_code": 3113, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct TrainingType {
    /// The type.
    pub id: Uuid,
    /// SIASN's jenisDiklatId.
    #[schema(minimum = 1, maximum = 999)]
    pub siasn_id: i32,
    /// The name.
    pub name: Localized,
    /// SIASN's class of its certificates (jenisKursusSertipikat).
    pub certificate_class: CertificateClass,
    /// In class or outside of it.
    pub track: TrainingTrack,
    /// The share of 70:20:10 that new credit belongs to.
    pub bucket: LearningBucket,
    /// SIASN's jenisKursus; null where none fits.
    #[schema(required, minimum = 1, maximum = 99_999)]
    pub course_code: Option<i32>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of types.
pub type TrainingTypePage = Page<TrainingType>;

impl From<Model> for TrainingType {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            siasn_id: row.siasn_id,
            name: row.name,
            certificate_class: row.certificate_class,
            track: row.track,
            bucket: row.bucket,
            course_code: row.course_code,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for TrainingType {
    fn path(&self) -> String {
        format!("/api/v1/training-types/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Changes of a type: a merge patch (RFC 7396). What is SIASN's stays.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"bucket": "social"}))]
pub struct TrainingTypeChanges {
    /// Another name.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<Localized>,
    /// Another track.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub track: Option<TrainingTrack>,
    /// Another bucket, for credit from now on.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub bucket: Option<LearningBucket>,
    /// Another of SIASN's jenisKursus; null for none.
    #[validate(range(min = 1, max = 99_999))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 99_999)]
    #[serde(default)]
    pub course_code: Patch<i32>,
}

/// Which types to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct TrainingTypeFilter {
    /// Types whose name holds these words.
    #[param(max_length = 100, example = "seminar")]
    pub q: Option<String>,
    /// Types of this bucket.
    #[param(inline)]
    pub bucket: Option<LearningBucket>,
    /// Types of this track.
    #[param(inline)]
    pub track: Option<TrainingTrack>,
}

impl TrainingTypeFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.bucket.map(|bucket| Column::Bucket.eq(bucket)))
            .add_option(self.track.map(|track| Column::Track.eq(track)))
    }
}
