use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
pub use super::entity::{MatchingProposalSource, MatchingProposalStatus};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, Page};
use crate::mentoring::matching::terms::{Points, Term};

/// A term of a score: what it is worth, what it counts, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "term": "need", "value": 50, "weight": 30, "points": 1500,
    "explanation": {"id": "Membantu 2 dari 4 level yang ingin dicapai", "en": "Helps with 2 of the 4 levels that are wanted"}
}))]
pub struct ScoreTerm {
    /// Which.
    pub term: Term,
    /// What it is worth.
    #[schema(minimum = 0, maximum = 100)]
    pub value: i32,
    /// What it counts.
    #[schema(minimum = 0, maximum = 100)]
    pub weight: i32,
    /// What it adds to the score: value x weight.
    #[schema(minimum = 0, maximum = 10_000)]
    pub points: i32,
    /// Why.
    pub explanation: Localized,
}

impl From<&Points> for ScoreTerm {
    fn from(points: &Points) -> Self {
        Self {
            term: points.term,
            value: points.value,
            weight: points.weight,
            points: points.points(),
            explanation: points.in_words(),
        }
    }
}

/// A pair of a round (usulan pasangan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000005", "matching_round_id": "019a0000-0000-7000-8000-000000000000",
    "request_id": "019a0000-0000-7000-8000-000000000004", "mentee_id": "019a0000-0000-7000-8000-000000000003",
    "mentee_name": "Rizky Pratama", "mentor_id": "019a0000-0000-7000-8000-000000000001", "mentor_name": "Maria Lestari Bong",
    "score": 1500,
    "terms": [{
        "term": "need", "value": 50, "weight": 30, "points": 1500,
        "explanation": {"id": "Membantu 2 dari 4 level yang ingin dicapai", "en": "Helps with 2 of the 4 levels that are wanted"}
    }],
    "source": "computed", "status": "proposed", "mentorship_id": null, "decided_at": null, "version": 1,
    "created_at": "2026-11-16T01:00:00.000Z", "updated_at": "2026-11-16T01:00:00.000Z", "actions": ["acceptance", "rejection"]
}))]
pub struct MatchingProposal {
    /// The pair.
    pub id: Uuid,
    /// Its round.
    pub matching_round_id: Uuid,
    /// The request.
    pub request_id: Uuid,
    /// Who looks for a mentor.
    pub mentee_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub mentee_name: String,
    /// The mentor.
    pub mentor_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub mentor_name: String,
    /// What the pair is worth: the sum of its terms.
    #[schema(minimum = 0, maximum = 70_000)]
    pub score: i32,
    /// The score, term by term.
    #[schema(max_items = 7)]
    pub terms: Vec<ScoreTerm>,
    /// Who thought of it.
    pub source: MatchingProposalSource,
    /// What was decided.
    pub status: MatchingProposalStatus,
    /// The mentorship that it became.
    #[schema(required)]
    pub mentorship_id: Option<Uuid>,
    /// When it was decided on.
    #[schema(required)]
    pub decided_at: Option<Instant>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was proposed.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What may be done with it next, while its round is open.
    #[schema(max_items = 2)]
    pub actions: Vec<MatchingProposalAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MatchingProposalAction {
    /// It is to become a mentorship.
    Acceptance,
    /// It is not to come again in this round.
    Rejection,
}

/// A page of matching proposals.
pub type MatchingProposalPage = Page<MatchingProposal>;

impl MatchingProposal {
    /// A pair with the names of both; `is_open` says whether its round is.
    pub fn seen(row: &Model, name: impl Fn(Uuid) -> String, is_open: bool) -> Self {
        use MatchingProposalAction::{Acceptance, Rejection};
        let actions: &[_] = match row.status {
            _ if !is_open => &[],
            MatchingProposalStatus::Proposed => &[Acceptance, Rejection],
            MatchingProposalStatus::Accepted => &[Rejection],
            MatchingProposalStatus::Rejected => &[Acceptance],
        };
        Self {
            id: row.id,
            matching_round_id: row.matching_round_id,
            request_id: row.request_id,
            mentee_id: row.mentee_id,
            mentee_name: name(row.mentee_id),
            mentor_id: row.mentor_id,
            mentor_name: name(row.mentor_id),
            score: row.score,
            terms: row.terms.0.iter().map(ScoreTerm::from).collect(),
            source: row.source,
            status: row.status,
            mentorship_id: row.mentorship_id,
            decided_at: row.decided_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            actions: actions.to_vec(),
        }
    }
}

impl Resource for MatchingProposal {
    fn path(&self) -> String {
        format!("/api/v1/matching-proposals/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A pair of an admin's own.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "request_id": "019a0000-0000-7000-8000-000000000004", "mentor_id": "019a0000-0000-7000-8000-000000000001"
}))]
pub struct NewMatchingProposal {
    /// The open request.
    pub request_id: Uuid,
    /// The mentor: somebody with a mentor profile.
    pub mentor_id: Uuid,
}

/// Which proposals of a round to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MatchingProposalFilter {
    /// Decided on in one of these ways, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "proposed", pattern = "^(proposed|accepted|rejected)(,(proposed|accepted|rejected))*$")]
    pub status: Option<AnyOf<MatchingProposalStatus>>,
    /// With this mentor.
    pub mentor_id: Option<Uuid>,
    /// For this mentee.
    pub mentee_id: Option<Uuid>,
}

impl MatchingProposalFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.status.as_ref().map(|any| Column::Status.is_in(any.0.iter().copied())))
            .add_option(self.mentor_id.map(|id| Column::MentorId.eq(id)))
            .add_option(self.mentee_id.map(|id| Column::MenteeId.eq(id)))
    }
}
