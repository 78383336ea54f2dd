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

/// A work unit (unit kerja) of the library.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "code": "LAYANAN", "name": "Layanan Pemustaka",
    "address": "Jalan Firdaus, Singkawang", "head_id": null, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z", "archived_at": null, "actions": []
}))]
pub struct Unit {
    /// The unit.
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
    /// Who leads it (kepala unit): a librarian; null where nobody does.
    #[schema(required)]
    pub head_id: Option<Uuid>,
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
    pub actions: Vec<UnitAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnitAction {
    /// Take it back from the archive.
    Restoration,
}

/// A page of units.
pub type UnitPage = Page<Unit>;

impl From<Model> for Unit {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            address: row.address,
            head_id: row.head_id,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
            actions: row.archived_at.map(|_| UnitAction::Restoration).into_iter().collect(),
        }
    }
}

impl Resource for Unit {
    fn path(&self) -> String {
        format!("/api/v1/units/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A unit to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "LAYANAN", "name": "Layanan Pemustaka", "address": "Jalan Firdaus, Singkawang"}))]
pub struct NewUnit {
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
    /// Who leads it (kepala unit): a librarian, of this unit or another.
    pub head_id: Option<Uuid>,
}

/// Changes of a unit: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Layanan Pemustaka dan Referensi"}))]
pub struct UnitChanges {
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
    /// Another head; null for none.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub head_id: Patch<Uuid>,
}

/// Which units to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct UnitFilter {
    /// Units whose code or name holds these words.
    #[param(max_length = 100, example = "layanan")]
    pub q: Option<String>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl UnitFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all().add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}
