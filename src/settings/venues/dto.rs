use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A venue (tempat kegiatan): a room or another place for activities.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "code": "AULA", "name": "Aula lantai 2",
    "address": "Jalan Firdaus, Singkawang", "capacity": 60, "equipment": "Proyektor, pengeras suara", "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z", "archived_at": null, "actions": []
}))]
pub struct Venue {
    /// The venue.
    pub id: Uuid,
    /// A short code, unique in the library.
    #[schema(max_length = 20)]
    pub code: String,
    /// The name.
    #[schema(max_length = 200)]
    pub name: String,
    /// Where it is; null where nobody said.
    #[schema(required, max_length = 300)]
    pub address: Option<String>,
    /// How many people it holds.
    #[schema(minimum = 1, maximum = 100_000)]
    pub capacity: i32,
    /// What is there: projector, sound, computers.
    #[schema(required, max_length = 500)]
    pub equipment: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// When it was archived; null while it is in use.
    #[schema(required)]
    pub archived_at: Option<Instant>,
    /// What may be done with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<VenueAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VenueAction {
    /// Take it back from the archive.
    Restoration,
}

/// A page of venues.
pub type VenuePage = Page<Venue>;

impl From<Model> for Venue {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            address: row.address,
            capacity: row.capacity,
            equipment: row.equipment,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
            actions: row.archived_at.map(|_| VenueAction::Restoration).into_iter().collect(),
        }
    }
}

impl Resource for Venue {
    fn path(&self) -> String {
        format!("/api/v1/venues/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A venue to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "AULA", "name": "Aula lantai 2", "address": "Jalan Firdaus, Singkawang", "capacity": 60}))]
pub struct NewVenue {
    /// A short code, unique in the library.
    #[validate(length(min = 1, max = 20), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub code: String,
    /// The name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// Where it is.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub address: Option<String>,
    /// How many people it holds.
    #[validate(range(min = 1, max = 100_000))]
    #[schema(minimum = 1, maximum = 100_000)]
    pub capacity: i32,
    /// What is there: projector, sound, computers.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub equipment: Option<String>,
}

/// Changes of a venue: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"capacity": 80}))]
pub struct VenueChanges {
    /// Another code.
    #[validate(length(min = 1, max = 20), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Z0-9][A-Z0-9._-]*$", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub code: Option<String>,
    /// Another name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<String>,
    /// Another address; null clears it.
    #[validate(length(min = 1, max = 300))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300)]
    #[serde(default)]
    pub address: Patch<String>,
    /// Another capacity.
    #[validate(range(min = 1, max = 100_000))]
    #[schema(minimum = 1, maximum = 100_000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub capacity: Option<i32>,
    /// Other equipment; null clears it.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub equipment: Patch<String>,
}

/// Which venues to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct VenueFilter {
    /// Venues whose code or name holds these words.
    #[param(max_length = 100, example = "layanan")]
    pub q: Option<String>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl VenueFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all().add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}
