use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::gain::{Effectiveness, GainBand};
use crate::kernel::decimal::two_decimals;
use crate::kernel::patch::Patch;

/// Somebody's scores.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "registration_id": "019a0000-0000-7000-8000-000000000020", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "librarian_name": "Rizky Pratama", "pre_test": 52.0, "post_test": 78.0, "n_gain": 0.5417, "n_gain_band": "medium"
}))]
pub struct PersonScore {
    /// The registration.
    pub registration_id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub librarian_name: String,
    /// The score before.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub pre_test: Option<f64>,
    /// The score after.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub post_test: Option<f64>,
    /// What was learned of what there was to learn.
    #[schema(required, minimum = -1_000_000, maximum = 1)]
    pub n_gain: Option<f64>,
    /// Its band.
    #[schema(required)]
    pub n_gain_band: Option<GainBand>,
}

/// The scores of an activity: each person's, and the group's.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "activity_id": "019a0000-0000-7000-8000-000000000000", "score_maximum": 100, "people": 1, "mean_pre_test": 52.0,
    "mean_post_test": 78.0, "n_gain": 0.5417, "n_gain_band": "medium", "mean_n_gain": 0.5417,
    "effectiveness": "less_effective", "passed": 1, "items": []
}))]
pub struct ActivityScores {
    /// The activity.
    pub activity_id: Uuid,
    /// The best score possible.
    #[schema(minimum = 1, maximum = 10_000)]
    pub score_maximum: i32,
    /// How many people have both scores; the figures below are of them.
    #[schema(minimum = 0, maximum = 10_000)]
    pub people: usize,
    /// The mean before.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub mean_pre_test: Option<f64>,
    /// The mean after.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub mean_post_test: Option<f64>,
    /// The gain of the means.
    #[schema(required, minimum = -1_000_000, maximum = 1)]
    pub n_gain: Option<f64>,
    /// Its band.
    #[schema(required)]
    pub n_gain_band: Option<GainBand>,
    /// The mean of each person's gain.
    #[schema(required, minimum = -1_000_000, maximum = 1)]
    pub mean_n_gain: Option<f64>,
    /// How well the training worked.
    #[schema(required)]
    pub effectiveness: Option<Effectiveness>,
    /// How many reached the least post-test score; null where none is asked.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub passed: Option<usize>,
    /// Everybody with a seat, by name.
    #[schema(max_items = 10_000)]
    pub items: Vec<PersonScore>,
}

/// Scores of one person.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"registration_id": "019a0000-0000-7000-8000-000000000020", "pre_test": 52.0, "post_test": 78.0}))]
pub struct NewScore {
    /// The registration.
    pub registration_id: Uuid,
    /// The score before, 0 to `score_maximum`; null clears it, absent keeps it.
    #[validate(custom(function = within))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 10_000)]
    #[serde(default)]
    pub pre_test: Patch<f64>,
    /// The score after, 0 to `score_maximum`; null clears it, absent keeps it.
    #[validate(custom(function = within))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 10_000)]
    #[serde(default)]
    pub post_test: Patch<f64>,
}

fn within(score: &Patch<f64>) -> Result<(), ValidationError> {
    score.value().map_or(Ok(()), |score| two_decimals(*score))
}

/// Scores to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"items": []}))]
pub struct NewScores {
    /// At most 1,000 people.
    #[validate(nested, length(max = 1000))]
    #[schema(max_items = 1000)]
    pub items: Vec<NewScore>,
}
