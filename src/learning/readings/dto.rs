use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};

/// Somebody read something of the reading list (bacaan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "learning_resource_id": "019a0000-0000-7000-8000-000000000001",
    "librarian_id": "019a0000-0000-7000-8000-000000000002", "read_on": "2026-02-14", "stars": 5,
    "comment": "Contoh kasusnya langsung terpakai", "version": 1, "created_at": "2026-02-14T03:00:00.000Z",
    "updated_at": "2026-02-14T03:00:00.000Z"
}))]
pub struct Reading {
    /// The reading.
    pub id: Uuid,
    /// What was read.
    pub learning_resource_id: Uuid,
    /// By whom.
    pub librarian_id: Uuid,
    /// When.
    pub read_on: NaiveDate,
    /// How good they found it, 1 to 5; null where they do not say.
    #[schema(required, minimum = 1, maximum = 5)]
    pub stars: Option<i32>,
    /// What they say of it.
    #[schema(required, max_length = 2000)]
    pub comment: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When they said so.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of readings.
pub type ReadingPage = Page<Reading>;

impl From<Model> for Reading {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            learning_resource_id: row.learning_resource_id,
            librarian_id: row.librarian_id,
            read_on: row.read_on,
            stars: row.stars,
            comment: row.comment,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Reading {
    fn path(&self) -> String {
        format!("/api/v1/readings/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// That one read something.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"read_on": "2026-02-14", "stars": 5, "comment": "Contoh kasusnya langsung terpakai"}))]
pub struct NewReading {
    /// When; today unless said otherwise, never in the future.
    pub read_on: Option<NaiveDate>,
    /// How good one found it, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub stars: Option<i32>,
    /// What one says of it, for colleagues to read.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub comment: Option<String>,
}

/// Changes of a reading: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"stars": 4}))]
pub struct ReadingChanges {
    /// Another day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub read_on: Option<NaiveDate>,
    /// Other stars; null clears them.
    #[validate(range(min = 1, max = 5))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 5)]
    #[serde(default)]
    pub stars: Patch<i32>,
    /// Other words; null clears them.
    #[validate(length(min = 1, max = 2000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    #[serde(default)]
    pub comment: Patch<String>,
}

/// Which readings to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ReadingFilter {
    /// Of this resource.
    pub learning_resource_id: Option<Uuid>,
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// With at least so many stars.
    #[param(minimum = 1, maximum = 5)]
    pub stars_gte: Option<i32>,
}

impl ReadingFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.learning_resource_id.map(|id| Column::LearningResourceId.eq(id)))
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.stars_gte.map(|stars| Column::Stars.gte(stars)))
    }
}
