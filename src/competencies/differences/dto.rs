use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::competencies::items::dto::Competency;
use crate::competencies::items::entity::link::CompetencyLinkKind;

/// Which framework to compare with.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct OlderFramework {
    /// The older framework; unless given, the version that this one was made from.
    #[param(example = "019b76da-a879-7dbb-8951-f1d2431f5e14")]
    pub from: Option<Uuid>,
}

/// What is different in a framework, compared with an older one.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "from_id": "019b76da-a879-7dbb-8951-f1d2431f5e14", "framework_id": "019b76da-a879-7dbb-8951-f1d2431f5e15",
    "framework_fields": ["version_label"], "unchanged_count": 61, "items": []
}))]
pub struct FrameworkDifferences {
    /// The older framework.
    pub from_id: Uuid,
    /// The framework itself.
    pub framework_id: Uuid,
    /// The fields of the framework that differ.
    #[schema(max_items = 10)]
    pub framework_fields: Vec<FrameworkField>,
    /// How many competencies of the older framework are here just as they were.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub unchanged_count: usize,
    /// Everything else: what the older one has in its reading order, then what is new in that of this one.
    #[schema(max_items = 20_000)]
    pub items: Vec<CompetencyDifference>,
}

/// A field of a framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrameworkField {
    /// The code.
    Code,
    /// The version label.
    VersionLabel,
    /// The title.
    Title,
    /// The description.
    Description,
    /// The source.
    Source,
    /// How several assessments become one level.
    LevelRule,
    /// The method that alone counts.
    RequiredSource,
    /// Whether it still waits to be checked.
    Provisional,
}

/// A competency that is not in both frameworks, or not the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"kind": "added", "link": null, "fields": [], "before": null, "after": null}))]
pub struct CompetencyDifference {
    /// What became of it.
    pub kind: DifferenceKind,
    /// The link that joins both; null where they merely have the same code, or where there is but one.
    #[schema(required)]
    pub link: Option<CompetencyLinkKind>,
    /// The fields that differ.
    #[schema(max_items = 20)]
    pub fields: Vec<CompetencyPart>,
    /// The competency of the older framework; null when it was added.
    #[schema(required)]
    pub before: Option<Competency>,
    /// The competency of this framework; null when it was removed.
    #[schema(required)]
    pub after: Option<Competency>,
}

/// What became of a competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// It is new, and takes the place of none.
    Added,
    /// It is gone, and none takes its place.
    Removed,
    /// It means the same, and says or carries something else.
    Changed,
    /// It is the same in another place.
    Moved,
    /// Another takes its place (`replacedBy`); several when it was split, the same for several when they were merged.
    Replaced,
}

/// A field of a competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CompetencyPart {
    /// The place in the tree: part of another one.
    ParentId,
    /// The place in the reading order.
    Sequence,
    /// Area, unit or element.
    Kind,
    /// The code.
    Code,
    /// The title.
    Title,
    /// What somebody does who has it.
    Statement,
    /// What the levels look like.
    LevelDescriptors,
    /// The field of work.
    Field,
    /// The cluster.
    Cluster,
    /// The source.
    Source,
    /// Whether it still waits to be checked.
    Provisional,
}
