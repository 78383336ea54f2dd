use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
pub use super::entity::{CompetencyField, CompetencyKind};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A competency (kompetensi) of a framework.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019b76da-a80d-71df-b3c6-af7595a17024", "framework_id": "019b76da-a879-7dbb-8951-f1d2431f5e14",
    "parent_id": "019b76da-a801-7744-8794-f39da6a7068c", "kind": "unit", "code": "R.91PRP01.X01",
    "title": {"id": "Mengevaluasi koleksi perpustakaan", "en": "Evaluate the library collection"}, "statement": null,
    "level_descriptors": [], "field": "information_management", "cluster": "Pelaksanaan Evaluasi Pengembangan Koleksi",
    "source": "SKKNI 236/2019", "provisional": true, "sequence": 13, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Competency {
    /// The competency.
    pub id: Uuid,
    /// The framework that it belongs to.
    pub framework_id: Uuid,
    /// The competency that it is part of.
    #[schema(required)]
    pub parent_id: Option<Uuid>,
    /// Its place in the tree.
    pub kind: CompetencyKind,
    /// Its code, unique in the framework.
    #[schema(max_length = 100)]
    pub code: String,
    /// The title.
    pub title: Localized,
    /// What somebody does who has it.
    #[schema(required)]
    pub statement: Option<Localized>,
    /// What the levels 1 to 5 look like: five of them, or none.
    #[schema(max_items = 5)]
    pub level_descriptors: Vec<Localized>,
    /// The field of work.
    #[schema(required)]
    pub field: Option<CompetencyField>,
    /// The cluster (klaster) in which it is certified.
    #[schema(required, max_length = 200)]
    pub cluster: Option<String>,
    /// The standard or regulation that it is taken from.
    #[schema(required, max_length = 500)]
    pub source: Option<String>,
    /// Whether code or texts still wait to be checked against the official ones.
    pub provisional: bool,
    /// Its place in the reading order of the framework.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub sequence: i32,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of competencies.
pub type CompetencyPage = Page<Competency>;

impl From<Model> for Competency {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            framework_id: row.framework_id,
            parent_id: row.parent_id,
            kind: row.kind,
            code: row.code,
            title: row.title,
            statement: row.statement,
            level_descriptors: row.level_descriptors.0,
            field: row.field,
            cluster: row.cluster,
            source: row.source,
            provisional: row.provisional,
            sequence: row.sequence,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Competency {
    fn path(&self) -> String {
        format!("/api/v1/competencies/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A competency to be entered in a draft.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "parent_id": null, "kind": "unit", "code": "R.91PRP03.X20",
    "title": {"id": "Mengelola ruang belajar bersama", "en": "Run a shared study space"}, "statement": null,
    "level_descriptors": [], "field": "user_services", "cluster": null, "source": null, "provisional": true, "sequence": 130
}))]
pub struct NewCompetency {
    /// The competency of the same framework that it is part of: an area for a unit, a unit for an element.
    pub parent_id: Option<Uuid>,
    /// Its place in the tree.
    pub kind: CompetencyKind,
    /// Its code, new to the framework.
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub code: String,
    /// The title.
    #[validate(nested)]
    pub title: Localized,
    /// What somebody does who has it.
    #[validate(nested)]
    pub statement: Option<Localized>,
    /// What the levels 1 to 5 look like: five of them for a unit, else none.
    #[validate(nested, length(max = 5))]
    #[schema(max_items = 5)]
    #[serde(default)]
    pub level_descriptors: Vec<Localized>,
    /// The field of work.
    pub field: Option<CompetencyField>,
    /// The cluster (klaster) in which it is certified.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub cluster: Option<String>,
    /// The standard or regulation that it is taken from.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub source: Option<String>,
    /// Whether code or texts still wait to be checked against the official ones.
    #[serde(default)]
    pub provisional: bool,
    /// Its place in the reading order of the framework; after all others where nobody says.
    #[validate(range(min = 0, max = 1_000_000))]
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub sequence: Option<i32>,
}

/// Changes of a competency of a draft: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": {"id": "Mengelola ruang belajar bersama", "en": "Run a shared study space"}}))]
pub struct CompetencyChanges {
    /// Another place in the tree; null takes it out of its parent.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub parent_id: Patch<Uuid>,
    /// Another kind.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<CompetencyKind>,
    /// Another code.
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub code: Option<String>,
    /// Another title, in both languages at once.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<Localized>,
    /// Another statement, in both languages at once; null clears it.
    #[schema(value_type = Option<Localized>)]
    #[serde(default)]
    pub statement: Patch<Localized>,
    /// Other level descriptors: all five, or none.
    #[validate(nested, length(max = 5))]
    #[schema(max_items = 5, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub level_descriptors: Option<Vec<Localized>>,
    /// Another field of work; null clears it.
    #[schema(value_type = Option<CompetencyField>)]
    #[serde(default)]
    pub field: Patch<CompetencyField>,
    /// Another cluster; null clears it.
    #[validate(length(min = 1, max = 200))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    #[serde(default)]
    pub cluster: Patch<String>,
    /// Another source; null clears it.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub source: Patch<String>,
    /// Whether code or texts still wait to be checked.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub provisional: Option<bool>,
    /// Another place in the reading order.
    #[validate(range(min = 0, max = 1_000_000))]
    #[schema(minimum = 0, maximum = 1_000_000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub sequence: Option<i32>,
}

/// Which competencies to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CompetencyFilter {
    /// Of one of these kinds, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "unit", pattern = "^(area|unit|element)(,(area|unit|element))*$")]
    pub kind: Option<AnyOf<CompetencyKind>>,
    /// Of one of these fields of work, separated by commas.
    #[param(value_type = Option<String>, max_length = 200, example = "user_services", pattern = "^(information_management|user_services|information_technology|managerial|sociocultural)(,(information_management|user_services|information_technology|managerial|sociocultural))*$")]
    pub field: Option<AnyOf<CompetencyField>>,
    /// Directly below this one.
    pub parent_id: Option<Uuid>,
    /// Competencies whose code, title or statement holds these words.
    #[param(max_length = 100, example = "koleksi")]
    pub q: Option<String>,
}

impl CompetencyFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.kind.as_ref().map(|kind| Column::Kind.is_in(kind.0.iter().copied())))
            .add_option(self.field.as_ref().map(|field| Column::Field.is_in(field.0.iter().copied())))
            .add_option(self.parent_id.map(|id| Column::ParentId.eq(id)))
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}

/// Which competencies of all frameworks to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CompetencySearch {
    /// Of this framework.
    pub framework_id: Option<Uuid>,
    /// With this code, in every version of its framework.
    #[param(max_length = 60, example = "PRP.LP02.003.01")]
    pub code: Option<String>,
    /// Of one of these kinds, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "unit", pattern = "^(area|unit|element)(,(area|unit|element))*$")]
    pub kind: Option<AnyOf<CompetencyKind>>,
    /// Of one of these fields of work, separated by commas.
    #[param(value_type = Option<String>, max_length = 200, example = "user_services", pattern = "^(information_management|user_services|information_technology|managerial|sociocultural)(,(information_management|user_services|information_technology|managerial|sociocultural))*$")]
    pub field: Option<AnyOf<CompetencyField>>,
    /// Competencies whose code, title or statement holds these words.
    #[param(max_length = 100, example = "koleksi")]
    pub q: Option<String>,
}

impl CompetencySearch {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        let within =
            CompetencyFilter { kind: self.kind.clone(), field: self.field.clone(), parent_id: None, q: self.q.clone() };
        within
            .condition()
            .add_option(self.framework_id.map(|id| Column::FrameworkId.eq(id)))
            .add_option(self.code.as_deref().map(|code| Column::Code.eq(code)))
    }
}
