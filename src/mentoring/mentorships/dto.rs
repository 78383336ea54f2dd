use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::lifecycle::{may_complete, side_of};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page};
use crate::kernel::patch::Patch;
use crate::kernel::policy::Access;
use crate::kernel::validation;
pub use crate::staff::mentorships::entity::MentorshipKind;
use crate::staff::mentorships::entity::{Column, MentorshipStage, Model, not_over, standing, under_way};

/// Where a pair stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentorshipStatus {
    /// Waits for one of the two to accept, or both (diusulkan).
    Proposed,
    /// Agreed, and yet to begin (disetujui).
    Accepted,
    /// Under way: the mentor reads the mentee's records (berjalan).
    Active,
    /// Over: brought to its end, or its last day has passed (selesai).
    Completed,
    /// Broken off (berhenti lebih awal).
    EndedEarly,
    /// One of the two does not want it (ditolak).
    Declined,
}

impl MentorshipStatus {
    /// Where a pair stands on this day.
    pub fn of(row: &Model, on: NaiveDate) -> Self {
        match row.stage {
            MentorshipStage::Proposed => Self::Proposed,
            MentorshipStage::Declined => Self::Declined,
            MentorshipStage::Completed => Self::Completed,
            MentorshipStage::EndedEarly => Self::EndedEarly,
            MentorshipStage::Agreed if !row.stands(on) => Self::Completed,
            MentorshipStage::Agreed if row.starts_on > on => Self::Accepted,
            MentorshipStage::Agreed => Self::Active,
        }
    }

    /// The pairs that stand there on this day.
    fn condition(self, on: NaiveDate) -> Condition {
        let stage = |stage: MentorshipStage| Condition::all().add(Column::Stage.eq(stage));
        match self {
            Self::Proposed => stage(MentorshipStage::Proposed),
            Self::Declined => stage(MentorshipStage::Declined),
            Self::EndedEarly => stage(MentorshipStage::EndedEarly),
            Self::Completed => Condition::any()
                .add(stage(MentorshipStage::Completed))
                .add(stage(MentorshipStage::Agreed).add(Column::EndsOn.lt(on))),
            Self::Accepted => standing(on).add(Column::StartsOn.gt(on)),
            Self::Active => under_way(on),
        }
    }
}

/// A mentor and a mentee.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "mentor_id": "019a0000-0000-7000-8000-000000000001",
    "mentee_id": "019a0000-0000-7000-8000-000000000002", "kind": "mentoring", "status": "active", "starts_on": "2026-01-12",
    "ends_on": null, "mentor_accepted_at": "2026-01-07T02:00:00.000Z", "mentee_accepted_at": "2026-01-06T02:00:00.000Z",
    "ended_at": null, "end_reason": null, "version": 3, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-07T02:00:00.000Z", "actions": ["completion", "termination"]
}))]
pub struct Mentorship {
    /// The mentorship.
    pub id: Uuid,
    /// The librarian who mentors.
    pub mentor_id: Uuid,
    /// The librarian who is mentored.
    pub mentee_id: Uuid,
    /// How the mentor helps; its meetings are credited by it.
    pub kind: MentorshipKind,
    /// Where it stands today.
    pub status: MentorshipStatus,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; null while it is open.
    #[schema(required)]
    pub ends_on: Option<NaiveDate>,
    /// When the mentor accepted; null where it waits for that, or an admin entered the pair as agreed.
    #[schema(required)]
    pub mentor_accepted_at: Option<Instant>,
    /// When the mentee accepted; null where it waits for that, or an admin entered the pair as agreed.
    #[schema(required)]
    pub mentee_accepted_at: Option<Instant>,
    /// When it was declined, completed or broken off.
    #[schema(required)]
    pub ended_at: Option<Instant>,
    /// Why it was broken off; also where one of the two left the library before it was agreed.
    #[schema(required, max_length = 1000)]
    pub end_reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 4)]
    pub actions: Vec<MentorshipAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MentorshipAction {
    /// Say that one wants it.
    Acceptance,
    /// Say that one does not.
    Decline,
    /// Bring it to its end.
    Completion,
    /// Break it off.
    Termination,
}

/// A page of mentorships.
pub type MentorshipPage = Page<Mentorship>;

impl Mentorship {
    /// A pair as this caller sees it on this day.
    pub fn seen(row: Model, access: &Access, on: NaiveDate) -> Self {
        let status = MentorshipStatus::of(&row, on);
        Self {
            actions: actions(&row, status, access),
            id: row.id,
            mentor_id: row.mentor_id,
            mentee_id: row.mentee_id,
            kind: row.kind,
            status,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            mentor_accepted_at: row.mentor_accepted_at.map(Instant),
            mentee_accepted_at: row.mentee_accepted_at.map(Instant),
            ended_at: row.ended_at.map(Instant),
            end_reason: row.end_reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

fn actions(row: &Model, status: MentorshipStatus, access: &Access) -> Vec<MentorshipAction> {
    use MentorshipAction::{Acceptance, Completion, Decline, Termination};
    let side = side_of(row, access);
    if side.is_none() {
        return Vec::new();
    }
    match status {
        MentorshipStatus::Proposed if side.is_some_and(|side| side.waits(row)) => vec![Acceptance, Decline],
        MentorshipStatus::Proposed => vec![Decline],
        MentorshipStatus::Active if may_complete(row, access) => vec![Completion, Termination],
        MentorshipStatus::Accepted | MentorshipStatus::Active => vec![Termination],
        MentorshipStatus::Completed | MentorshipStatus::EndedEarly | MentorshipStatus::Declined => Vec::new(),
    }
}

impl Resource for Mentorship {
    fn path(&self) -> String {
        format!("/api/v1/mentorships/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A mentorship to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "mentor_id": "019a0000-0000-7000-8000-000000000001", "mentee_id": "019a0000-0000-7000-8000-000000000002",
    "starts_on": "2026-01-12", "ends_on": null
}))]
pub struct NewMentorship {
    /// The librarian who mentors.
    pub mentor_id: Uuid,
    /// The librarian who is mentored.
    pub mentee_id: Uuid,
    /// How the mentor helps.
    #[serde(default)]
    pub kind: MentorshipKind,
    /// The first day. What is proposed begins on the day on which both have accepted, at the earliest.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// Whether both are to accept first; else it is agreed already.
    #[serde(default)]
    pub is_proposal: bool,
}

/// Changes of a mentorship: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"ends_on": "2026-12-31"}))]
pub struct MentorshipChanges {
    /// Another last day; null leaves it open.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub ends_on: Patch<NaiveDate>,
}

/// Why a mentorship is broken off.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Mentor pindah tugas ke dinas lain"}))]
pub struct TerminationReason {
    /// For both to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// Which mentorships to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MentorshipFilter {
    /// Of this mentor.
    pub mentor_id: Option<Uuid>,
    /// Of this mentee.
    pub mentee_id: Option<Uuid>,
    /// Those that hold on this day: agreed, and one of their days.
    #[param(example = "2026-06-30")]
    pub on: Option<NaiveDate>,
    /// Standing there today, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "active", pattern = "^(proposed|accepted|active|completed|ended_early|declined)(,(proposed|accepted|active|completed|ended_early|declined))*$")]
    pub status: Option<AnyOf<MentorshipStatus>>,
}

impl MentorshipFilter {
    /// The filter as a condition.
    pub fn condition(&self, today: NaiveDate) -> Condition {
        let never = [MentorshipStage::Proposed, MentorshipStage::Declined];
        let holds = |on: NaiveDate| {
            Condition::all().add(Column::StartsOn.lte(on)).add(not_over(on)).add(Column::Stage.is_not_in(never))
        };
        let any = |all: &AnyOf<MentorshipStatus>| {
            all.0.iter().fold(Condition::any(), |any, status| any.add(status.condition(today)))
        };
        Condition::all()
            .add_option(self.mentor_id.map(|id| Column::MentorId.eq(id)))
            .add_option(self.mentee_id.map(|id| Column::MenteeId.eq(id)))
            .add_option(self.on.map(holds))
            .add_option(self.status.as_ref().map(any))
    }
}
