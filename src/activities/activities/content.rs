//! What is written of an activity: whole when it is new, in parts when it changes.

use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::entity::{
    ActiveModel, ActivityKind, ActivityMode, ActivityScope, Aims, ApprovalStages, CompetencyAim, Ids, Model,
    Prerequisites, WaitlistPolicy,
};
use crate::competencies::aims::no_competency_twice;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::{decimal, hundredths, two_decimals};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::text::search_text;
use crate::kernel::validation;

const fn eighty() -> i32 {
    80
}

const fn hundred() -> i32 {
    100
}

const fn two_days() -> i32 {
    48
}

/// An activity to be entered, as a draft.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "training", "title": "Bimtek SLiMS 9 dan Analitik Kunjungan", "credit_hours": 24.0,
    "place": "Ruang pelatihan lantai 2", "capacity": 12, "least_post_test_score": 70.0
}))]
pub struct NewActivity {
    /// What kind it is.
    pub kind: ActivityKind,
    /// The title.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: String,
    /// What it is about.
    #[validate(length(min = 1, max = 5000))]
    #[schema(min_length = 1, max_length = 5000)]
    pub description: Option<String>,
    /// Competencies covered, each with the level aimed at.
    #[validate(nested, length(max = 20), custom(function = no_competency_twice))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub competencies: Vec<CompetencyAim>,
    /// What somebody must have to take part.
    #[validate(nested)]
    #[serde(default)]
    pub prerequisites: Prerequisites,
    /// Librarians who keep the door: they check people in and enter scores.
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub staff_ids: Vec<Uuid>,
    /// Credit hours (JP) with at most two decimals.
    #[validate(range(min = 0.0, max = 1000.0), custom(function = of_two_decimals))]
    #[schema(minimum = 0, maximum = 1000)]
    #[serde(default)]
    pub credit_hours: f64,
    /// The training type (jenis diklat).
    pub training_type_id: Option<Uuid>,
    /// National unless said otherwise.
    #[serde(default)]
    #[schema(inline)]
    pub scope: ActivityScope,
    /// On site unless said otherwise.
    #[serde(default)]
    #[schema(inline)]
    pub mode: ActivityMode,
    /// Where, in words.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub place: Option<String>,
    /// Where online.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    pub online_url: Option<String>,
    /// The programme that it belongs to.
    pub programme_id: Option<Uuid>,
    /// How many seats; without a limit unless given.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000)]
    pub capacity: Option<i32>,
    /// From when people register.
    #[validate(custom(function = validation::instant))]
    pub registration_opens_at: Option<Instant>,
    /// Until when people register.
    #[validate(custom(function = validation::instant))]
    pub registration_closes_at: Option<Instant>,
    /// Who has to approve: nobody, an admin (`one`), or the superior and then an admin (`two`).
    #[serde(default)]
    #[schema(inline)]
    pub approval_stages: ApprovalStages,
    /// How a freed seat finds the next person.
    #[serde(default)]
    #[schema(inline)]
    pub waitlist_policy: WaitlistPolicy,
    /// How long an offered seat is held, in hours.
    #[validate(range(min = 1, max = 720))]
    #[schema(minimum = 1, maximum = 720, default = 48)]
    #[serde(default = "two_days")]
    pub offer_hours: i32,
    /// The least share of its time that somebody must attend, in percent.
    #[validate(range(min = 0, max = 100))]
    #[schema(minimum = 0, maximum = 100, default = 80)]
    #[serde(default = "eighty")]
    pub least_attendance_percent: i32,
    /// The least post-test score, at most `score_maximum`.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = of_two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub least_post_test_score: Option<f64>,
    /// The best score of its tests.
    #[validate(range(min = 1, max = 10_000))]
    #[schema(minimum = 1, maximum = 10_000, default = 100)]
    #[serde(default = "hundred")]
    pub score_maximum: i32,
}

fn of_two_decimals(number: f64) -> Result<(), ValidationError> {
    two_decimals(number)
}

/// Changes of an activity: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"capacity": 15}))]
pub struct ActivityChanges {
    /// Another kind.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<ActivityKind>,
    /// Another title.
    #[schema(min_length = 1, max_length = 300, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another description; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 5000)]
    #[serde(default)]
    pub description: Patch<String>,
    /// Other competencies, all of them.
    #[schema(max_items = 20, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub competencies: Option<Vec<CompetencyAim>>,
    /// Other prerequisites, all of them.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub prerequisites: Option<Prerequisites>,
    /// Other staff, all of them.
    #[schema(max_items = 20, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub staff_ids: Option<Vec<Uuid>>,
    /// Other credit hours.
    #[schema(minimum = 0, maximum = 1000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub credit_hours: Option<f64>,
    /// Another training type; null clears it.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub training_type_id: Patch<Uuid>,
    /// Another scope.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub scope: Option<ActivityScope>,
    /// Another mode.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub mode: Option<ActivityMode>,
    /// Another place; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300, pattern = r"\S")]
    #[serde(default)]
    pub place: Patch<String>,
    /// Another address; null clears it.
    #[schema(value_type = Option<String>, format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    #[serde(default)]
    pub online_url: Patch<String>,
    /// Another programme; null clears it.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub programme_id: Patch<Uuid>,
    /// Another number of seats, not below those taken; null lifts the limit. New seats go to the waiting list at once.
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10_000)]
    #[serde(default)]
    pub capacity: Patch<i32>,
    /// Another beginning of registration; null clears it.
    #[schema(value_type = Option<Instant>)]
    #[serde(default)]
    pub registration_opens_at: Patch<Instant>,
    /// Another end of registration; null clears it.
    #[schema(value_type = Option<Instant>)]
    #[serde(default)]
    pub registration_closes_at: Patch<Instant>,
    /// Other approval.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub approval_stages: Option<ApprovalStages>,
    /// Another way of passing seats on.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub waitlist_policy: Option<WaitlistPolicy>,
    /// Another time for which an offered seat is held, in hours.
    #[schema(minimum = 1, maximum = 720, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub offer_hours: Option<i32>,
    /// Another least share of attendance, in percent.
    #[schema(minimum = 0, maximum = 100, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub least_attendance_percent: Option<i32>,
    /// Another least post-test score; null: no test decides.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 10_000)]
    #[serde(default)]
    pub least_post_test_score: Patch<f64>,
    /// Another best score.
    #[schema(minimum = 1, maximum = 10_000, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub score_maximum: Option<i32>,
}

impl ActivityChanges {
    /// The activity as it is to be: what the patch leaves out stays.
    pub fn onto(self, row: &Model) -> NewActivity {
        let now = NewActivity::from(row);
        NewActivity {
            kind: self.kind.unwrap_or(now.kind),
            title: self.title.unwrap_or(now.title),
            description: self.description.or(now.description),
            competencies: self.competencies.unwrap_or(now.competencies),
            prerequisites: self.prerequisites.unwrap_or(now.prerequisites),
            staff_ids: self.staff_ids.unwrap_or(now.staff_ids),
            credit_hours: self.credit_hours.unwrap_or(now.credit_hours),
            training_type_id: self.training_type_id.or(now.training_type_id),
            scope: self.scope.unwrap_or(now.scope),
            mode: self.mode.unwrap_or(now.mode),
            place: self.place.or(now.place),
            online_url: self.online_url.or(now.online_url),
            programme_id: self.programme_id.or(now.programme_id),
            capacity: self.capacity.or(now.capacity),
            registration_opens_at: self.registration_opens_at.or(now.registration_opens_at),
            registration_closes_at: self.registration_closes_at.or(now.registration_closes_at),
            approval_stages: self.approval_stages.unwrap_or(now.approval_stages),
            waitlist_policy: self.waitlist_policy.unwrap_or(now.waitlist_policy),
            offer_hours: self.offer_hours.unwrap_or(now.offer_hours),
            least_attendance_percent: self.least_attendance_percent.unwrap_or(now.least_attendance_percent),
            least_post_test_score: self.least_post_test_score.or(now.least_post_test_score),
            score_maximum: self.score_maximum.unwrap_or(now.score_maximum),
        }
    }
}

impl From<&Model> for NewActivity {
    fn from(row: &Model) -> Self {
        let row = row.clone();
        Self {
            kind: row.kind,
            title: row.title,
            description: row.description,
            competencies: row.competencies.0,
            prerequisites: row.prerequisites,
            staff_ids: row.staff_ids.0,
            credit_hours: decimal(row.credit_hundredths.into()),
            training_type_id: row.training_type_id,
            scope: row.scope,
            mode: row.mode,
            place: row.place,
            online_url: row.online_url,
            programme_id: row.programme_id,
            capacity: row.capacity,
            registration_opens_at: row.registration_opens_at.map(Instant),
            registration_closes_at: row.registration_closes_at.map(Instant),
            approval_stages: row.approval_stages,
            waitlist_policy: row.waitlist_policy,
            offer_hours: row.offer_hours,
            least_attendance_percent: row.least_attendance_percent,
            least_post_test_score: row.least_post_test_hundredths.map(|score| decimal(score.into())),
            score_maximum: row.score_maximum,
        }
    }
}

impl NewActivity {
    /// An activity of which nothing but kind and title is said.
    pub fn plain(kind: ActivityKind, title: &str) -> Self {
        Self {
            kind,
            title: title.to_owned(),
            description: None,
            competencies: Vec::new(),
            prerequisites: Prerequisites::default(),
            staff_ids: Vec::new(),
            credit_hours: 0.0,
            training_type_id: None,
            scope: ActivityScope::default(),
            mode: ActivityMode::default(),
            place: None,
            online_url: None,
            programme_id: None,
            capacity: None,
            registration_opens_at: None,
            registration_closes_at: None,
            approval_stages: ApprovalStages::default(),
            waitlist_policy: WaitlistPolicy::default(),
            offer_hours: two_days(),
            least_attendance_percent: eighty(),
            least_post_test_score: None,
            score_maximum: hundred(),
        }
    }

    /// Writes it into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.kind = Set(self.kind);
        row.title = Set(self.title.clone());
        row.description = Set(self.description.clone());
        row.competencies = Set(Aims(self.competencies.clone()));
        row.prerequisites = Set(self.prerequisites.clone());
        row.staff_ids = Set(Ids(self.staff_ids.clone()));
        row.credit_hundredths = Set(hundredths(self.credit_hours));
        row.training_type_id = Set(self.training_type_id);
        row.scope = Set(self.scope);
        row.mode = Set(self.mode);
        row.place = Set(self.place.clone());
        row.online_url = Set(self.online_url.clone());
        row.programme_id = Set(self.programme_id);
        row.capacity = Set(self.capacity);
        row.registration_opens_at = Set(self.registration_opens_at.map(|at| at.0));
        row.registration_closes_at = Set(self.registration_closes_at.map(|at| at.0));
        row.approval_stages = Set(self.approval_stages);
        row.waitlist_policy = Set(self.waitlist_policy);
        row.offer_hours = Set(self.offer_hours);
        row.least_attendance_percent = Set(self.least_attendance_percent);
        row.least_post_test_hundredths = Set(self.least_post_test_score.map(hundredths));
        row.score_maximum = Set(self.score_maximum);
        row.search_text = Set(search_text(&[&self.title, self.description.as_deref().unwrap_or_default()]));
    }
}
