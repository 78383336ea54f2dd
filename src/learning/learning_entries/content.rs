//! What a person says of what they learned, new or changed.

use chrono::{Datelike, NaiveDate};
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::dto::LearningKind;
use super::entity::{ActiveModel, Model};
use crate::competencies::assessments::entity::{Evidence, EvidenceList};
use crate::credits::entries::entity::CreditSource;
use crate::credits::rule::Measure;
use crate::credits::service::NewCredit;
use crate::kernel::decimal::{decimal, hundredths, two_decimals};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::text::search_text;
use crate::kernel::validation::{self, ENDS_BEFORE_IT_BEGINS, IN_THE_FUTURE, NOT_VALID, Violation};

/// The longest that something learned can take, in days: ten years, as for a degree.
const LONGEST: i64 = 3_660;
/// The first year of which somebody can tell.
const FIRST_YEAR: i32 = 1950;

const fn once() -> i32 {
    1
}

/// Something that was learned, to be written down.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "e_learning", "title": "Metadata untuk koleksi digital", "organiser": "Perpustakaan Nasional",
    "certificate_number": "EL-2026/0417", "starts_on": "2026-02-09", "ends_on": "2026-02-13", "claimed_hours": 10.0,
    "evidence": [{"title": "Sertifikat", "url": "https://example.org/sertifikat/0417"}]
}))]
pub struct NewLearningEntry {
    /// Who learned: oneself unless an admin says otherwise.
    pub librarian_id: Option<Uuid>,
    /// How.
    pub kind: LearningKind,
    /// The type (jenis diklat) that it is counted by: the one that is usual for the kind unless another is named.
    pub training_type_id: Option<Uuid>,
    /// What: the title of the course, book, talk.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: String,
    /// Who held it (penyelenggara).
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub organiser: Option<String>,
    /// The certificate's number. Together with the organiser it can be claimed once.
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub certificate_number: Option<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day, on which it counts; not in the future.
    pub ends_on: NaiveDate,
    /// On how many days; 0 for all from the first to the last.
    #[validate(range(min = 0, max = 3660))]
    #[schema(minimum = 0, maximum = 3660, default = 0)]
    #[serde(default)]
    pub days: i32,
    /// How many sessions.
    #[validate(range(min = 0, max = 1000))]
    #[schema(minimum = 0, maximum = 1000, default = 1)]
    #[serde(default = "once")]
    pub sessions: i32,
    /// How long it took.
    #[validate(range(min = 0, max = 1_000_000))]
    #[schema(minimum = 0, maximum = 1_000_000, default = 0)]
    #[serde(default)]
    pub minutes: i32,
    /// Whether it was held across borders.
    #[serde(default)]
    pub is_international: bool,
    /// JP that the certificate says, with at most two decimals; what counts is for the rule to say.
    #[validate(range(min = 0.0, max = 1000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 1000)]
    pub claimed_hours: Option<f64>,
    /// What was learned, and what it is good for at work.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub summary: Option<String>,
    /// What shows it: certificates, notes, links.
    #[validate(nested, length(max = 20))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// The action of the person's approved plan that it was done for: its hours count there too.
    pub plan_action_id: Option<Uuid>,
}

/// Changes of what was written down: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"claimed_hours": 8.0}))]
pub struct LearningEntryChanges {
    /// Another way.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<LearningKind>,
    /// Another type (jenis diklat).
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub training_type_id: Option<Uuid>,
    /// Another title.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another organiser; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"\S")]
    #[serde(default)]
    pub organiser: Patch<String>,
    /// Another certificate; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"\S")]
    #[serde(default)]
    pub certificate_number: Patch<String>,
    /// Another first day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub starts_on: Option<NaiveDate>,
    /// Another last day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub ends_on: Option<NaiveDate>,
    /// Another number of days.
    #[schema(minimum = 0, maximum = 3660, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub days: Option<i32>,
    /// Another number of sessions.
    #[schema(minimum = 0, maximum = 1000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub sessions: Option<i32>,
    /// Another length.
    #[schema(minimum = 0, maximum = 1_000_000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub minutes: Option<i32>,
    /// Whether it was held across borders after all.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub is_international: Option<bool>,
    /// Other JP; null clears them.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1000)]
    #[serde(default)]
    pub claimed_hours: Patch<f64>,
    /// Other words; null clears them.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000)]
    #[serde(default)]
    pub summary: Patch<String>,
    /// Other evidence, all of it.
    #[schema(max_items = 20, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub evidence: Option<Vec<Evidence>>,
    /// Another action of the plan; null clears it.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub plan_action_id: Patch<Uuid>,
}

impl LearningEntryChanges {
    /// What the entry says afterwards.
    pub fn onto(self, row: &Model) -> NewLearningEntry {
        let row = row.clone();
        NewLearningEntry {
            librarian_id: Some(row.librarian_id),
            kind: self.kind.unwrap_or(row.kind),
            // Another kind brings its usual type with it.
            training_type_id: self.training_type_id.or(self.kind.is_none().then_some(row.training_type_id)),
            title: self.title.unwrap_or(row.title),
            organiser: self.organiser.or(row.organiser),
            certificate_number: self.certificate_number.or(row.certificate_number),
            starts_on: self.starts_on.unwrap_or(row.starts_on),
            ends_on: self.ends_on.unwrap_or(row.ends_on),
            days: self.days.unwrap_or(row.days),
            sessions: self.sessions.unwrap_or(row.sessions),
            minutes: self.minutes.unwrap_or(row.minutes),
            is_international: self.is_international.unwrap_or(row.is_international),
            claimed_hours: self.claimed_hours.or(row.claimed.map(|hours| decimal(hours.into()))),
            summary: self.summary.or(row.summary),
            evidence: self.evidence.unwrap_or(row.evidence.0),
            plan_action_id: self.plan_action_id.or(row.plan_action_id),
        }
    }
}

impl NewLearningEntry {
    /// What is wrong with its days; `place` is the JSON pointer of the content.
    pub fn wrong_days(&self, place: &str, today: NaiveDate) -> Vec<Violation> {
        let mut wrong = Vec::new();
        if self.starts_on.year() < FIRST_YEAR {
            wrong.push(Violation::pointer(format!("{place}/starts_on"), &NOT_VALID));
        }
        let fault = if self.ends_on > today {
            Some(&IN_THE_FUTURE)
        } else if self.ends_on < self.starts_on {
            Some(&ENDS_BEFORE_IT_BEGINS)
        } else {
            ((self.ends_on - self.starts_on).num_days() > LONGEST).then_some(&NOT_VALID)
        };
        wrong.extend(fault.map(|fault| Violation::pointer(format!("{place}/ends_on"), fault)));
        wrong
    }

    /// Writes what the person says into the row of a live entry.
    pub fn write(self, row: &mut ActiveModel, training_type_id: Uuid) {
        let organiser = self.organiser.as_deref().unwrap_or_default();
        row.certificate_key = Set(self.certificate_number.as_deref().map(|number| certificate_key(number, organiser)));
        row.search_text = Set(search_text(&[&self.title, organiser]));
        row.kind = Set(self.kind);
        row.training_type_id = Set(training_type_id);
        row.title = Set(self.title);
        row.organiser = Set(self.organiser);
        row.certificate_number = Set(self.certificate_number);
        row.starts_on = Set(self.starts_on);
        row.ends_on = Set(self.ends_on);
        row.days = Set(self.days);
        row.sessions = Set(self.sessions);
        row.minutes = Set(self.minutes);
        row.is_international = Set(self.is_international);
        row.claimed = Set(self.claimed_hours.map(hundredths));
        row.summary = Set(self.summary);
        row.evidence = Set(EvidenceList(self.evidence));
        row.plan_action_id = Set(self.plan_action_id);
    }
}

/// A certificate however it is spelled. Folded text holds no line break, so the two parts cannot run into one another.
fn certificate_key(number: &str, organiser: &str) -> String {
    format!("{}\n{}", search_text(&[number]), search_text(&[organiser]))
}

/// The entry as the ledger takes it.
pub(crate) fn credit_of(row: &Model) -> NewCredit {
    NewCredit {
        librarian_id: row.librarian_id,
        training_type_id: row.training_type_id,
        source_kind: CreditSource::LearningEntry,
        source_id: row.id,
        title: row.title.clone(),
        organiser: row.organiser.clone(),
        certificate_number: row.certificate_number.clone(),
        evidence_url: row.evidence.0.iter().find_map(|evidence| evidence.url.clone()),
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        measure: Measure {
            claimed: row.claimed,
            days: row.days,
            sessions: row.sessions,
            minutes: row.minutes,
            is_international: row.is_international,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_the_same_however_it_is_spelled() {
        let key = certificate_key("EL-2026/0417", "Perpustakaan Nasional");
        assert_eq!(certificate_key(" el-2026/0417", "PERPUSTAKAAN  NASIONAL "), key);
        assert_ne!(certificate_key("EL-2026/0417 Perpustakaan", "Nasional"), key);
    }
}
