use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

pub use super::entity::{CampaignAudience, CampaignStatus, SubjectKind};
use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::Access;
use crate::surveys::results::release::FEWEST_STRICT;
use crate::surveys::statistics::sample::krejcie_morgan;

/// What a campaign is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "service", "id": null}))]
pub struct CampaignSubject {
    /// What kind of object.
    pub kind: SubjectKind,
    /// The object; null for the library's service, and for mentoring as a whole.
    #[schema(required)]
    #[serde(default)]
    pub id: Option<Uuid>,
}

/// A campaign (pelaksanaan survei): a questionnaire asked of somebody for a while.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "questionnaire_id": "019a0000-0000-7000-8000-000000000001",
    "title": {"id": "Survei Kepuasan Masyarakat 2026", "en": "Citizen satisfaction survey 2026"},
    "subject": {"kind": "service", "id": null}, "audience": "readers", "is_anonymous": true, "opens_on": "2026-03-02",
    "closes_on": "2026-03-31", "population": 500, "target_sample": 217, "status": "open", "response_count": 12,
    "tokens_issued": 0, "tokens_left": 0, "has_link": true, "opened_at": "2026-03-02T01:00:00.000Z", "closed_at": null,
    "job_id": null, "results_frozen_at": null, "reason": null, "published_at": null, "publication_reason": null, "version": 3, "created_at": "2026-03-02T00:30:00.000Z",
    "updated_at": "2026-03-02T01:00:00.000Z", "actions": ["tokens", "link", "closing", "cancellation"]
}))]
pub struct Campaign {
    /// The campaign.
    pub id: Uuid,
    /// The edition of the questionnaire that is asked.
    pub questionnaire_id: Uuid,
    /// The title that people read.
    pub title: Localized,
    /// What it is about; null for nothing in particular.
    #[schema(required)]
    pub subject: Option<CampaignSubject>,
    /// Who is asked.
    pub audience: CampaignAudience,
    /// Whether nobody can be tied to an answer; else people answer by name.
    pub is_anonymous: bool,
    /// The first day on which it takes answers.
    pub opens_on: NaiveDate,
    /// The last day.
    pub closes_on: NaiveDate,
    /// How many people could answer (N); null where nobody said.
    #[schema(required, minimum = 1, maximum = 100_000_000)]
    pub population: Option<i32>,
    /// How many should (n), by Krejcie and Morgan; null without a population.
    #[schema(required, minimum = 1, maximum = 1000)]
    pub target_sample: Option<i32>,
    /// Where it stands.
    pub status: CampaignStatus,
    /// How many answered. Null for all but admins where fewer than ten did: who knows of each other that they were asked could else
    /// tell from it who answered.
    #[schema(required, minimum = 0, maximum = 2_147_483_647)]
    pub response_count: Option<i32>,
    /// How many one-time tokens were made.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub tokens_issued: i32,
    /// How many of them can still be used; null for all but admins.
    #[schema(required, minimum = 0, maximum = 1_000_000)]
    pub tokens_left: Option<i32>,
    /// Whether it has an open link.
    pub has_link: bool,
    /// When it was opened; null before.
    #[schema(required)]
    pub opened_at: Option<Instant>,
    /// When it was closed; null before.
    #[schema(required)]
    pub closed_at: Option<Instant>,
    /// The job that counts its answers, where they are more than 1,000; fewer are counted with the close.
    #[schema(required)]
    pub job_id: Option<Uuid>,
    /// When its answers were counted and its results frozen; null before.
    #[schema(required)]
    pub results_frozen_at: Option<Instant>,
    /// Why it was called off.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// When its results were published; null before.
    #[schema(required)]
    pub published_at: Option<Instant>,
    /// Why they were published although fewer answered than should.
    #[schema(required, max_length = 1000)]
    pub publication_reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 5)]
    pub actions: Vec<CampaignAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CampaignAction {
    /// Let it take answers.
    Opening,
    /// Make one-time tokens.
    Tokens,
    /// Make its open link.
    Link,
    /// Let it take no more answers.
    Closing,
    /// Call it off.
    Cancellation,
    /// Publish its results.
    Publication,
}

/// A page of campaigns.
pub type CampaignPage = Page<Campaign>;

/// How many answers a campaign has, and how many unused tokens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Answers.
    pub responses: i32,
    /// Tokens that can still be used.
    pub tokens: i32,
}

/// How many should answer for the sample to speak for this many people.
pub fn target_of(population: i32) -> i32 {
    let sample = krejcie_morgan(u64::try_from(population).unwrap_or_default());
    i32::try_from(sample).unwrap_or(i32::MAX)
}

impl Campaign {
    /// A campaign as this caller sees it.
    pub fn seen(row: Model, counts: Counts, access: &Access) -> Self {
        let is_admin = access.is_admin();
        let answered = row.response_count.unwrap_or(counts.responses);
        let enough = u64::try_from(answered).is_ok_and(|answered| answered >= FEWEST_STRICT);
        Self {
            actions: if is_admin { actions(&row) } else { Vec::new() },
            id: row.id,
            questionnaire_id: row.questionnaire_id,
            title: row.title,
            subject: row.subject_kind.map(|kind| CampaignSubject { kind, id: row.subject_id }),
            audience: row.audience,
            is_anonymous: row.is_anonymous,
            opens_on: row.opens_on,
            closes_on: row.closes_on,
            population: row.population,
            target_sample: row.population.map(target_of),
            status: row.status,
            response_count: (is_admin || enough).then_some(answered),
            tokens_issued: row.tokens_issued,
            tokens_left: is_admin.then_some(counts.tokens),
            has_link: row.link_hash.is_some(),
            opened_at: row.opened_at.map(Instant),
            closed_at: row.closed_at.map(Instant),
            job_id: row.job_id,
            results_frozen_at: row.results_frozen_at.map(Instant),
            reason: row.reason,
            published_at: row.published_at.map(Instant),
            publication_reason: row.publication_reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

fn actions(row: &Model) -> Vec<CampaignAction> {
    use CampaignAction::{Cancellation, Closing, Link, Opening, Publication, Tokens};
    let open: &[_] = match row.status {
        CampaignStatus::Draft => &[Tokens, Link, Opening, Cancellation],
        CampaignStatus::Open => &[Tokens, Link, Closing, Cancellation],
        CampaignStatus::Closed if row.published_at.is_none() && row.results_frozen_at.is_some() => &[Publication],
        CampaignStatus::Closed | CampaignStatus::Cancelled => &[],
    };
    let by_name = !row.is_anonymous;
    open.iter().filter(|step| !(by_name && matches!(step, Tokens | Link))).copied().collect()
}

impl Resource for Campaign {
    fn path(&self) -> String {
        format!("/api/v1/campaigns/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// New one-time tokens (token sekali pakai). Nothing keeps them but this answer, and nothing says who gets which.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "tokens": ["069T0000003G00400000000000006YQ8J6DT31V5QAM7BCH2W0NXKEGPZR4S9FC1"], "tokens_issued": 12
}))]
pub struct CampaignTokens {
    /// The tokens; each answers once, at `public/surveys/{token}`.
    #[schema(max_items = 1000)]
    pub tokens: Vec<SurveyToken>,
    /// How many the campaign has had so far.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub tokens_issued: i32,
}

/// A token in Crockford's base 32.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(
    max_length = 100,
    pattern = "^[0-9A-Z]+$",
    example = "069T0000003G00400000000000006YQ8J6DT31V5QAM7BCH2W0NXKEGPZR4S9FC1"
)]
pub struct SurveyToken(pub String);

/// The open link of a campaign (tautan terbuka). Anybody who has it may answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "token": "5K9QXW3Z7T1MBN8R4V0C6YH2JDGPAESF", "path": "/api/v1/public/surveys/5K9QXW3Z7T1MBN8R4V0C6YH2JDGPAESF"
}))]
pub struct CampaignLink {
    /// The token in it.
    #[schema(max_length = 100)]
    pub token: String,
    /// Where to answer.
    #[schema(max_length = 200)]
    pub path: String,
}

impl CampaignLink {
    /// The link with this token.
    pub fn new(token: String) -> Self {
        Self { path: format!("/api/v1/public/surveys/{token}"), token }
    }
}

/// Which campaigns to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CampaignFilter {
    /// Of this edition of a questionnaire.
    pub questionnaire_id: Option<Uuid>,
    /// About this object.
    pub subject_id: Option<Uuid>,
    /// About this kind of object.
    #[param(inline)]
    pub subject_kind: Option<SubjectKind>,
    /// Asking these people.
    #[param(inline)]
    pub audience: Option<CampaignAudience>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 60, example = "open", pattern = "^(draft|open|closed|cancelled)(,(draft|open|closed|cancelled))*$")]
    pub status: Option<AnyOf<CampaignStatus>>,
    /// Words of the title.
    #[param(max_length = 200, example = "kepuasan")]
    pub q: Option<String>,
}

impl CampaignFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.questionnaire_id.map(|id| Column::QuestionnaireId.eq(id)))
            .add_option(self.subject_id.map(|id| Column::SubjectId.eq(id)))
            .add_option(self.subject_kind.map(|kind| Column::SubjectKind.eq(kind)))
            .add_option(self.audience.map(|audience| Column::Audience.eq(audience)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}
