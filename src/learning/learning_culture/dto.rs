use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::kernel::page::AnyOf;
use crate::kernel::query::Ids;

/// How many learned in a month.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"month": "2026-02", "learned_count": 9, "learned_share": 37.5}))]
pub struct CultureMonth {
    /// The calendar month.
    #[schema(pattern = "^[0-9]{4}-[0-9]{2}$", max_length = 7)]
    pub month: String,
    /// People with credit of that month that stands.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub learned_count: usize,
    /// Their share, in percent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub learned_share: f64,
}

/// How a group of people learns.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "learned_count": 9, "learned_share": 37.5, "median_streak": 1.5, "longest_streak": 7, "median_hours": 14.0, "duty_count": 18,
    "duty_met_count": 7, "duty_met_share": 38.89, "beyond_ceiling_count": 1,
    "months": [{"month": "2026-02", "learned_count": 9, "learned_share": 37.5}]
}))]
pub struct CultureFigures {
    /// People who learned something in the present month.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub learned_count: usize,
    /// Their share, in percent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub learned_share: f64,
    /// The middle of the streaks: months in a row, up to now or the last, in which somebody learned something.
    #[schema(minimum = 0, maximum = 36)]
    pub median_streak: f64,
    /// The longest of them, at most 36.
    #[schema(minimum = 0, maximum = 36)]
    pub longest_streak: u32,
    /// The middle of the JP of the present year (of PPPK: of the contract).
    #[schema(minimum = 0, maximum = 21_474_837)]
    pub median_hours: f64,
    /// People of whom the year asks a least number of JP (PNS: 20).
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub duty_count: usize,
    /// Of these, who have reached it.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub duty_met_count: usize,
    /// Their share, in percent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub duty_met_share: f64,
    /// People above the most that their year allows (PPPK: 24).
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub beyond_ceiling_count: usize,
    /// The last twelve months, the present one last.
    #[schema(max_items = 12)]
    pub months: Vec<CultureMonth>,
}

/// How a unit learns.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "unit_id": "019a0000-0000-7000-8000-000000000000", "code": "KOLEKSI", "name": "Bidang Koleksi", "people_count": 4,
    "is_suppressed": true, "figures": null
}))]
pub struct UnitCulture {
    /// The unit.
    pub unit_id: Uuid,
    /// Its code.
    #[schema(max_length = 60)]
    pub code: String,
    /// Its name.
    #[schema(max_length = 200)]
    pub name: String,
    /// How many people it has.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub people_count: usize,
    /// Whether its figures are held back: it has fewer than five people, or would give those of such a unit away.
    pub is_suppressed: bool,
    /// Its figures; null where they are held back.
    #[schema(required)]
    pub figures: Option<CultureFigures>,
}

/// How a library learns (budaya belajar).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"as_of": "2026-03-02", "people_count": 24, "is_suppressed": false, "figures": null, "units": []}))]
pub struct LearningCulture {
    /// The day on which this holds.
    pub as_of: NaiveDate,
    /// How many people are counted.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub people_count: usize,
    /// Whether the figures of all of them are held back.
    pub is_suppressed: bool,
    /// The figures of all of them. With `unit_id`, of those units whose figures are not held back.
    #[schema(required)]
    pub figures: Option<CultureFigures>,
    /// Each unit, by code.
    #[schema(max_items = 10_000)]
    pub units: Vec<UnitCulture>,
}

/// Whose learning.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CultureQuery {
    /// Of these units, separated by commas.
    #[param(value_type = Option<Ids>, inline)]
    pub unit_id: Option<AnyOf<Uuid>>,
    /// A past day: what the ledger knew by then, of the people of today.
    #[param(example = "2026-06-30")]
    pub as_of: Option<NaiveDate>,
}
