//! What is to be done, new or changed, and what is said with each step.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::entity::{ActiveModel, Model};
use crate::evaluation::indicators::entity::IndicatorDirection;
use crate::evaluation::needs::Need;
use crate::kernel::decimal::{four_decimals, four_places, ten_thousandths};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::text::search_text;
use crate::kernel::validation;

/// An improvement action to be agreed.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Loket pengembalian mandiri dibuka sampai pukul 20.00", "owner_id": "019a0000-0000-7000-8000-000000000001",
    "due_on": "2026-09-30", "need": {"kind": "survey_element", "id": "019a0000-0000-7000-8000-000000000040", "element": "U3"},
    "direction": "higher_is_better", "unit": "NRR 1-4", "baseline_value": 2.9, "baseline_on": "2026-06-30", "target_value": 3.2
}))]
pub struct NewImprovementAction {
    /// What is to be done.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: String,
    /// How.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub description: Option<String>,
    /// Who does it (penanggung jawab): a librarian.
    pub owner_id: Uuid,
    /// Until when.
    #[validate(custom(function = validation::day))]
    pub due_on: NaiveDate,
    /// What showed the need.
    #[validate(nested)]
    pub need: Option<Need>,
    /// The indicator by which its effect is measured. Its direction and unit hold, and its last measurement is the value before
    /// unless another is given.
    pub indicator_id: Option<Uuid>,
    /// Which direction of the value is better, where there is no indicator; higher unless said otherwise.
    pub direction: Option<IndicatorDirection>,
    /// The unit of the values, where there is no indicator.
    #[validate(length(min = 1, max = 60), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 60, pattern = r"\S")]
    pub unit: Option<String>,
    /// The value before, with at most four decimals.
    #[validate(range(min = -1_000_000_000.0, max = 1_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub baseline_value: Option<f64>,
    /// When it was measured.
    #[validate(custom(function = validation::day))]
    pub baseline_on: Option<NaiveDate>,
    /// The value to be reached, with at most four decimals.
    #[validate(range(min = -1_000_000_000.0, max = 1_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub target_value: Option<f64>,
}

impl NewImprovementAction {
    /// Writes the content into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.title = Set(self.title.clone());
        row.description = Set(self.description.clone());
        row.owner_id = Set(self.owner_id);
        row.due_on = Set(self.due_on);
        row.source_kind = Set(self.need.as_ref().map(|need| need.kind));
        row.source_id = Set(self.need.as_ref().map(|need| need.id));
        row.source_element = Set(self.need.as_ref().and_then(|need| need.element.clone()));
        row.indicator_id = Set(self.indicator_id);
        row.direction = Set(self.direction.unwrap_or(IndicatorDirection::HigherIsBetter));
        row.unit = Set(self.unit.clone());
        row.baseline_value = Set(self.baseline_value.map(ten_thousandths));
        row.baseline_on = Set(self.baseline_on);
        row.target_value = Set(self.target_value.map(ten_thousandths));
        row.search_text = Set(search_text(&[&self.title, self.description.as_deref().unwrap_or_default()]));
    }
}

/// Changes of an improvement action that is not done yet: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"due_on": "2026-10-31"}))]
pub struct ImprovementActionChanges {
    /// Another title.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another description; null clears it.
    #[validate(length(min = 1, max = 4000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub description: Patch<String>,
    /// Another owner.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub owner_id: Option<Uuid>,
    /// Another last day.
    #[validate(custom(function = validation::day))]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub due_on: Option<NaiveDate>,
    /// Another value before; null clears it.
    #[validate(custom(function = value))]
    #[schema(value_type = Option<f64>, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    #[serde(default)]
    pub baseline_value: Patch<f64>,
    /// Another day of the value before; null clears it.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub baseline_on: Patch<NaiveDate>,
    /// Another value to be reached; null clears it.
    #[validate(custom(function = value))]
    #[schema(value_type = Option<f64>, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    #[serde(default)]
    pub target_value: Patch<f64>,
}

fn value(value: &Patch<f64>) -> Result<(), ValidationError> {
    match value.value() {
        Some(value) if value.abs() > 1_000_000_000.0 => Err(validation::fault(&validation::NOT_VALID)),
        Some(value) => four_decimals(*value),
        None => Ok(()),
    }
}

impl ImprovementActionChanges {
    /// The content afterwards.
    pub fn onto(self, before: &Model) -> NewImprovementAction {
        NewImprovementAction {
            title: self.title.unwrap_or_else(|| before.title.clone()),
            description: self.description.or(before.description.clone()),
            owner_id: self.owner_id.unwrap_or(before.owner_id),
            due_on: self.due_on.unwrap_or(before.due_on),
            need: before.need(),
            indicator_id: before.indicator_id,
            direction: Some(before.direction),
            unit: before.unit.clone(),
            baseline_value: self.baseline_value.or(before.baseline_value.map(four_places)),
            baseline_on: self.baseline_on.or(before.baseline_on),
            target_value: self.target_value.or(before.target_value.map(four_places)),
        }
    }
}

/// What was done.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"outcome": "Loket dibuka sejak 1 September; 41 pengembalian sehari"}))]
pub struct ImprovementOutcome {
    /// In words, for everybody to read.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub outcome: Option<String>,
}

/// Why an action is taken up again or given up.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Waktu tunggu belum turun"}))]
pub struct ImprovementReason {
    /// For everybody to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// What was measured after an action was done.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"checked_on": "2026-02-27", "value": 3.2, "note": "Survei cepat, 60 responden"}))]
pub struct NewRecheck {
    /// When; today unless said otherwise, never in the future.
    pub checked_on: Option<NaiveDate>,
    /// The value, with at most four decimals; required where there is a value before.
    #[validate(range(min = -1_000_000_000.0, max = 1_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub value: Option<f64>,
    /// What was seen.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}
