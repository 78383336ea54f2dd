use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::competencies::assessments::dto::AssessmentMethod;
use crate::competencies::items::entity::CompetencyField;
use crate::kernel::language::Localized;

/// How well somebody fits a position (PerBKN 26/2019).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchBand {
    /// Optimal: 80 or more.
    Optimal,
    /// Cukup optimal: 68 to below 80.
    FairlyOptimal,
    /// Kurang optimal: below 68.
    LessOptimal,
}

/// Where a level has gone in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LevelTrend {
    /// Higher than twelve months before.
    Up,
    /// The same.
    Steady,
    /// Lower.
    Down,
    /// There was none twelve months before.
    New,
    /// There is none.
    None,
}

/// Where a level comes from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "assessment_id": "019a0000-0000-7000-8000-000000000000", "method": "assessor", "assessed_on": "2026-02-10",
    "age_months": 3, "counted": 1, "valid_until": null
}))]
pub struct LevelSource {
    /// The assessment that decided, or the latest of several that were weighed.
    pub assessment_id: Uuid,
    /// How it was made.
    pub method: AssessmentMethod,
    /// From when it counts.
    pub assessed_on: NaiveDate,
    /// Its age in whole months.
    #[schema(minimum = 0, maximum = 12000)]
    pub age_months: i32,
    /// How many assessments counted.
    #[schema(minimum = 1, maximum = 100_000)]
    pub counted: usize,
    /// The last day on which it counts; null where it does not end.
    #[schema(required)]
    pub valid_until: Option<NaiveDate>,
}

/// One competency of a profile.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "competency_id": "019a0000-0000-7000-8000-000000000002", "code": "R.91PRP02.021.1",
    "title": {"id": "Membuat Tajuk Kendali Subjek", "en": "Create subject authority headings"},
    "field": "information_management", "required_level": 3, "weight": 2, "current_level": 2, "gap": 1, "trend": "up",
    "source": {"assessment_id": "019a0000-0000-7000-8000-000000000000", "method": "assessor", "assessed_on": "2026-02-10",
        "age_months": 3, "counted": 1, "valid_until": null}
}))]
pub struct ProfileEntry {
    /// The competency.
    pub competency_id: Uuid,
    /// Its code.
    #[schema(max_length = 60)]
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The field of work.
    #[schema(required)]
    pub field: Option<CompetencyField>,
    /// What the position asks; null where it asks nothing.
    #[schema(required, minimum = 1, maximum = 5)]
    pub required_level: Option<i32>,
    /// How much a gap counts.
    #[schema(required, minimum = 1, maximum = 10)]
    pub weight: Option<i32>,
    /// The level; null without a confirmed assessment that counts, which is level 0 in gap and match.
    #[schema(required, minimum = 1, maximum = 5)]
    pub current_level: Option<i32>,
    /// What is missing: `required - current`, 0 where nothing is.
    #[schema(minimum = 0, maximum = 5)]
    pub gap: i32,
    /// Where the level has gone in a year.
    pub trend: LevelTrend,
    /// Where the level comes from.
    #[schema(required)]
    pub source: Option<LevelSource>,
}

/// Where somebody stands against what the position asks (profil kompetensi).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "librarian_id": "019a0000-0000-7000-8000-000000000001", "name": "Maria Lestari Bong", "position_id": null,
    "position_title": null, "as_of": "2026-05-11", "job_person_match": 91.67, "match_band": "optimal", "gap_count": 1,
    "required": [], "additional": []
}))]
pub struct CompetencyProfile {
    /// The person.
    pub librarian_id: Uuid,
    /// The person's name.
    #[schema(max_length = 200)]
    pub name: String,
    /// The present position.
    #[schema(required)]
    pub position_id: Option<Uuid>,
    /// Its title.
    #[schema(required)]
    pub position_title: Option<Localized>,
    /// The day on which this holds.
    pub as_of: NaiveDate,
    /// Job-person match, 0 to 100 with two decimals; null where the position asks nothing.
    #[schema(required, minimum = 0, maximum = 100)]
    pub job_person_match: Option<f64>,
    /// Its band.
    #[schema(required)]
    pub match_band: Option<MatchBand>,
    /// How many required competencies are below the level that is asked.
    #[schema(minimum = 0, maximum = 10000)]
    pub gap_count: usize,
    /// What the position asks, the largest gaps first.
    #[schema(max_items = 10000)]
    pub required: Vec<ProfileEntry>,
    /// Levels that the position does not ask for.
    #[schema(max_items = 10000)]
    pub additional: Vec<ProfileEntry>,
}

/// As of which day.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ProfileQuery {
    /// A past day: what was confirmed by then, by the position's present standard. Today unless given.
    #[param(example = "2026-06-30")]
    pub as_of: Option<NaiveDate>,
}

/// Something that would help to close a gap. `kind` is open: further kinds will join.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "kind": "colleague", "competency_id": "019a0000-0000-7000-8000-000000000002", "gap": 1, "target_level": 3, "score": 2,
    "subject_id": "019a0000-0000-7000-8000-000000000003", "subject_name": "Dewi Anggraini",
    "reason": {"id": "Dewi Anggraini berada pada level 4; posisi Anda meminta level 3", "en": "Dewi Anggraini is at level 4; your position asks for level 3"}
}))]
pub struct Recommendation {
    /// `competency`: work on this; `colleague`: somebody to learn from; `activity`: one to register for; `learning_resource`: one
    /// to read.
    #[schema(max_length = 40, pattern = "^[a-z_]+$")]
    pub kind: &'static str,
    /// The competency in which something is missing.
    pub competency_id: Uuid,
    /// How many levels are missing.
    #[schema(minimum = 1, maximum = 5)]
    pub gap: i32,
    /// The level that the position asks.
    #[schema(minimum = 1, maximum = 5)]
    pub target_level: i32,
    /// Gap times weight: the larger, the more it counts.
    #[schema(minimum = 1, maximum = 50)]
    pub score: i32,
    /// The object that is recommended.
    pub subject_id: Uuid,
    /// Its name.
    #[schema(max_length = 2000)]
    pub subject_name: String,
    /// Why, in words and numbers.
    pub reason: Localized,
}

/// What would help somebody, the largest gaps first.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"librarian_id": "019a0000-0000-7000-8000-000000000001", "as_of": "2026-05-11", "items": []}))]
pub struct Recommendations {
    /// The person.
    pub librarian_id: Uuid,
    /// The day on which this holds.
    pub as_of: NaiveDate,
    /// What is recommended.
    #[schema(max_items = 100)]
    pub items: Vec<Recommendation>,
}
