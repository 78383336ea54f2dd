//! What a review holds, new or changed.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::entity::{ActiveModel, Decisions, Model, Participants};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::text::search_text;
use crate::kernel::validation::{self, TOO_LONG, fault};

/// The most characters of a decision.
const LONGEST_DECISION: usize = 1000;

/// A decision of a review, for the OpenAPI.
#[derive(ToSchema)]
#[schema(min_length = 1, max_length = 1000, pattern = r"\S", example = "Loket pengembalian dibuka sampai pukul 20.00")]
#[expect(dead_code, reason = "the document alone knows it")]
pub struct Decision(String);

/// A review to be planned, or to be entered after it was held.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Evaluasi triwulan III 2026", "held_on": "2026-10-05", "programme_id": null,
    "participant_ids": ["019a0000-0000-7000-8000-000000000001"], "agenda": "Hasil SKM, capaian 20 JP, tindak lanjut",
    "minutes": null, "decisions": []
}))]
pub struct NewReview {
    /// What it is about.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: String,
    /// The day of the meeting.
    #[validate(custom(function = validation::day))]
    pub held_on: NaiveDate,
    /// The programme that is looked at.
    pub programme_id: Option<Uuid>,
    /// Who takes part: librarians.
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    #[serde(default)]
    pub participant_ids: Vec<Uuid>,
    /// What is to be talked about.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub agenda: Option<String>,
    /// What was said (notula).
    #[validate(length(min = 1, max = 20_000))]
    #[schema(min_length = 1, max_length = 20_000)]
    pub minutes: Option<String>,
    /// What was decided, in order.
    #[validate(length(max = 50), custom(function = readable))]
    #[schema(max_items = 50, value_type = Vec<Decision>)]
    #[serde(default)]
    pub decisions: Vec<String>,
}

fn readable(decisions: &[String]) -> Result<(), ValidationError> {
    if decisions.iter().any(|decision| decision.chars().count() > LONGEST_DECISION) {
        let mut error = fault(&TOO_LONG);
        error.add_param("max".into(), &LONGEST_DECISION);
        return Err(error);
    }
    decisions.iter().try_for_each(|decision| validation::visible(decision))
}

impl NewReview {
    /// Writes the content into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.title = Set(self.title.clone());
        row.held_on = Set(self.held_on);
        row.programme_id = Set(self.programme_id);
        row.participant_ids = Set(Participants(self.participant_ids.clone()));
        row.agenda = Set(self.agenda.clone());
        row.minutes = Set(self.minutes.clone());
        row.decisions = Set(Decisions(self.decisions.clone()));
        row.search_text = Set(search_text(&[&self.title, self.agenda.as_deref().unwrap_or_default()]));
    }
}

/// Changes of a review that is not closed: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"minutes": "Unsur U3 turun; antrean di loket dibahas.", "decisions": ["Loket pengembalian dibuka sampai pukul 20.00"]}))]
pub struct ReviewChanges {
    /// Another title.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another day.
    #[validate(custom(function = validation::day))]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub held_on: Option<NaiveDate>,
    /// Another programme; null for none.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub programme_id: Patch<Uuid>,
    /// Other participants, all of them.
    #[validate(length(max = 100))]
    #[schema(max_items = 100, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub participant_ids: Option<Vec<Uuid>>,
    /// Another agenda; null clears it.
    #[validate(length(min = 1, max = 4000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub agenda: Patch<String>,
    /// Other minutes; null clears them.
    #[validate(length(min = 1, max = 20_000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 20_000)]
    #[serde(default)]
    pub minutes: Patch<String>,
    /// Other decisions, all of them.
    #[validate(length(max = 50), custom(function = readable))]
    #[schema(max_items = 50, value_type = Option<Vec<Decision>>, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub decisions: Option<Vec<String>>,
}

impl ReviewChanges {
    /// The content afterwards.
    pub fn onto(self, before: &Model) -> NewReview {
        NewReview {
            title: self.title.unwrap_or_else(|| before.title.clone()),
            held_on: self.held_on.unwrap_or(before.held_on),
            programme_id: self.programme_id.or(before.programme_id),
            participant_ids: self.participant_ids.unwrap_or_else(|| before.participant_ids.0.clone()),
            agenda: self.agenda.or(before.agenda.clone()),
            minutes: self.minutes.or(before.minutes.clone()),
            decisions: self.decisions.unwrap_or_else(|| before.decisions.0.clone()),
        }
    }
}
