use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::competencies::items::entity::CompetencyField;
use crate::kernel::language::Localized;
use crate::kernel::page::AnyOf;
use crate::kernel::query::Ids;

/// A unit as reports name it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"id": "019a0000-0000-7000-8000-000000000000", "code": "LAYANAN", "name": "Layanan Pemustaka"}))]
pub struct ReportedUnit {
    /// The unit.
    pub id: Uuid,
    /// Its code.
    #[schema(max_length = 20)]
    pub code: String,
    /// Its name.
    #[schema(max_length = 200)]
    pub name: String,
}

/// A competency in a unit: one cell of the heat map.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(example = json!({"unit_id": "019a0000-0000-7000-8000-000000000000", "required_count": 6, "assessed_count": 5,
    "met_count": 3, "gap_sum": 4, "weighted_gap": 8}))]
pub struct GapCell {
    /// The unit.
    pub unit_id: Uuid,
    /// People whose position asks for the competency.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub required_count: i64,
    /// Of these, how many have a level.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub assessed_count: i64,
    /// Of these, how many reach what is asked.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub met_count: i64,
    /// The missing levels of all of them together.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub gap_sum: i64,
    /// The same, each times the weight that the position gives.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub weighted_gap: i64,
}

/// A competency in which something is missing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "rank": 1, "competency_id": "019a0000-0000-7000-8000-000000000002", "code": "R.91PRP02.021.1",
    "title": {"id": "Membuat Tajuk Kendali Subjek", "en": "Create subject authority headings"},
    "field": "information_management", "required_count": 20, "assessed_count": 15, "met_count": 9, "met_share": 45.0,
    "gap_sum": 18, "weighted_gap": 36, "units": []
}))]
pub struct TrainingNeed {
    /// Its place: 1 is the greatest need.
    #[schema(minimum = 1, maximum = 100_000)]
    pub rank: usize,
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
    /// People whose position asks for it.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub required_count: i64,
    /// Of these, how many have a level.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub assessed_count: i64,
    /// Of these, how many reach what is asked.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub met_count: i64,
    /// The share who reach it, in percent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub met_share: f64,
    /// The missing levels of all of them together.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub gap_sum: i64,
    /// The same, each times the weight that the position gives; needs are ranked by it, then by code.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub weighted_gap: i64,
    /// The same figures for each unit.
    #[schema(max_items = 10_000)]
    pub units: Vec<GapCell>,
}

/// What is missing, and where: the ranked training needs (AKPK) with the data of a heat map competency x unit.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"as_of": "2026-05-11", "people_count": 24, "need_count": 60, "units": [], "needs": []}))]
pub struct CompetencyGaps {
    /// The day on which this holds.
    pub as_of: NaiveDate,
    /// How many people are counted.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub people_count: i64,
    /// How many competencies are asked for, shown or not.
    #[schema(minimum = 0, maximum = 100_000)]
    pub need_count: usize,
    /// The units that are counted, by code.
    #[schema(max_items = 10_000)]
    pub units: Vec<ReportedUnit>,
    /// What is asked for, the greatest needs first.
    #[schema(max_items = 500)]
    pub needs: Vec<TrainingNeed>,
}

/// Whose gaps.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct GapQuery {
    /// People of these units, separated by commas.
    #[param(value_type = Option<Ids>, inline)]
    pub unit_id: Option<AnyOf<Uuid>>,
    /// People in these positions, separated by commas.
    #[param(value_type = Option<Ids>, inline)]
    pub position_id: Option<AnyOf<Uuid>>,
    /// Competencies of this field.
    #[param(inline)]
    pub field: Option<CompetencyField>,
    /// A past day: what was confirmed by then, by the present standards and places of work.
    #[param(example = "2026-06-30")]
    pub as_of: Option<NaiveDate>,
    /// How many needs at the most, 1 to 500; 100 unless given.
    #[param(minimum = 1, maximum = 500, example = 20)]
    pub limit: Option<u32>,
}

/// A competency in a unit, now and on a later day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "unit_id": "019a0000-0000-7000-8000-000000000000", "competency_id": "019a0000-0000-7000-8000-000000000002",
    "code": "R.91PRP02.021.1", "title": {"id": "Membuat Tajuk Kendali Subjek", "en": "Create subject authority headings"},
    "required_count": 6, "covered_now": 2, "covered_later": 1, "alert": "only_one_later", "only_librarian_id": null
}))]
pub struct CoverageEntry {
    /// The unit.
    pub unit_id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// Its code.
    #[schema(max_length = 60)]
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// People of the unit whose position asks for it.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub required_count: i64,
    /// How many of them reach what is asked now.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub covered_now: i64,
    /// How many still do on the later day: who retires or whose level ends is gone by then.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub covered_later: i64,
    /// What to watch.
    #[schema(required)]
    pub alert: Option<CoverageAlert>,
    /// The only person who can, where there is just one now.
    #[schema(required)]
    pub only_librarian_id: Option<Uuid>,
}

/// What to watch in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverageAlert {
    /// Nobody can.
    Nobody,
    /// Only one person can.
    OnlyOne,
    /// Nobody will be able to.
    NobodyLater,
    /// Only one person will be able to.
    OnlyOneLater,
}

/// How well units are covered.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"as_of": "2026-05-11", "later": "2027-05-11", "units": [], "items": []}))]
pub struct Coverage {
    /// Now.
    pub as_of: NaiveDate,
    /// The later day.
    pub later: NaiveDate,
    /// The units that are counted, by code.
    #[schema(max_items = 10_000)]
    pub units: Vec<ReportedUnit>,
    /// The worst first.
    #[schema(max_items = 1000)]
    pub items: Vec<CoverageEntry>,
}

/// Whose coverage.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CoverageQuery {
    /// Of this unit.
    pub unit_id: Option<Uuid>,
    /// Of this competency.
    pub competency_id: Option<Uuid>,
    /// The later day; a year from now unless given.
    #[param(example = "2027-12-31")]
    pub on: Option<NaiveDate>,
    /// Only where something is to be watched.
    #[serde(default)]
    pub alerts_only: bool,
    /// How many at the most, 1 to 1000; 200 unless given.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    pub limit: Option<u32>,
}
