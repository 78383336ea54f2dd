use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::competencies::items::entity::link::CompetencyLinkKind;
use crate::kernel::language::Localized;

/// What is carried over from an older framework: what would be, in a preview; what was, when it has been done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "from_id": "019b76da-a879-7dbb-8951-f1d2431f5e14", "framework_id": "019b76da-a879-7dbb-8951-f1d2431f5e15",
    "assessment_count": 412, "level_count": 398, "person_count": 24, "position_count": 7,
    "carried_before_count": 0, "open_count": 3, "stranded_count": 11, "items": [],
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}))]
pub struct FrameworkRemap {
    /// The older framework.
    pub from_id: Uuid,
    /// The framework to which everything is carried.
    pub framework_id: Uuid,
    /// How many assessments it has afterwards that it did not have before.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub assessment_count: usize,
    /// In how many levels, each of a person in a competency, that shows.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub level_count: usize,
    /// Of how many people.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub person_count: usize,
    /// How many positions ask for the successors instead.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position_count: usize,
    /// How many assessments had been carried over earlier.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub carried_before_count: usize,
    /// How many assessments stay behind because they are not confirmed yet; confirmed, they can be carried over later.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub open_count: usize,
    /// How many confirmed assessments stay behind because nothing takes their competency's place.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub stranded_count: usize,
    /// Each unit of the older framework, in its reading order.
    #[schema(max_items = 10_000)]
    pub items: Vec<RemappedCompetency>,
    /// Stands for all of this: send it back to have exactly this done.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub fingerprint: String,
}

/// What becomes of a unit of the older framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "competency_id": "019b76da-a80d-71df-b3c6-af7595a17024", "code": "R.91PRP01.X01",
    "title": {"id": "Mengevaluasi koleksi perpustakaan", "en": "Evaluate the library collection"},
    "successors": [], "is_split": false, "is_merged": false, "assessment_count": 0, "person_count": 0, "position_count": 0
}))]
pub struct RemappedCompetency {
    /// The unit.
    pub competency_id: Uuid,
    /// Its code.
    #[schema(max_length = 100)]
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// What takes its place, in reading order; empty where nothing does.
    #[schema(max_items = 10_000)]
    pub successors: Vec<Successor>,
    /// Whether several take its place: each gets its assessments.
    pub is_split: bool,
    /// Whether a successor takes the place of others too: the framework's rule makes one level of all their assessments.
    pub is_merged: bool,
    /// How many assessments follow from its own.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub assessment_count: usize,
    /// Of how many people.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub person_count: usize,
    /// How many positions ask for the successors instead.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position_count: usize,
}

/// A unit that takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "competency_id": "019b76da-a80d-71df-b3c6-af7595a17025", "code": "R.91PRP01.X02",
    "title": {"id": "Mengevaluasi koleksi", "en": "Evaluate the collection"}, "link": "replaced_by"
}))]
pub struct Successor {
    /// The unit.
    pub competency_id: Uuid,
    /// Its code.
    #[schema(max_length = 100)]
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Whether it replaces the other, or means the same.
    pub link: CompetencyLinkKind,
}

/// What is to be carried over: just what a preview said.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}))]
pub struct RemapOrder {
    /// The `fingerprint` of the preview.
    #[validate(length(equal = 64))]
    #[schema(min_length = 64, max_length = 64)]
    pub fingerprint: String,
}
