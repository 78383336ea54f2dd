use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::content::Decision;
use super::entity::{Column, Model, ReviewStatus};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::Access;

/// An evaluation meeting (rapat evaluasi berkala).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000060", "title": "Evaluasi triwulan III 2026", "held_on": "2026-10-05",
    "programme_id": null, "participant_ids": ["019a0000-0000-7000-8000-000000000001"],
    "agenda": "Hasil SKM, capaian 20 JP, tindak lanjut", "minutes": "Unsur U3 turun; antrean di loket dibahas.",
    "decisions": ["Loket pengembalian dibuka sampai pukul 20.00"], "status": "held", "closed_at": null, "version": 3,
    "created_at": "2026-09-28T01:00:00.000Z", "updated_at": "2026-10-05T04:00:00.000Z", "actions": ["closure"]
}))]
pub struct Review {
    /// The review.
    pub id: Uuid,
    /// What it is about.
    #[schema(max_length = 200)]
    pub title: String,
    /// The day of the meeting, planned or past.
    pub held_on: NaiveDate,
    /// The programme that is looked at.
    #[schema(required)]
    pub programme_id: Option<Uuid>,
    /// Who takes part.
    #[schema(max_items = 100)]
    pub participant_ids: Vec<Uuid>,
    /// What is to be talked about.
    #[schema(required, max_length = 4000)]
    pub agenda: Option<String>,
    /// What was said (notula).
    #[schema(required, max_length = 20_000)]
    pub minutes: Option<String>,
    /// What was decided, in order.
    #[schema(max_items = 50, value_type = Vec<Decision>)]
    pub decisions: Vec<String>,
    /// Where it stands.
    pub status: ReviewStatus,
    /// When it was closed.
    #[schema(required)]
    pub closed_at: Option<Instant>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 1)]
    pub actions: Vec<ReviewAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewAction {
    /// Say that it was held.
    Holding,
    /// Close it.
    Closure,
}

/// A page of reviews.
pub type ReviewPage = Page<Review>;

impl Review {
    /// A review as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        let next = match row.status {
            ReviewStatus::Planned => Some(ReviewAction::Holding),
            ReviewStatus::Held => Some(ReviewAction::Closure),
            ReviewStatus::Closed => None,
        };
        Self {
            id: row.id,
            title: row.title,
            held_on: row.held_on,
            programme_id: row.programme_id,
            participant_ids: row.participant_ids.0,
            agenda: row.agenda,
            minutes: row.minutes,
            decisions: row.decisions.0,
            status: row.status,
            closed_at: row.closed_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            actions: next.filter(|_| access.is_admin()).into_iter().collect(),
        }
    }
}

impl Resource for Review {
    fn path(&self) -> String {
        format!("/api/v1/reviews/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which reviews to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ReviewFilter {
    /// Reviews whose title or agenda holds these words.
    #[param(max_length = 100, example = "triwulan")]
    pub q: Option<String>,
    /// In any of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 40, example = "held", pattern = "^(planned|held|closed)(,(planned|held|closed))*$")]
    pub status: Option<AnyOf<ReviewStatus>>,
    /// Of this programme.
    pub programme_id: Option<Uuid>,
}

impl ReviewFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.status.as_ref().map(|any| Column::Status.is_in(any.0.iter().copied())))
            .add_option(self.programme_id.map(|id| Column::ProgrammeId.eq(id)))
    }
}
