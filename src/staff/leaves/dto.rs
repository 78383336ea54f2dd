use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::LeaveKind;
use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// Leave (cuti).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000065", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "kind": "annual", "starts_on": "2026-03-16", "ends_on": "2026-03-20", "letter_number": "851/12", "note": null,
    "version": 1, "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Leave {
    /// Which one.
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// Why.
    pub kind: LeaveKind,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// The number of the letter (nomor surat cuti).
    #[schema(required, max_length = 100)]
    pub letter_number: Option<String>,
    /// Anything else.
    #[schema(required, max_length = 1000)]
    pub note: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of them.
pub type LeavePage = Page<Leave>;

impl From<Model> for Leave {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            librarian_id: row.librarian_id,
            kind: row.kind,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            letter_number: row.letter_number,
            note: row.note,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Leave {
    fn path(&self) -> String {
        format!("/api/v1/leaves/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// What is to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "annual", "starts_on": "2027-03-16", "ends_on": "2027-03-20", "letter_number": "851/12"}))]
pub struct NewLeave {
    /// Why.
    pub kind: LeaveKind,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// The number of the letter (nomor surat cuti).
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub letter_number: Option<String>,
    /// Anything else.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub note: Option<String>,
}

/// Changes: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"ends_on": "2027-03-19"}))]
pub struct LeaveChanges {
    /// Why.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<LeaveKind>,
    /// The first day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub starts_on: Option<NaiveDate>,
    /// The last day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub ends_on: Option<NaiveDate>,
    /// The number of the letter (nomor surat cuti).
    #[validate(length(min = 1, max = 100))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    #[serde(default)]
    pub letter_number: Patch<String>,
    /// Anything else.
    #[validate(length(min = 1, max = 1000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000)]
    #[serde(default)]
    pub note: Patch<String>,
}

/// Which leave to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LeaveFilter {
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// Who is away on this day.
    #[param(example = "2026-03-17")]
    pub on: Option<NaiveDate>,
}

impl LeaveFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        let away = self.on.map(|on| Condition::all().add(Column::StartsOn.lte(on)).add(Column::EndsOn.gte(on)));
        Condition::all().add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id))).add_option(away)
    }
}
