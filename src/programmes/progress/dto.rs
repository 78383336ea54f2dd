use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::kernel::language::Localized;

/// How far a programme has come (kemajuan program).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "programme_id": "019a0000-0000-7000-8000-000000000000", "as_of": "2026-06-30",
    "activities": {"draft": 2, "published": 6, "completed": 11, "cancelled": 1},
    "participants": {"people": 34, "registrations": 120, "attended": 96, "passed": 88}, "credit_hours": 912.5,
    "milestones": {"open": 2, "overdue": 1, "achieved": 3, "missed": 0, "cancelled": 0},
    "targets": [{
        "competency_id": "019a0000-0000-7000-8000-000000000002", "code": "R.91PUS00.001.1",
        "title": {"id": "Menyeleksi bahan perpustakaan", "en": null}, "level": 3, "group_size": 24, "reached_count": 12,
        "reached_percent": 50.0, "is_suppressed": false
    }],
    "activities_percent": 57.89, "milestones_percent": 60.0, "targets_percent": 50.0, "indicators": [{
        "indicator_id": "019a0000-0000-7000-8000-000000000003", "code": "JP-20",
        "name": {"id": "Pegawai mencapai 20 JP", "en": "Staff at 20 JP"}, "unit": {"id": "%", "en": "%"}, "period": "2026",
        "value": 62.5, "target": 90.0, "status": "missed"
    }]
}))]
pub struct ProgrammeProgress {
    /// The programme.
    pub programme_id: Uuid,
    /// The day for which it holds: today.
    pub as_of: NaiveDate,
    /// Its activities by state.
    pub activities: ActivityTally,
    /// Who took part in them.
    pub participants: ParticipantTally,
    /// Credit hours (JP) given for them, with two decimals.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub credit_hours: f64,
    /// Its milestones by state.
    pub milestones: MilestoneTally,
    /// Its target competencies, and how many of its target group are there.
    #[schema(max_items = 50)]
    pub targets: Vec<TargetProgress>,
    /// Completed activities of all that were not called off, in percent with two decimals; null where there are none.
    #[schema(required, minimum = 0, maximum = 100)]
    pub activities_percent: Option<f64>,
    /// Milestones achieved of all that were not given up, in percent with two decimals; null where there are none.
    #[schema(required, minimum = 0, maximum = 100)]
    pub milestones_percent: Option<f64>,
    /// The mean of the targets' shares, in percent with two decimals; null where one of them is not shown, or there are none.
    #[schema(required, minimum = 0, maximum = 100)]
    pub targets_percent: Option<f64>,
    /// Its indicators, each with its latest value.
    #[schema(max_items = 500)]
    pub indicators: Vec<ProgrammeIndicator>,
}

/// A value against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetStatus {
    /// Tercapai.
    Met,
    /// Hampir tercapai: within the tolerance of the indicator.
    Near,
    /// Belum tercapai.
    Missed,
}

/// An indicator of a programme, and where it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator_id": "019a0000-0000-7000-8000-000000000003", "code": "JP-20",
    "name": {"id": "Pegawai mencapai 20 JP", "en": "Staff at 20 JP"}, "unit": {"id": "%", "en": "%"}, "period": "2026",
    "value": 62.5, "target": 90.0, "status": "missed"
}))]
pub struct ProgrammeIndicator {
    /// The indicator.
    pub indicator_id: Uuid,
    /// Its code.
    #[schema(max_length = 60)]
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// What its values are.
    pub unit: Localized,
    /// The latest period that was measured; null before the first.
    #[schema(required, max_length = 7)]
    pub period: Option<String>,
    /// Its value.
    #[schema(required, minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: Option<f64>,
    /// Its target.
    #[schema(required, minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub target: Option<f64>,
    /// The value against the target.
    #[schema(required)]
    pub status: Option<TargetStatus>,
}

/// Activities by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"draft": 2, "published": 6, "completed": 11, "cancelled": 1}))]
pub struct ActivityTally {
    /// Being prepared; shown to admins alone, else null.
    #[schema(required, minimum = 0, maximum = 1_000_000)]
    pub draft: Option<i64>,
    /// Announced.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub published: i64,
    /// Over.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub completed: i64,
    /// Called off.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub cancelled: i64,
}

/// Who took part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"people": 34, "registrations": 120, "attended": 96, "passed": 88}))]
pub struct ParticipantTally {
    /// Different people with a registration that was not cancelled.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub people: i64,
    /// Registrations that were not cancelled.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub registrations: i64,
    /// Of these, those who came.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub attended: i64,
    /// Of these, those who reached what the activity asks.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub passed: i64,
}

/// Milestones by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"open": 2, "overdue": 1, "achieved": 3, "missed": 0, "cancelled": 0}))]
pub struct MilestoneTally {
    /// Still ahead.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub open: i64,
    /// Of these, those whose day has passed.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub overdue: i64,
    /// Reached.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub achieved: i64,
    /// Not reached.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub missed: i64,
    /// Given up.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub cancelled: i64,
}

/// A target competency, and how many are there.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "competency_id": "019a0000-0000-7000-8000-000000000002", "code": "R.91PUS00.001.1",
    "title": {"id": "Menyeleksi bahan perpustakaan", "en": null}, "level": 3, "group_size": 24, "reached_count": 12,
    "reached_percent": 50.0, "is_suppressed": false
}))]
pub struct TargetProgress {
    /// The competency.
    pub competency_id: Uuid,
    /// Its code.
    #[schema(max_length = 100)]
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The level aimed at, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub level: i32,
    /// How many people the target group has.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub group_size: i64,
    /// How many of them are at the level or above; null where it would tell too much of too few.
    #[schema(required, minimum = 0, maximum = 1_000_000)]
    pub reached_count: Option<i64>,
    /// Their share in percent with two decimals; null with `reached_count`, or where the group is empty.
    #[schema(required, minimum = 0, maximum = 100)]
    pub reached_percent: Option<f64>,
    /// Whether figures are held back: fewer than five people, or fewer than five on one side. Admins see all.
    pub is_suppressed: bool,
}
