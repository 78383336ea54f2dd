use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

pub use super::entity::MentoringMeetingStatus;
use super::entity::{Column, MeetingActionItem, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page};
use crate::staff::mentorships::entity::MentorshipKind;

/// A meeting (pertemuan) of a mentor with one mentee or several.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000030", "mentor_id": "019a0000-0000-7000-8000-000000000001",
    "mentorship_ids": ["019a0000-0000-7000-8000-000000000000"], "kind": "mentoring", "starts_at": "2026-03-09T02:00:00.000Z",
    "minutes": 90, "place": "Ruang pengolahan lantai 2", "online_url": null, "agenda": "Memeriksa sepuluh cantuman koleksi lokal",
    "shared_notes": null, "action_items": [], "status": "planned", "cancel_reason": null, "version": 1,
    "created_at": "2026-03-02T01:00:00.000Z", "updated_at": "2026-03-02T01:00:00.000Z", "actions": ["completion", "cancellation"]
}))]
pub struct MentoringMeeting {
    /// The meeting.
    pub id: Uuid,
    /// The mentor.
    pub mentor_id: Uuid,
    /// The pairs that take part, all of this mentor: one, or several (group mentoring).
    #[schema(max_items = 30)]
    pub mentorship_ids: Vec<Uuid>,
    /// That of its pairs: what it is credited by once it was held. The credit itself is in the ledger, with this meeting as
    /// `source_id`.
    pub kind: MentorshipKind,
    /// When it begins.
    pub starts_at: Instant,
    /// How long it is to be.
    #[schema(minimum = 1, maximum = 1_440)]
    pub minutes: i32,
    /// Where.
    #[schema(required, max_length = 200)]
    pub place: Option<String>,
    /// Where online.
    #[schema(required, max_length = 2000)]
    pub online_url: Option<String>,
    /// What it is to be about.
    #[schema(required, max_length = 4000)]
    pub agenda: Option<String>,
    /// What was found, for all who take part to read.
    #[schema(required, max_length = 10_000)]
    pub shared_notes: Option<String>,
    /// Who is to do what.
    #[schema(max_items = 30)]
    pub action_items: Vec<MeetingActionItem>,
    /// Where it stands.
    pub status: MentoringMeetingStatus,
    /// Why it was called off; null where it was not, or its pair ended before.
    #[schema(required, max_length = 1000)]
    pub cancel_reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was planned.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 2)]
    pub actions: Vec<MentoringMeetingAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MentoringMeetingAction {
    /// Say that it was held.
    Completion,
    /// Call it off, or take back that it was held.
    Cancellation,
}

/// A page of meetings.
pub type MentoringMeetingPage = Page<MentoringMeeting>;

impl MentoringMeeting {
    /// A meeting with its pairs and what the caller may do with it.
    pub fn seen(row: Model, mentorship_ids: Vec<Uuid>, actions: Vec<MentoringMeetingAction>) -> Self {
        Self {
            id: row.id,
            mentor_id: row.mentor_id,
            mentorship_ids,
            kind: row.kind,
            starts_at: Instant(row.starts_at),
            minutes: row.minutes,
            place: row.place,
            online_url: row.online_url,
            agenda: row.agenda,
            shared_notes: row.shared_notes,
            action_items: row.action_items.0,
            status: row.status,
            cancel_reason: row.cancel_reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            actions,
        }
    }
}

impl Resource for MentoringMeeting {
    fn path(&self) -> String {
        format!("/api/v1/mentoring-meetings/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which meetings to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MentoringMeetingFilter {
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 40, example = "planned", pattern = "^(planned|held|cancelled)(,(planned|held|cancelled))*$")]
    pub status: Option<AnyOf<MentoringMeetingStatus>>,
    /// Beginning at this instant or later.
    pub starts_at_gte: Option<Instant>,
    /// Beginning before this instant.
    pub starts_at_lt: Option<Instant>,
}

impl MentoringMeetingFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.starts_at_gte.map(|from| Column::StartsAt.gte(from.0)))
            .add_option(self.starts_at_lt.map(|until| Column::StartsAt.lt(until.0)))
    }
}
