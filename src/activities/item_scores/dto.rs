use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::{Validate, ValidationError};

pub use super::entity::TestKind;
use super::statistics::{DifficultyBand, DiscriminationBand};
use crate::kernel::decimal::two_decimals;
use crate::kernel::validation::{self, REPEATED, fault};

/// An item (butir soal) of a test.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "1", "maximum": 1.0}))]
pub struct TestItem {
    /// What it is called in the test, such as its number.
    #[validate(length(min = 1, max = 40), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 40, pattern = r"\S")]
    pub code: String,
    /// The most points.
    #[validate(range(min = 0.01, max = 1000.0), custom(function = two_decimals))]
    #[schema(minimum = 0.01, maximum = 1000)]
    pub maximum: f64,
}

/// Somebody's points.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"registration_id": "019a0000-0000-7000-8000-000000000020", "points": [1.0]}))]
pub struct PersonPoints {
    /// The registration.
    pub registration_id: Uuid,
    /// Their points in each item, in the order of the items.
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    pub points: Vec<f64>,
}

/// The points of a test, all of them.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"test": "post_test", "items": [{"code": "1", "maximum": 1.0}], "people": []}))]
pub struct NewItemScores {
    /// Which test.
    pub test: TestKind,
    /// Its items, in their order.
    #[validate(nested, length(min = 1, max = 100), custom(function = no_code_twice))]
    #[schema(min_items = 1, max_items = 100)]
    pub items: Vec<TestItem>,
    /// Who took it.
    #[validate(nested, length(max = 1000))]
    #[schema(max_items = 1000)]
    pub people: Vec<PersonPoints>,
}

fn no_code_twice(items: &[TestItem]) -> Result<(), ValidationError> {
    let mut seen = std::collections::HashSet::new();
    if items.iter().all(|item| seen.insert(&item.code)) { Ok(()) } else { Err(fault(&REPEATED)) }
}

/// Of which test.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ItemScoreQuery {
    /// The test; the one after unless the other is asked for.
    #[param(inline, example = "post_test")]
    pub test: Option<TestKind>,
}

/// What is known of an item.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "1", "maximum": 1.0, "mean": 0.8333, "difficulty": 0.8333, "difficulty_band": "easy", "discrimination": 0.4472,
    "discrimination_band": "good"
}))]
pub struct ItemStatistics {
    /// What it is called in the test.
    #[schema(max_length = 40)]
    pub code: String,
    /// The most points.
    #[schema(minimum = 0.01, maximum = 1000)]
    pub maximum: f64,
    /// The mean of the points, with four decimals.
    #[schema(required, minimum = 0, maximum = 1000)]
    pub mean: Option<f64>,
    /// Difficulty (tingkat kesukaran): the mean by the most points, with four decimals; the higher the easier.
    #[schema(required, minimum = 0, maximum = 1)]
    pub difficulty: Option<f64>,
    /// Its band.
    #[schema(required)]
    pub difficulty_band: Option<DifficultyBand>,
    /// Discrimination (daya pembeda): the correlation with the points in all other items, with four decimals; null where all have the
    /// same.
    #[schema(required, minimum = -1, maximum = 1)]
    pub discrimination: Option<f64>,
    /// Its band.
    #[schema(required)]
    pub discrimination_band: Option<DiscriminationBand>,
}

/// Item statistics (analisis butir soal) of a test.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "activity_id": "019a0000-0000-7000-8000-000000000000", "test": "post_test", "people": 6, "items": []
}))]
pub struct ItemScores {
    /// The activity.
    pub activity_id: Uuid,
    /// Which test.
    pub test: TestKind,
    /// How many people's points are known.
    #[schema(minimum = 0, maximum = 10_000)]
    pub people: usize,
    /// Each item, in its order; none where no points are entered.
    #[schema(max_items = 100)]
    pub items: Vec<ItemStatistics>,
}
