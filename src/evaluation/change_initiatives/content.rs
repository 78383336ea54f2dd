//! What a change is, new or changed.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Model, Named};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::text::search_text;
use crate::kernel::validation;

/// A change to be made.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Migrasi ke layanan swalayan RFID", "description": "Peminjaman dan pengembalian mandiri di dua lantai",
    "go_live_on": "2026-04-01", "unit_ids": [], "librarian_ids": []
}))]
pub struct NewChangeInitiative {
    /// What changes.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: String,
    /// How, and what for.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub description: Option<String>,
    /// From when on the new way can be used (go-live); the time to adopt counts from here.
    #[validate(custom(function = validation::day))]
    pub go_live_on: NaiveDate,
    /// The units whose staff it concerns.
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    #[serde(default)]
    pub unit_ids: Vec<Uuid>,
    /// The librarians whom it concerns besides. Where neither units nor people are named, it concerns everybody.
    #[validate(length(max = 1000))]
    #[schema(max_items = 1000)]
    #[serde(default)]
    pub librarian_ids: Vec<Uuid>,
}

impl NewChangeInitiative {
    /// Writes the content into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.title = Set(self.title.clone());
        row.description = Set(self.description.clone());
        row.go_live_on = Set(self.go_live_on);
        row.unit_ids = Set(Named(self.unit_ids.clone()));
        row.librarian_ids = Set(Named(self.librarian_ids.clone()));
        row.search_text = Set(search_text(&[&self.title, self.description.as_deref().unwrap_or_default()]));
    }
}

/// Changes of a change that is not over: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"go_live_on": "2026-04-15"}))]
pub struct ChangeInitiativeChanges {
    /// Another title.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another description; null clears it.
    #[validate(length(min = 1, max = 4000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub description: Patch<String>,
    /// Another day of going live.
    #[validate(custom(function = validation::day))]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub go_live_on: Option<NaiveDate>,
    /// Other units, all of them.
    #[validate(length(max = 100))]
    #[schema(max_items = 100, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub unit_ids: Option<Vec<Uuid>>,
    /// Other people, all of them.
    #[validate(length(max = 1000))]
    #[schema(max_items = 1000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub librarian_ids: Option<Vec<Uuid>>,
}

impl ChangeInitiativeChanges {
    /// The content afterwards.
    pub fn onto(self, before: &Model) -> NewChangeInitiative {
        NewChangeInitiative {
            title: self.title.unwrap_or_else(|| before.title.clone()),
            description: self.description.or(before.description.clone()),
            go_live_on: self.go_live_on.unwrap_or(before.go_live_on),
            unit_ids: self.unit_ids.unwrap_or_else(|| before.unit_ids.0.clone()),
            librarian_ids: self.librarian_ids.unwrap_or_else(|| before.librarian_ids.0.clone()),
        }
    }
}

/// Why a change is given up.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Perangkat ditarik oleh penyedia"}))]
pub struct InitiativeReason {
    /// For everybody to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}
