use chrono::NaiveDate;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, FromJsonQueryResult};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::MatchingRoundStatus;
use super::entity::{Column, Model, unmatched};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, Page};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;
use crate::mentoring::matching::blocked::{BlockingRule, Relaxation};
use crate::mentoring::matching::terms::Weights;

/// Two people who are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "mentee_id": "019a0000-0000-7000-8000-000000000003", "mentor_id": "019a0000-0000-7000-8000-000000000001"
}))]
pub struct ExcludedPair {
    /// Who looks for a mentor.
    pub mentee_id: Uuid,
    /// Who is not to be their mentor.
    pub mentor_id: Uuid,
}

/// What a round goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "weights": {"need": 30, "strength": 20, "distance": 15, "availability": 15, "wish": 10, "load": 5, "earlier": 5},
    "excluded_pairs": []
}))]
pub struct MatchingParameters {
    /// What each term of a score counts.
    #[validate(nested)]
    #[serde(default)]
    pub weights: Weights,
    /// Pairs that are not wanted.
    #[validate(nested, length(max = 500))]
    #[schema(max_items = 500)]
    #[serde(default)]
    pub excluded_pairs: Vec<ExcludedPair>,
}

/// A round of matching (putaran pemasangan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "title": "Putaran awal 2027", "starts_on": "2027-01-11", "ends_on": "2027-12-17",
    "parameters": {
        "weights": {"need": 30, "strength": 20, "distance": 15, "availability": 15, "wish": 10, "load": 5, "earlier": 5},
        "excluded_pairs": []
    },
    "status": "executed", "job_id": "019a0000-0000-7000-8000-000000000070", "request_count": 14, "mentor_count": 5,
    "matched_count": 12, "unmatched_count": 2, "total_score": 84210, "executed_at": "2026-11-16T01:00:00.000Z",
    "published_at": null, "version": 3, "created_at": "2026-11-09T01:00:00.000Z", "updated_at": "2026-11-16T01:00:00.000Z",
    "actions": ["execution", "acceptance", "publication", "cancellation"]
}))]
pub struct MatchingRound {
    /// The round.
    pub id: Uuid,
    /// What it is called.
    #[schema(max_length = 200)]
    pub title: String,
    /// The first day of the mentorships.
    pub starts_on: NaiveDate,
    /// Their last day; null where they stay open.
    #[schema(required)]
    pub ends_on: Option<NaiveDate>,
    /// What it goes by.
    pub parameters: MatchingParameters,
    /// Where it stands.
    pub status: MatchingRoundStatus,
    /// The last job that executed it; null before the first.
    #[schema(required)]
    pub job_id: Option<Uuid>,
    /// Open requests that the last execution saw.
    #[schema(minimum = 0, maximum = 10_000)]
    pub request_count: i32,
    /// Mentors that the last execution saw.
    #[schema(minimum = 0, maximum = 10_000)]
    pub mentor_count: i32,
    /// Requests with a pair after the last execution, accepted ones included.
    #[schema(minimum = 0, maximum = 10_000)]
    pub matched_count: i32,
    /// Requests for which it found nobody.
    #[schema(minimum = 0, maximum = 10_000)]
    pub unmatched_count: i32,
    /// The sum of the scores of all pairs.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub total_score: i64,
    /// When it was last executed.
    #[schema(required)]
    pub executed_at: Option<Instant>,
    /// When it was published.
    #[schema(required)]
    pub published_at: Option<Instant>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What may be done with it next.
    #[schema(max_items = 4)]
    pub actions: Vec<MatchingRoundAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MatchingRoundAction {
    /// Find the best pairs, or find them anew.
    Execution,
    /// Accept every proposal that is still open.
    Acceptance,
    /// Make mentorships of the accepted pairs.
    Publication,
    /// Give it up.
    Cancellation,
}

/// A page of matching rounds.
pub type MatchingRoundPage = Page<MatchingRound>;

impl From<Model> for MatchingRound {
    fn from(row: Model) -> Self {
        use MatchingRoundAction::{Acceptance, Cancellation, Execution, Publication};
        Self {
            actions: match row.status {
                MatchingRoundStatus::Draft => vec![Execution, Cancellation],
                MatchingRoundStatus::Executed => vec![Execution, Acceptance, Publication, Cancellation],
                MatchingRoundStatus::Published | MatchingRoundStatus::Cancelled => Vec::new(),
            },
            id: row.id,
            title: row.title,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            parameters: row.parameters,
            status: row.status,
            job_id: row.job_id,
            request_count: row.request_count,
            mentor_count: row.mentor_count,
            matched_count: row.matched_count,
            unmatched_count: row.unmatched_count,
            total_score: row.total_score,
            executed_at: row.executed_at.map(Instant),
            published_at: row.published_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for MatchingRound {
    fn path(&self) -> String {
        format!("/api/v1/matching-rounds/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A round to be prepared.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "Putaran awal 2027", "starts_on": "2027-01-11", "ends_on": "2027-12-17"}))]
pub struct NewMatchingRound {
    /// What it is called.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: String,
    /// The first day of the mentorships.
    #[validate(custom(function = validation::day))]
    pub starts_on: NaiveDate,
    /// Their last day.
    #[validate(custom(function = validation::day))]
    pub ends_on: Option<NaiveDate>,
    /// What it goes by.
    #[validate(nested)]
    #[serde(default)]
    pub parameters: MatchingParameters,
}

/// Changes of a round: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "Putaran awal 2027, kedua"}))]
pub struct MatchingRoundChanges {
    /// Another title.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another first day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub starts_on: Option<NaiveDate>,
    /// Another last day; null leaves the mentorships open.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub ends_on: Patch<NaiveDate>,
    /// Other parameters, all of them; the round is to be executed anew.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub parameters: Option<MatchingParameters>,
}

impl MatchingRoundChanges {
    /// What the round says afterwards.
    pub fn onto(self, row: &Model) -> NewMatchingRound {
        let row = row.clone();
        NewMatchingRound {
            title: self.title.unwrap_or(row.title),
            starts_on: self.starts_on.unwrap_or(row.starts_on),
            ends_on: self.ends_on.or(row.ends_on),
            parameters: self.parameters.unwrap_or(row.parameters),
        }
    }
}

/// Which matching rounds to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MatchingRoundFilter {
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "executed", pattern = "^(draft|executed|published|cancelled)(,(draft|executed|published|cancelled))*$")]
    pub status: Option<AnyOf<MatchingRoundStatus>>,
}

impl MatchingRoundFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all().add_option(self.status.as_ref().map(|any| Column::Status.is_in(any.0.iter().copied())))
    }
}

/// Somebody for whom a round found no mentor.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "request_id": "019a0000-0000-7000-8000-000000000004", "mentee_id": "019a0000-0000-7000-8000-000000000003",
    "mentee_name": "Rizky Pratama", "rule": "capacity",
    "explanation": {"id": "Semua mentor yang cocok sudah penuh", "en": "Every mentor who fits is full"},
    "relaxation": {
        "kind": "capacity", "also": null, "mentor_id": "019a0000-0000-7000-8000-000000000001", "total_score": 91000,
        "explanation": {"id": "Satu tempat lagi pada mentor ini", "en": "One more place with this mentor"}
    },
    "mentor_name": "Maria Lestari Bong"
}))]
pub struct UnmatchedRequest {
    /// The request.
    pub request_id: Uuid,
    /// Who looks for a mentor.
    pub mentee_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub mentee_name: String,
    /// The rule that stood in the way: of several, the one that came nearest to a pair.
    pub rule: BlockingRule,
    /// The same in words.
    pub explanation: Localized,
    /// What would help at the least cost, everybody else keeping a mentor; null where nothing would.
    #[schema(required)]
    pub relaxation: Option<Relaxation>,
    /// The name of the relaxation's mentor.
    #[schema(required, max_length = 200)]
    pub mentor_name: Option<String>,
}

/// A page of people left.
pub type UnmatchedRequestPage = Page<UnmatchedRequest>;

/// Which of the people left to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct UnmatchedFilter {
    /// Held back by this rule.
    #[param(inline)]
    pub rule: Option<BlockingRule>,
}

impl UnmatchedFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all().add_option(self.rule.map(|rule| unmatched::Column::Rule.eq(rule)))
    }
}
