//! What a mentor says of themself, new or changed.

use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Model};
use crate::competencies::aims::{Aims, CompetencyAim};
use crate::kernel::patch::{Patch, not_null};
use crate::mentoring::availability::{
    LanguageCode, MOST_LANGUAGES, MOST_TIMES, WeeklyTime, WeeklyTimes, language_codes,
};
use crate::mentoring::places::MOST_CAPACITY;
use crate::staff::librarians::entity::Words;

const fn yes() -> bool {
    true
}

/// A mentor profile to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "competencies": [{"competency_id": "019a0000-0000-7000-8000-000000000002", "level": 4}], "capacity": 3,
    "times": [{"weekday": "tuesday", "starts_at": "09:00", "ends_at": "11:30"}], "languages": ["id"],
    "about": "Pengatalogan dan metadata"
}))]
pub struct NewMentorProfile {
    /// Whose it is: one's own unless an admin says otherwise.
    pub librarian_id: Option<Uuid>,
    /// What the person helps with, and the level that they can help others reach; each competency once.
    #[validate(nested, length(min = 1, max = 30))]
    #[schema(min_items = 1, max_items = 30)]
    pub competencies: Vec<CompetencyAim>,
    /// How many mentees the person takes at once.
    #[validate(range(min = 1, max = MOST_CAPACITY))]
    #[schema(minimum = 1, maximum = 20)]
    pub capacity: i32,
    /// When in the week the person has time.
    #[validate(nested, length(max = MOST_TIMES))]
    #[schema(max_items = 14)]
    #[serde(default)]
    pub times: Vec<WeeklyTime>,
    /// Languages in which the person helps (ISO 639).
    #[validate(length(max = MOST_LANGUAGES), custom(function = language_codes))]
    #[schema(max_items = 10, value_type = Vec<LanguageCode>)]
    #[serde(default)]
    pub languages: Vec<String>,
    /// What the person says of themself.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub about: Option<String>,
    /// Whether the person takes on mentees now.
    #[schema(default = true)]
    #[serde(default = "yes")]
    pub is_active: bool,
}

/// Changes of a mentor profile: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"is_active": false}))]
pub struct MentorProfileChanges {
    /// Other competencies, all of them.
    #[schema(min_items = 1, max_items = 30, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub competencies: Option<Vec<CompetencyAim>>,
    /// Another number of mentees. Pairs that are there stay.
    #[schema(minimum = 1, maximum = 20, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub capacity: Option<i32>,
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
    pub about: Patch<String>,
    /// Whether the person takes on mentees from now on (aktif) or pauses (jeda).
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub is_active: Option<bool>,
}

impl MentorProfileChanges {
    /// What the profile says afterwards.
    pub fn onto(self, row: &Model) -> NewMentorProfile {
        let row = row.clone();
        NewMentorProfile {
            librarian_id: Some(row.librarian_id),
            competencies: self.competencies.unwrap_or(row.competencies.0),
            capacity: self.capacity.unwrap_or(row.capacity),
            times: self.times.unwrap_or(row.times.0),
            languages: self.languages.unwrap_or(row.languages.0),
            about: self.about.or(row.about),
            is_active: self.is_active.unwrap_or(row.is_active),
        }
    }
}

impl NewMentorProfile {
    /// Writes what is said into the row.
    pub fn write(self, row: &mut ActiveModel) {
        row.competencies = Set(Aims(self.competencies));
        row.capacity = Set(self.capacity);
        row.times = Set(WeeklyTimes(self.times));
        row.languages = Set(Words(self.languages));
        row.about = Set(self.about);
        row.is_active = Set(self.is_active);
    }
}
