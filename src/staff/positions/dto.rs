use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::PositionCategory;
use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A position (jabatan). What its credit points are: `credit-point-rates`.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001", "code": "15504", "legacy_code": null,
    "title": {"id": "Pustakawan Ahli Pertama", "en": "Librarian, First Expert"}, "category": "expertise", "level_code": "PT",
    "level": 4, "grade_from": "III/a", "grade_to": "III/b", "retirement_age": 58, "headcount": 6,
    "legal_basis": "PermenPANRB 1/2023",
    "provisional": false, "version": 1, "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z",
    "archived_at": null, "actions": []
}))]
pub struct Position {
    /// The position.
    pub id: Uuid,
    /// SIASN's code (kodeCepat).
    #[schema(max_length = 20)]
    pub code: String,
    /// The code under which SIASN knows the legacy title.
    #[schema(required, max_length = 20)]
    pub legacy_code: Option<String>,
    /// The title.
    pub title: Localized,
    /// The family.
    pub category: PositionCategory,
    /// SIASN's code of the level (jenjang).
    #[schema(required, max_length = 10)]
    pub level_code: Option<String>,
    /// Order among all positions.
    #[schema(minimum = 0, maximum = 20)]
    pub level: i32,
    /// The lowest grade (pangkat/golongan).
    #[schema(required, max_length = 10)]
    pub grade_from: Option<String>,
    /// The highest grade.
    #[schema(required, max_length = 10)]
    pub grade_to: Option<String>,
    /// Retirement age (batas usia pensiun), years.
    #[schema(required, minimum = 40, maximum = 80)]
    pub retirement_age: Option<i32>,
    /// How many people the library may have in it (formasi); null where nobody said.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub headcount: Option<i32>,
    /// The regulations behind the figures.
    #[schema(required, max_length = 500)]
    pub legal_basis: Option<String>,
    /// Whether the figures still wait to be checked against the official text.
    pub provisional: bool,
    /// Counts the changes.
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
    pub actions: Vec<PositionAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PositionAction {
    /// Take it back from the archive.
    Restoration,
}

/// A page of positions.
pub type PositionPage = Page<Position>;

impl From<Model> for Position {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            code: row.code,
            legacy_code: row.legacy_code,
            title: row.title,
            category: row.category,
            level_code: row.level_code,
            level: row.level,
            grade_from: row.grade_from,
            grade_to: row.grade_to,
            retirement_age: row.retirement_age,
            headcount: row.headcount,
            legal_basis: row.legal_basis,
            provisional: row.provisional,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
            actions: row.archived_at.map(|_| PositionAction::Restoration).into_iter().collect(),
        }
    }
}

impl Resource for Position {
    fn path(&self) -> String {
        format!("/api/v1/positions/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A position to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "TEKNISI-TI", "title": {"id": "Teknisi Perpustakaan Digital", "en": "Digital Library Technician"},
    "category": "none", "level": 0, "retirement_age": 58, "headcount": 2, "legal_basis": "Perwali 12/2024"
}))]
pub struct NewPosition {
    /// SIASN's code (kodeCepat), or one of the library's own; unique.
    #[validate(length(min = 1, max = 20), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub code: String,
    /// The code under which SIASN knows the legacy title.
    #[validate(length(min = 1, max = 20), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub legacy_code: Option<String>,
    /// The title.
    #[validate(nested)]
    pub title: Localized,
    /// The family.
    pub category: PositionCategory,
    /// SIASN's code of the level (jenjang).
    #[validate(length(min = 1, max = 10), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 10, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub level_code: Option<String>,
    /// Order among all positions; legacy and new titles share one scale.
    #[validate(range(min = 0, max = 20))]
    #[schema(minimum = 0, maximum = 20)]
    pub level: i32,
    /// The lowest grade (pangkat/golongan).
    #[validate(length(min = 1, max = 10))]
    #[schema(
        min_length = 1,
        max_length = 10,
        pattern = "^((I|II|III|IV)/[a-e]|I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XVII)$"
    )]
    pub grade_from: Option<String>,
    /// The highest grade.
    #[validate(length(min = 1, max = 10))]
    #[schema(
        min_length = 1,
        max_length = 10,
        pattern = "^((I|II|III|IV)/[a-e]|I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XVII)$"
    )]
    pub grade_to: Option<String>,
    /// Retirement age (batas usia pensiun), years.
    #[validate(range(min = 40, max = 80))]
    #[schema(minimum = 40, maximum = 80)]
    pub retirement_age: Option<i32>,
    /// How many people the library may have in it (formasi).
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub headcount: Option<i32>,
    /// The regulations behind the figures.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub legal_basis: Option<String>,
    /// Whether the figures still wait to be checked against the official text.
    #[serde(default)]
    pub provisional: bool,
}

/// Changes of a position: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"headcount": 4, "provisional": false}))]
pub struct PositionChanges {
    /// Another code.
    #[validate(length(min = 1, max = 20), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Z0-9][A-Z0-9._-]*$", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub code: Option<String>,
    /// Another legacy code; null clears it.
    #[validate(length(min = 1, max = 20))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 20)]
    #[serde(default)]
    pub legacy_code: Patch<String>,
    /// Another title.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<Localized>,
    /// Another family.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub category: Option<PositionCategory>,
    /// Another code of the level; null clears it.
    #[validate(length(min = 1, max = 10))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 10)]
    #[serde(default)]
    pub level_code: Patch<String>,
    /// Another place in the order.
    #[validate(range(min = 0, max = 20))]
    #[schema(minimum = 0, maximum = 20, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub level: Option<i32>,
    /// Another lowest grade; null clears it.
    #[validate(length(min = 1, max = 10))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 10, pattern = "^((I|II|III|IV)/[a-e]|I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XVII)$")]
    #[serde(default)]
    pub grade_from: Patch<String>,
    /// Another highest grade; null clears it.
    #[validate(length(min = 1, max = 10))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 10, pattern = "^((I|II|III|IV)/[a-e]|I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XVII)$")]
    #[serde(default)]
    pub grade_to: Patch<String>,
    /// Another retirement age; null clears it.
    #[validate(range(min = 40, max = 80))]
    #[schema(value_type = Option<i32>, minimum = 40, maximum = 80)]
    #[serde(default)]
    pub retirement_age: Patch<i32>,
    /// Another headcount; null clears it.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 10_000)]
    #[serde(default)]
    pub headcount: Patch<i32>,
    /// Other regulations; null clears them.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub legal_basis: Patch<String>,
    /// Whether the figures still wait to be checked.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub provisional: Option<bool>,
}

/// Which positions to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PositionFilter {
    /// Positions whose code or title holds these words.
    #[param(max_length = 100, example = "ahli")]
    pub q: Option<String>,
    /// Positions of this family.
    #[param(inline)]
    pub category: Option<PositionCategory>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl PositionFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.category.map(|category| Column::Category.eq(category)))
    }
}
