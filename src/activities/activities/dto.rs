use chrono::{DateTime, Utc};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

pub use super::entity::{
    ActivityKind, ActivityMode, ActivityScope, ActivityStatus, ApprovalStages, CompetencyAim, Prerequisites,
    WaitlistPolicy,
};
use super::entity::{Column, Model, covered};
use crate::kernel::clock::Instant;
use crate::kernel::decimal::decimal;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::Access;

/// A training, workshop, seminar, panel (kegiatan pengembangan kompetensi).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "kind": "training",
    "title": "Bimtek SLiMS 9 dan Analitik Kunjungan", "description": null,
    "competencies": [{"competency_id": "019a0000-0000-7000-8000-000000000002", "level": 3}],
    "prerequisites": {"activity_ids": [], "levels": []}, "staff_ids": [], "credit_hours": 24.0, "training_type_id": null,
    "scope": "national", "mode": "on_site", "place": "Ruang pelatihan lantai 2", "online_url": null, "programme_id": null,
    "series_id": null, "capacity": 12, "seats_taken": 9, "waiting_count": 0, "interest_count": 0,
    "registration_opens_at": null, "registration_closes_at": null, "approval_stages": "one", "waitlist_policy": "auto",
    "offer_hours": 48, "least_attendance_percent": 80, "least_post_test_score": 70.0, "score_maximum": 100,
    "status": "published", "is_running": false, "is_registration_open": true, "starts_at": "2026-12-07T01:00:00.000Z",
    "ends_at": "2026-12-09T09:00:00.000Z", "published_at": "2026-11-01T02:00:00.000Z", "completed_at": null, "cancelled_at": null,
    "cancel_reason": null, "version": 2, "created_at": "2026-10-20T02:00:00.000Z", "updated_at": "2026-11-01T02:00:00.000Z",
    "archived_at": null, "actions": ["cancellation"]
}))]
pub struct Activity {
    /// The activity.
    pub id: Uuid,
    /// What kind it is.
    pub kind: ActivityKind,
    /// The title.
    #[schema(max_length = 300)]
    pub title: String,
    /// What it is about.
    #[schema(required, max_length = 5000)]
    pub description: Option<String>,
    /// Competencies covered, each with the level aimed at.
    #[schema(max_items = 20)]
    pub competencies: Vec<CompetencyAim>,
    /// What somebody must have to take part.
    pub prerequisites: Prerequisites,
    /// Librarians who keep the door: they check people in and enter scores.
    #[schema(max_items = 20)]
    pub staff_ids: Vec<Uuid>,
    /// Credit hours (jam pelajaran, JP of 45 minutes), with two decimals.
    #[schema(minimum = 0, maximum = 1000)]
    pub credit_hours: f64,
    /// The training type (jenis diklat), by which credit is counted.
    #[schema(required)]
    pub training_type_id: Option<Uuid>,
    /// National or international.
    pub scope: ActivityScope,
    /// On site, online or both.
    pub mode: ActivityMode,
    /// Where, in words.
    #[schema(required, max_length = 300)]
    pub place: Option<String>,
    /// Where online.
    #[schema(required, max_length = 2000)]
    pub online_url: Option<String>,
    /// The programme (program pembinaan) that it belongs to.
    #[schema(required)]
    pub programme_id: Option<Uuid>,
    /// The series that it is one date of.
    #[schema(required)]
    pub series_id: Option<Uuid>,
    /// How many seats there are; null without a limit.
    #[schema(required, minimum = 1, maximum = 10_000)]
    pub capacity: Option<i32>,
    /// How many are taken: confirmed, or offered to somebody.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub seats_taken: i32,
    /// How many people wait for a seat.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub waiting_count: i32,
    /// How many people asked for a date.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub interest_count: i32,
    /// From when people register; null: since it was published.
    #[schema(required)]
    pub registration_opens_at: Option<Instant>,
    /// Until when people register; null: until it begins.
    #[schema(required)]
    pub registration_closes_at: Option<Instant>,
    /// Who has to approve.
    pub approval_stages: ApprovalStages,
    /// How a freed seat finds the next person.
    pub waitlist_policy: WaitlistPolicy,
    /// How long an offered seat is held, in hours.
    #[schema(minimum = 1, maximum = 720)]
    pub offer_hours: i32,
    /// The least share of its time that somebody must attend, in percent.
    #[schema(minimum = 0, maximum = 100)]
    pub least_attendance_percent: i32,
    /// The least post-test score; null where no test decides.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub least_post_test_score: Option<f64>,
    /// The best score of its tests.
    #[schema(minimum = 1, maximum = 10_000)]
    pub score_maximum: i32,
    /// Where it stands.
    pub status: ActivityStatus,
    /// Whether it is between its first beginning and its last end.
    pub is_running: bool,
    /// Whether people may register now.
    pub is_registration_open: bool,
    /// When the first session begins; null without a date.
    #[schema(required)]
    pub starts_at: Option<Instant>,
    /// When the last session ends.
    #[schema(required)]
    pub ends_at: Option<Instant>,
    /// When it was announced.
    #[schema(required)]
    pub published_at: Option<Instant>,
    /// When it was completed.
    #[schema(required)]
    pub completed_at: Option<Instant>,
    /// When it was called off.
    #[schema(required)]
    pub cancelled_at: Option<Instant>,
    /// Why it was called off.
    #[schema(required, max_length = 1000)]
    pub cancel_reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// When it was archived.
    #[schema(required)]
    pub archived_at: Option<Instant>,
    /// What the caller may do with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<ActivityAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityAction {
    /// Announce it.
    Publication,
    /// Call it off.
    Cancellation,
    /// Close it, with certificates and credit.
    Completion,
    /// Take it back from the archive.
    Restoration,
}

/// A page of activities.
pub type ActivityPage = Page<Activity>;

impl Activity {
    /// An activity as this caller sees it now.
    pub fn seen(row: Model, access: &Access, now: DateTime<Utc>) -> Self {
        Self {
            actions: actions(&row, access, now),
            is_running: is_running(&row, now),
            is_registration_open: is_registration_open(&row, now),
            id: row.id,
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
            series_id: row.series_id,
            capacity: row.capacity,
            seats_taken: row.seats_taken,
            waiting_count: row.waiting_count,
            interest_count: row.interest_count,
            registration_opens_at: row.registration_opens_at.map(Instant),
            registration_closes_at: row.registration_closes_at.map(Instant),
            approval_stages: row.approval_stages,
            waitlist_policy: row.waitlist_policy,
            offer_hours: row.offer_hours,
            least_attendance_percent: row.least_attendance_percent,
            least_post_test_score: row.least_post_test_hundredths.map(|score| decimal(score.into())),
            score_maximum: row.score_maximum,
            status: row.status,
            starts_at: row.starts_at.map(Instant),
            ends_at: row.ends_at.map(Instant),
            published_at: row.published_at.map(Instant),
            completed_at: row.completed_at.map(Instant),
            cancelled_at: row.cancelled_at.map(Instant),
            cancel_reason: row.cancel_reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
        }
    }
}

/// Whether it is between its first beginning and its last end.
fn is_running(row: &Model, now: DateTime<Utc>) -> bool {
    row.status == ActivityStatus::Published
        && row.starts_at.is_some_and(|starts| starts <= now)
        && row.ends_at.is_some_and(|ends| now < ends)
}

/// Whether its last session has ended.
pub fn is_over(row: &Model, now: DateTime<Utc>) -> bool {
    row.ends_at.is_some_and(|ends| ends <= now)
}

/// Whether people may register for it: it is announced, has a date, and its window is open.
pub fn is_registration_open(row: &Model, now: DateTime<Utc>) -> bool {
    let Some(starts_at) = row.starts_at else { return false };
    row.archived_at.is_none()
        && row.status == ActivityStatus::Published
        && row.registration_opens_at.is_none_or(|opens| opens <= now)
        && now < row.registration_closes_at.unwrap_or(starts_at)
}

fn actions(row: &Model, access: &Access, now: DateTime<Utc>) -> Vec<ActivityAction> {
    if !access.is_admin() {
        return Vec::new();
    }
    match row.status {
        _ if row.archived_at.is_some() => vec![ActivityAction::Restoration],
        ActivityStatus::Draft => vec![ActivityAction::Publication],
        ActivityStatus::Published if is_over(row, now) => {
            vec![ActivityAction::Cancellation, ActivityAction::Completion]
        }
        ActivityStatus::Published => vec![ActivityAction::Cancellation],
        ActivityStatus::Completed | ActivityStatus::Cancelled => Vec::new(),
    }
}

impl Resource for Activity {
    fn path(&self) -> String {
        format!("/api/v1/activities/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which activities to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ActivityFilter {
    /// Activities whose title or description holds these words.
    #[param(max_length = 100, example = "slims")]
    pub q: Option<String>,
    /// Of one of these kinds, separated by commas.
    #[param(value_type = Option<String>, max_length = 200, example = "training,workshop", pattern = "^(training|workshop|seminar|panel|webinar|conference|benchmarking_visit|joint_programme)(,(training|workshop|seminar|panel|webinar|conference|benchmarking_visit|joint_programme))*$")]
    pub kind: Option<AnyOf<ActivityKind>>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "published", pattern = "^(draft|published|completed|cancelled)(,(draft|published|completed|cancelled))*$")]
    pub status: Option<AnyOf<ActivityStatus>>,
    /// That cover this competency.
    pub competency_id: Option<Uuid>,
    /// Dates of this series.
    pub series_id: Option<Uuid>,
    /// Of this programme.
    pub programme_id: Option<Uuid>,
    /// Beginning at this instant or later.
    pub starts_at_gte: Option<Instant>,
    /// Beginning before this instant.
    pub starts_at_lt: Option<Instant>,
    /// With a date, or without one: the demand list.
    pub has_date: Option<bool>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl ActivityFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        let covering = |competency: Uuid| {
            let ids = Query::select()
                .column(covered::Column::ActivityId)
                .from(covered::Entity)
                .and_where(covered::Column::CompetencyId.eq(competency))
                .to_owned();
            Column::Id.in_subquery(ids)
        };
        let dated = |has: bool| if has { Column::StartsAt.is_not_null() } else { Column::StartsAt.is_null() };
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.kind.as_ref().map(|kinds| Column::Kind.is_in(kinds.0.iter().copied())))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.competency_id.map(covering))
            .add_option(self.series_id.map(|id| Column::SeriesId.eq(id)))
            .add_option(self.programme_id.map(|id| Column::ProgrammeId.eq(id)))
            .add_option(self.starts_at_gte.map(|from| Column::SortsAt.gte(from.0)))
            .add_option(self.starts_at_lt.map(|until| Column::SortsAt.lt(until.0)))
            .add_option(self.has_date.map(dated))
    }
}
