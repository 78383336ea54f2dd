use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::mentoring::mentorships::dto::{MentorshipKind, MentorshipStatus};

/// How a pair goes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "mentorship_id": "019a0000-0000-7000-8000-000000000000", "mentor_id": "019a0000-0000-7000-8000-000000000001",
    "mentor_name": "Maria Lestari Bong", "mentee_id": "019a0000-0000-7000-8000-000000000002", "mentee_name": "Rizky Pratama",
    "kind": "mentoring", "status": "active", "starts_on": "2026-01-12", "ends_on": null, "planned_count": 8, "held_count": 7,
    "upcoming_count": 1, "last_held_on": "2026-04-21", "is_quiet": false, "goal_count": 1, "achieved_count": 0,
    "mean_progress": 60, "level_change": 1
}))]
pub struct MentoringReportRow {
    /// The pair.
    pub mentorship_id: Uuid,
    /// The mentor.
    pub mentor_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub mentor_name: String,
    /// The mentee.
    pub mentee_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub mentee_name: String,
    /// How the mentor helps.
    pub kind: MentorshipKind,
    /// Where it stands today.
    pub status: MentorshipStatus,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; null while it is open.
    #[schema(required)]
    pub ends_on: Option<NaiveDate>,
    /// Meetings whose time has come, without those that were called off.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub planned_count: i64,
    /// Of these, those that were held.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub held_count: i64,
    /// Meetings planned for later.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub upcoming_count: i64,
    /// The day of the last that was held; null where none was.
    #[schema(required)]
    pub last_held_on: Option<NaiveDate>,
    /// Whether it is active, and 30 days have gone without a meeting that was held.
    pub is_quiet: bool,
    /// Its goals.
    #[schema(minimum = 0, maximum = 12)]
    pub goal_count: i64,
    /// Of these, those that are achieved.
    #[schema(minimum = 0, maximum = 12)]
    pub achieved_count: i64,
    /// The mean of how far the goals have come, in whole percent, half up; null without goals.
    #[schema(required, minimum = 0, maximum = 100)]
    pub mean_progress: Option<i64>,
    /// By how many levels the mentee has grown in the competencies of the goals since each was set, until the last day where the pair is
    /// over; null without goals.
    #[schema(required, minimum = -60, maximum = 60)]
    pub level_change: Option<i64>,
}

/// How mentoring goes (laporan pembimbingan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "as_of": "2026-05-04", "pair_count": 9, "active_count": 8, "quiet_count": 2, "planned_count": 40, "held_count": 33,
    "held_share": 82.5, "goal_count": 10, "achieved_count": 2, "mean_progress": 47, "level_change": 6, "items": []
}))]
pub struct MentoringReport {
    /// The day on which this holds.
    pub as_of: NaiveDate,
    /// The pairs of the report.
    #[schema(minimum = 0, maximum = 10_000)]
    pub pair_count: usize,
    /// Of these, those that are under way.
    #[schema(minimum = 0, maximum = 10_000)]
    pub active_count: usize,
    /// Of these, those that have gone quiet for 30 days.
    #[schema(minimum = 0, maximum = 10_000)]
    pub quiet_count: usize,
    /// Meetings whose time has come, without those that were called off; one of a group counts for each of its pairs.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub planned_count: i64,
    /// Of these, those that were held.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub held_count: i64,
    /// Their share, in percent with two decimals; null where none was planned.
    #[schema(required, minimum = 0, maximum = 100)]
    pub held_share: Option<f64>,
    /// Goals.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub goal_count: i64,
    /// Of these, those that are achieved.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub achieved_count: i64,
    /// The mean of how far they have come, in whole percent, half up; null without goals.
    #[schema(required, minimum = 0, maximum = 100)]
    pub mean_progress: Option<i64>,
    /// By how many levels all mentees together have grown in the competencies of their goals.
    #[schema(minimum = -1_000_000, maximum = 1_000_000)]
    pub level_change: i64,
    /// The pairs, the quiet ones first, then by mentor and mentee.
    #[schema(max_items = 10_000)]
    pub items: Vec<MentoringReportRow>,
}

/// Which pairs to report on.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MentoringReportQuery {
    /// Of this mentor.
    pub mentor_id: Option<Uuid>,
    /// Those that are over too. For admins: a mentor's access ends with the pair.
    #[serde(default)]
    pub include_ended: bool,
}
