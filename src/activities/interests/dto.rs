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
use crate::kernel::validation;

/// Somebody's interest in an activity without a date (minat).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000060", "activity_id": "019a0000-0000-7000-8000-000000000000",
    "librarian_id": "019a0000-0000-7000-8000-000000000001", "note": "Sebaiknya setelah musim libur", "version": 1,
    "created_at": "2026-10-20T02:00:00.000Z", "updated_at": "2026-10-20T02:00:00.000Z"
}))]
pub struct Interest {
    /// The interest.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// What they wish.
    #[schema(required, max_length = 500)]
    pub note: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When they said so.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of interests.
pub type InterestPage = Page<Interest>;

impl From<Model> for Interest {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            activity_id: row.activity_id,
            librarian_id: row.librarian_id,
            note: row.note,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Interest {
    fn path(&self) -> String {
        format!("/api/v1/interests/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// One's interest.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "Sebaiknya setelah musim libur"}))]
pub struct NewInterest {
    /// What one wishes.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub note: Option<String>,
}

/// Which interests to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct InterestFilter {
    /// In this activity.
    pub activity_id: Option<Uuid>,
    /// Of this person.
    pub librarian_id: Option<Uuid>,
}

impl InterestFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.activity_id.map(|id| Column::ActivityId.eq(id)))
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
    }
}
