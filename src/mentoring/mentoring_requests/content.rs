//! What somebody wishes for, new or changed.

use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Model, Wishes};
use crate::competencies::aims::{Aims, CompetencyAim};
use crate::kernel::patch::{Patch, not_null};
use crate::mentoring::availability::{
    LanguageCode, MOST_LANGUAGES, MOST_TIMES, WeeklyTime, WeeklyTimes, language_codes,
};
use crate::staff::librarians::entity::Words;

/// A mentoring request to be made.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "goals": [{"competency_id": "019a0000-0000-7000-8000-000000000002", "level": 3}],
    "times": [{"weekday": "tuesday", "starts_at": "09:00", "ends_at": "11:30"}], "languages": ["id"],
    "note": "Saya ingin mengatalog naskah"
}))]
pub struct NewMentoringRequest {
    /// Who looks for a mentor: oneself unless an admin says otherwise.
    pub librarian_id: Option<Uuid>,
    /// What the person wants to reach: a level of each competency, each once.
    #[validate(nested, length(min = 1, max = 10))]
    #[schema(min_items = 1, max_items = 10)]
    pub goals: Vec<CompetencyAim>,
    /// Mentors whom the person would like.
    #[validate(length(max = 5))]
    #[schema(max_items = 5)]
    #[serde(default)]
    pub preferred_mentor_ids: Vec<Uuid>,
    /// When in the week the person has time.
    #[validate(nested, length(max = MOST_TIMES))]
    #[schema(max_items = 14)]
    #[serde(default)]
    pub times: Vec<WeeklyTime>,
    /// Languages in which the person would like to be helped (ISO 639).
    #[validate(length(max = MOST_LANGUAGES), custom(function = language_codes))]
    #[schema(max_items = 10, value_type = Vec<LanguageCode>)]
    #[serde(default)]
    pub languages: Vec<String>,
    /// What else the person wishes for.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// Changes of a mentoring request: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "Paling baik pada hari Selasa"}))]
pub struct MentoringRequestChanges {
    /// Other goals, all of them.
    #[schema(min_items = 1, max_items = 10, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub goals: Option<Vec<CompetencyAim>>,
    /// Other mentors, all of them.
    #[schema(max_items = 5, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub preferred_mentor_ids: Option<Vec<Uuid>>,
    /// Other times, all of them.
    #[schema(max_items = 14, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub times: Option<Vec<WeeklyTime>>,
    /// Other languages, all of them.
    #[schema(max_items = 10, nullable = false, value_type = Vec<LanguageCode>)]
    #[serde(default, deserialize_with = "not_null")]
    pub languages: Option<Vec<String>>,
    /// Other words; null clears them.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    #[serde(default)]
    pub note: Patch<String>,
}

impl MentoringRequestChanges {
    /// What the request says afterwards.
    pub fn onto(self, row: &Model) -> NewMentoringRequest {
        let row = row.clone();
        NewMentoringRequest {
            librarian_id: Some(row.librarian_id),
            goals: self.goals.unwrap_or(row.goals.0),
            preferred_mentor_ids: self.preferred_mentor_ids.unwrap_or(row.preferred_mentors.0),
            times: self.times.unwrap_or(row.times.0),
            languages: self.languages.unwrap_or(row.languages.0),
            note: self.note.or(row.note),
        }
    }
}

impl NewMentoringRequest {
    /// Writes what is said into the row.
    pub fn write(self, row: &mut ActiveModel) {
        row.goals = Set(Aims(self.goals));
        row.preferred_mentors = Set(Wishes(self.preferred_mentor_ids));
        row.times = Set(WeeklyTimes(self.times));
        row.languages = Set(Words(self.languages));
        row.note = Set(self.note);
    }
}
