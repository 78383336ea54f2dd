use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
pub use super::entity::{FrameworkStatus, LevelRule};
use crate::competencies::assessments::entity::AssessmentMethod;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::policy::Access;
use crate::kernel::validation;

/// A version of a competency framework (kerangka kompetensi).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019b76da-a879-7dbb-8951-f1d2431f5e14", "code": "ID-PUSTAKAWAN", "version_label": "2026.1",
    "title": {"id": "Kerangka Kompetensi Pustakawan Indonesia", "en": "Indonesian Librarian Competency Framework"},
    "description": null, "source": "Kepmenaker 236/2019; Kepmenakertrans 83/2012; PermenPANRB 38/2017", "status": "published",
    "level_rule": "latest", "required_source": null, "supersedes_id": null, "provisional": true,
    "published_at": "2026-01-05T01:00:00.000Z", "retired_at": null, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z", "archived_at": null, "actions": ["retirement", "versions"]
}))]
pub struct Framework {
    /// The framework.
    pub id: Uuid,
    /// A short code that all versions of a framework share.
    #[schema(max_length = 60)]
    pub code: String,
    /// Which version it is, as people call it; unique among those of its code.
    #[schema(max_length = 40)]
    pub version_label: String,
    /// The title.
    pub title: Localized,
    /// What it covers.
    #[schema(required)]
    pub description: Option<Localized>,
    /// The regulations or standards that it is made from.
    #[schema(required, max_length = 500)]
    pub source: Option<String>,
    /// Where it stands.
    pub status: FrameworkStatus,
    /// How several confirmed assessments of one competency become one level.
    pub level_rule: LevelRule,
    /// The method that alone counts; only with `required_source`.
    #[schema(required)]
    pub required_source: Option<AssessmentMethod>,
    /// The version that it was made from.
    #[schema(required)]
    pub supersedes_id: Option<Uuid>,
    /// Whether its codes or texts still wait to be checked against the official ones.
    pub provisional: bool,
    /// From when it has been in use.
    #[schema(required)]
    pub published_at: Option<Instant>,
    /// From when it has been out of use.
    #[schema(required)]
    pub retired_at: Option<Instant>,
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
    /// What the caller may do with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<FrameworkAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FrameworkAction {
    /// Put it into use; from then on it never changes.
    Publication,
    /// Take it out of use.
    Retirement,
    /// Make a draft of a new version from it.
    Versions,
    /// Take it back from the archive.
    Restoration,
}

/// A page of frameworks.
pub type FrameworkPage = Page<Framework>;

impl Framework {
    /// A framework as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        Self {
            actions: if access.is_admin() { actions(&row) } else { Vec::new() },
            id: row.id,
            code: row.code,
            version_label: row.version_label,
            title: row.title,
            description: row.description,
            source: row.source,
            status: row.status,
            level_rule: row.level_rule,
            required_source: row.required_source,
            supersedes_id: row.supersedes_id,
            provisional: row.provisional,
            published_at: row.published_at.map(Instant),
            retired_at: row.retired_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
        }
    }
}

fn actions(row: &Model) -> Vec<FrameworkAction> {
    match row.status {
        _ if row.archived_at.is_some() => vec![FrameworkAction::Restoration],
        FrameworkStatus::Draft => vec![FrameworkAction::Publication],
        FrameworkStatus::Published => vec![FrameworkAction::Retirement, FrameworkAction::Versions],
        FrameworkStatus::Retired => vec![FrameworkAction::Versions],
    }
}

impl Resource for Framework {
    fn path(&self) -> String {
        format!("/api/v1/frameworks/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A framework to be entered, as a draft.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "ID-PUSTAKAWAN-ANAK", "version_label": "2026.1",
    "title": {"id": "Kerangka Kompetensi Layanan Anak", "en": "Competency Framework for Children's Services"},
    "description": null, "source": null, "level_rule": "latest", "required_source": null, "provisional": true
}))]
pub struct NewFramework {
    /// A short code that all versions of a framework share.
    #[validate(length(min = 1, max = 60), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 60, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub code: String,
    /// Which version it is, as people call it; unique among those of its code.
    #[validate(length(min = 1, max = 40), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 40, pattern = r"\S")]
    pub version_label: String,
    /// The title.
    #[validate(nested)]
    pub title: Localized,
    /// What it covers.
    #[validate(nested)]
    pub description: Option<Localized>,
    /// The regulations or standards that it is made from.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub source: Option<String>,
    /// How several confirmed assessments of one competency become one level.
    pub level_rule: LevelRule,
    /// The method that alone counts: asked for with `level_rule` `required_source`, refused without.
    pub required_source: Option<AssessmentMethod>,
    /// Whether its codes or texts still wait to be checked against the official ones.
    #[serde(default)]
    pub provisional: bool,
}

/// Changes of a draft: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"version_label": "2026.2"}))]
pub struct FrameworkChanges {
    /// Another code.
    #[validate(length(min = 1, max = 60), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 60, pattern = "^[A-Z0-9][A-Z0-9._-]*$", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub code: Option<String>,
    /// Another version label.
    #[validate(length(min = 1, max = 40), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 40, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub version_label: Option<String>,
    /// Another title, in both languages at once.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<Localized>,
    /// Another description, in both languages at once; null clears it.
    #[schema(value_type = Option<Localized>)]
    #[serde(default)]
    pub description: Patch<Localized>,
    /// Another source; null clears it.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub source: Patch<String>,
    /// Another rule of levels.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub level_rule: Option<LevelRule>,
    /// Another method that alone counts; null clears it.
    #[schema(value_type = Option<AssessmentMethod>)]
    #[serde(default)]
    pub required_source: Patch<AssessmentMethod>,
    /// Whether its codes or texts still wait to be checked.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub provisional: Option<bool>,
}

/// A new version to be made of a framework.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"version_label": "2027.1"}))]
pub struct NewFrameworkVersion {
    /// What the new version is called; new among those of the code.
    #[validate(length(min = 1, max = 40), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 40, pattern = r"\S")]
    pub version_label: String,
}

/// Which frameworks to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct FrameworkFilter {
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "published", pattern = "^(draft|published|retired)(,(draft|published|retired))*$")]
    pub status: Option<AnyOf<FrameworkStatus>>,
    /// The versions of this code.
    #[param(max_length = 60, example = "ID-PUSTAKAWAN")]
    pub code: Option<String>,
    /// Frameworks whose code or title holds these words.
    #[param(max_length = 100, example = "pustakawan")]
    pub q: Option<String>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl FrameworkFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.code.as_ref().map(|code| Column::Code.eq(code.as_str())))
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}
