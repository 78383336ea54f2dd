use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::MentoringRequestStatus;
use super::entity::{Column, Model};
use crate::competencies::aims::CompetencyAim;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, Page};
use crate::kernel::policy::Access;
use crate::kernel::validation;
use crate::mentoring::availability::{LanguageCode, WeeklyTime};
use crate::mentoring::matching::blocked::{BlockingRule, Relaxation};

/// Why the last round of matching found no mentor, and what would change that at the least cost.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "rule": "capacity", "explanation": {"id": "Semua mentor yang cocok sudah penuh", "en": "Every mentor who fits is full"},
    "relaxation": {
        "kind": "capacity", "also": null, "mentor_id": "019a0000-0000-7000-8000-000000000001", "total_score": 91000,
        "explanation": {"id": "Satu tempat lagi pada mentor ini", "en": "One more place with this mentor"}
    }
}))]
pub struct RequestObstacle {
    /// The rule that stood in the way.
    pub rule: BlockingRule,
    /// The same in words.
    pub explanation: Localized,
    /// What would have helped at the least cost; null where nothing would, or where it is for an admin alone to know.
    #[schema(required)]
    pub relaxation: Option<Relaxation>,
}

/// What somebody wants to reach with a mentor's help (permohonan pembimbingan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "librarian_id": "019a0000-0000-7000-8000-000000000003",
    "goals": [{"competency_id": "019a0000-0000-7000-8000-000000000002", "level": 3}], "preferred_mentor_ids": [],
    "times": [{"weekday": "tuesday", "starts_at": "09:00", "ends_at": "11:30"}], "languages": ["id"],
    "note": "Saya ingin mengatalog naskah", "status": "open", "matching_round_id": null, "mentorship_id": null, "obstacle": null,
    "decided_at": null, "reason": null, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z", "actions": ["withdrawal"]
}))]
pub struct MentoringRequest {
    /// The request.
    pub id: Uuid,
    /// Who looks for a mentor.
    pub librarian_id: Uuid,
    /// What the person wants to reach: a level of each competency.
    #[schema(max_items = 10)]
    pub goals: Vec<CompetencyAim>,
    /// Mentors whom the person would like; a wish, not a condition.
    #[schema(max_items = 5)]
    pub preferred_mentor_ids: Vec<Uuid>,
    /// When in the week the person has time; empty where they did not say.
    #[schema(max_items = 14)]
    pub times: Vec<WeeklyTime>,
    /// Languages in which the person would like to be helped (ISO 639); empty where any will do.
    #[schema(max_items = 10, value_type = Vec<LanguageCode>)]
    pub languages: Vec<String>,
    /// What else the person wishes for.
    #[schema(required, max_length = 2000)]
    pub note: Option<String>,
    /// Where it stands.
    pub status: MentoringRequestStatus,
    /// The last round of matching that was published with it.
    #[schema(required)]
    pub matching_round_id: Option<Uuid>,
    /// The pair that came of it.
    #[schema(required)]
    pub mentorship_id: Option<Uuid>,
    /// Why the last round found nobody; null where there was none, or it found somebody.
    #[schema(required)]
    pub obstacle: Option<RequestObstacle>,
    /// When it was matched, withdrawn or closed.
    #[schema(required)]
    pub decided_at: Option<Instant>,
    /// Why it was withdrawn or closed.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was written.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 2)]
    pub actions: Vec<MentoringRequestAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MentoringRequestAction {
    /// Take it back.
    Withdrawal,
    /// Close it without a mentor.
    Closure,
}

/// A page of mentoring requests.
pub type MentoringRequestPage = Page<MentoringRequest>;

impl MentoringRequest {
    /// A request as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        let is_admin = access.is_admin();
        Self {
            actions: actions(row.status, is_admin),
            id: row.id,
            librarian_id: row.librarian_id,
            goals: row.goals.0,
            preferred_mentor_ids: row.preferred_mentors.0,
            times: row.times.0,
            languages: row.languages.0,
            note: row.note,
            status: row.status,
            matching_round_id: row.matching_round_id,
            mentorship_id: row.mentorship_id,
            obstacle: row.obstacle.map(|obstacle| RequestObstacle {
                rule: obstacle.rule,
                explanation: obstacle.rule.in_words(),
                // Who was kept from whom by an admin is not for the person to read.
                relaxation: obstacle
                    .relief
                    .filter(|relief| is_admin || !relief.is_confidential())
                    .map(Relaxation::from),
            }),
            decided_at: row.decided_at.map(Instant),
            reason: row.reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

fn actions(status: MentoringRequestStatus, is_admin: bool) -> Vec<MentoringRequestAction> {
    if status != MentoringRequestStatus::Open {
        return Vec::new();
    }
    let closure = is_admin.then_some(MentoringRequestAction::Closure);
    std::iter::once(MentoringRequestAction::Withdrawal).chain(closure).collect()
}

impl Resource for MentoringRequest {
    fn path(&self) -> String {
        format!("/api/v1/mentoring-requests/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Why a request is closed.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Dibantu langsung oleh kepala unit"}))]
pub struct RequestClosure {
    /// For the person to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// Which mentoring requests to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MentoringRequestFilter {
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "open", pattern = "^(open|matched|withdrawn|closed)(,(open|matched|withdrawn|closed))*$")]
    pub status: Option<AnyOf<MentoringRequestStatus>>,
    /// Published with this round of matching.
    pub matching_round_id: Option<Uuid>,
}

impl MentoringRequestFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.matching_round_id.map(|id| Column::MatchingRoundId.eq(id)))
    }
}
