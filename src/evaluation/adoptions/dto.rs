use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{AdoptionStage, Column, Model};
use super::rule::AdopterGroup;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation;

/// A stage that somebody reached on a day (tahap adopsi).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000071", "change_initiative_id": "019a0000-0000-7000-8000-000000000070",
    "librarian_id": "019a0000-0000-7000-8000-000000000001", "stage": "using", "reached_on": "2026-04-13", "note": null,
    "version": 1, "created_at": "2026-04-13T01:00:00.000Z", "updated_at": "2026-04-13T01:00:00.000Z"
}))]
pub struct Adoption {
    /// The row.
    pub id: Uuid,
    /// The change.
    pub change_initiative_id: Uuid,
    /// Who.
    pub librarian_id: Uuid,
    /// How far they have taken it up.
    pub stage: AdoptionStage,
    /// Since which day.
    pub reached_on: NaiveDate,
    /// What was seen.
    #[schema(required, max_length = 1000)]
    pub note: Option<String>,
    /// Always 1: a later row follows, nothing is overwritten.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// The same.
    pub updated_at: Instant,
}

/// A page of adoptions.
pub type AdoptionPage = Page<Adoption>;

impl From<Model> for Adoption {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            change_initiative_id: row.change_initiative_id,
            librarian_id: row.librarian_id,
            stage: row.stage,
            reached_on: row.reached_on,
            note: row.note,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Adoption {
    fn path(&self) -> String {
        format!("/api/v1/adoptions/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A stage to be recorded.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"stage": "trying", "reached_on": "2026-02-27", "note": "Sudah mencoba di loket 2"}))]
pub struct NewAdoption {
    /// Who: oneself unless an admin says otherwise. The change must concern them.
    pub librarian_id: Option<Uuid>,
    /// How far they have taken it up.
    pub stage: AdoptionStage,
    /// Since which day; today unless said otherwise, never in the future.
    #[validate(custom(function = validation::day))]
    pub reached_on: Option<NaiveDate>,
    /// What was seen.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    pub note: Option<String>,
}

/// Which adoptions to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AdoptionFilter {
    /// Of this change.
    pub change_initiative_id: Option<Uuid>,
    /// Of this person.
    pub librarian_id: Option<Uuid>,
}

impl AdoptionFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.change_initiative_id.map(|id| Column::ChangeInitiativeId.eq(id)))
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
    }
}

/// How many people have a stage.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"stage": "using", "people_count": 11}))]
pub struct StageCount {
    /// The stage.
    pub stage: AdoptionStage,
    /// How many people.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub people_count: usize,
}

/// A group by the order in which people came to use a change (Rogers).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"group": "early_adopter", "people_count": 4, "from_on": "2026-04-06", "until_on": "2026-04-13"}))]
pub struct AdopterGroupCount {
    /// The group.
    pub group: AdopterGroup,
    /// How many came to use it in that place of the order.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub people_count: usize,
    /// The first day of first use among them.
    #[schema(required)]
    pub from_on: Option<NaiveDate>,
    /// The last.
    #[schema(required)]
    pub until_on: Option<NaiveDate>,
}

/// How many used a change on a day.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({"on": "2026-04-13", "user_count": 5, "adoption_rate": 19.23}))]
pub struct AdoptionPoint {
    /// The day.
    pub on: NaiveDate,
    /// How many used it.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub user_count: usize,
    /// Their share of the people whom it concerns, in percent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub adoption_rate: f64,
}

/// How far a change has spread. Who is no admin is told `user_count`, `adoption_rate` and `points` alone, at the ends of months:
/// counts rounded down to fives, and never so near to all of the people that fewer than five are left, unless it is all of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "user_count": 14, "adoption_rate": 53.85, "median_days_to_adopt": 19.0, "fastest_days_to_adopt": -3,
    "slowest_days_to_adopt": 63, "stages": [{"stage": "using", "people_count": 11}],
    "groups": [{"group": "innovator", "people_count": 1, "from_on": "2026-03-29", "until_on": "2026-03-29"}],
    "points": [{"on": "2026-11-26", "user_count": 14, "adoption_rate": 53.85}]
}))]
pub struct AdoptionFigures {
    /// How many use it: `using` and `champion`.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub user_count: usize,
    /// Their share of the people whom it concerns, in percent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub adoption_rate: f64,
    /// The middle of the days from go-live to first use; negative before it. Null where nobody uses it, and to others than
    /// admins.
    #[schema(required, minimum = -400_000, maximum = 400_000)]
    pub median_days_to_adopt: Option<f64>,
    /// The fewest of them.
    #[schema(required, minimum = -400_000, maximum = 400_000)]
    pub fastest_days_to_adopt: Option<i64>,
    /// The most of them.
    #[schema(required, minimum = -400_000, maximum = 400_000)]
    pub slowest_days_to_adopt: Option<i64>,
    /// How many people have each stage; empty to others than admins.
    #[schema(max_items = 5)]
    pub stages: Vec<StageCount>,
    /// Rogers' groups among those who came to use it, by the order of first use; empty to others than admins.
    #[schema(max_items = 5)]
    pub groups: Vec<AdopterGroupCount>,
    /// The curve, from the first thing known to the day of the report.
    #[schema(max_items = 60)]
    pub points: Vec<AdoptionPoint>,
}

/// How far a change has spread among the people whom it concerns today (laju adopsi).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "change_initiative_id": "019a0000-0000-7000-8000-000000000070", "as_of": "2026-11-26", "target_count": 26,
    "is_suppressed": false, "is_rounded": false, "figures": null
}))]
pub struct AdoptionReport {
    /// The change.
    pub change_initiative_id: Uuid,
    /// The day on which this holds: to others than admins the last day of the last month that was over on the day asked for.
    pub as_of: NaiveDate,
    /// How many people it concerns.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub target_count: usize,
    /// Whether the figures are held back: it concerns fewer than five people.
    pub is_suppressed: bool,
    /// Whether counts are rounded and details left out: to others than admins.
    pub is_rounded: bool,
    /// The figures; null where they are held back.
    #[schema(required)]
    pub figures: Option<AdoptionFigures>,
}

/// On which day.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AdoptionQuery {
    /// A past day; today unless given.
    #[param(example = "2026-06-30")]
    pub as_of: Option<NaiveDate>,
}
