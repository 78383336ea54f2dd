use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::Patch;

/// A mentor and a mentee.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "mentor_id": "019a0000-0000-7000-8000-000000000001",
    "mentee_id": "019a0000-0000-7000-8000-000000000002", "starts_on": "2026-01-12", "ends_on": null, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Mentorship {
    /// The mentorship.
    pub id: Uuid,
    /// The librarian who mentors.
    pub mentor_id: Uuid,
    /// The librarian who is mentored.
    pub mentee_id: Uuid,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; null while it is open.
    #[schema(required)]
    pub ends_on: Option<NaiveDate>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of mentorships.
pub type MentorshipPage = Page<Mentorship>;

impl From<Model> for Mentorship {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            mentor_id: row.mentor_id,
            mentee_id: row.mentee_id,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Mentorship {
    fn path(&self) -> String {
        format!("/api/v1/mentorships/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A mentorship to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "mentor_id": "019a0000-0000-7000-8000-000000000001", "mentee_id": "019a0000-0000-7000-8000-000000000002",
    "starts_on": "2026-01-12", "ends_on": null
}))]
pub struct NewMentorship {
    /// The librarian who mentors.
    pub mentor_id: Uuid,
    /// The librarian who is mentored.
    pub mentee_id: Uuid,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
}

/// Changes of a mentorship: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"ends_on": "2026-12-31"}))]
pub struct MentorshipChanges {
    /// Another last day; null leaves it open.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub ends_on: Patch<NaiveDate>,
}

/// Which mentorships to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MentorshipFilter {
    /// Of this mentor.
    pub mentor_id: Option<Uuid>,
    /// Of this mentee.
    pub mentee_id: Option<Uuid>,
    /// Those that hold on this day.
    #[param(example = "2026-06-30")]
    pub on: Option<NaiveDate>,
}
