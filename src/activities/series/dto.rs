use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
use crate::activities::activities::content::NewActivity;
use crate::activities::sessions::dto::HOME_ZONE;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation;

/// A regular activity (kegiatan rutin).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000070", "title": "Klinik pengatalogan", "rrule": "FREQ=MONTHLY;BYDAY=1TU;COUNT=6",
    "starts_at": "2026-12-01T02:00:00.000Z", "duration_minutes": 120, "time_zone": "Asia/Pontianak", "occurrences": 6,
    "version": 1, "created_at": "2026-10-20T02:00:00.000Z", "updated_at": "2026-10-20T02:00:00.000Z"
}))]
pub struct ActivitySeries {
    /// The series; its activities name it in `series_id`.
    pub id: Uuid,
    /// The title.
    #[schema(max_length = 300)]
    pub title: String,
    /// The rule (RFC 5545) by which the dates were made.
    #[schema(max_length = 300)]
    pub rrule: String,
    /// When the first date may be.
    pub starts_at: Instant,
    /// How long each takes.
    #[schema(minimum = 1, maximum = 1440)]
    pub duration_minutes: i32,
    /// The time zone in whose civil time the rule is read.
    #[schema(max_length = 60)]
    pub time_zone: String,
    /// How many dates were made; holidays that were skipped are not among them.
    #[schema(minimum = 1, maximum = 104)]
    pub occurrences: i32,
    /// Counts the changes.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of series.
pub type ActivitySeriesPage = Page<ActivitySeries>;

impl From<Model> for ActivitySeries {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            title: row.title,
            rrule: row.rrule,
            starts_at: Instant(row.starts_at),
            duration_minutes: row.duration_minutes,
            time_zone: row.time_zone,
            occurrences: row.occurrences,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for ActivitySeries {
    fn path(&self) -> String {
        format!("/api/v1/activity-series/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

fn home_zone() -> String {
    HOME_ZONE.to_owned()
}

/// A regular activity to be entered: each date becomes a draft with one session.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "rrule": "FREQ=MONTHLY;BYDAY=1TU;COUNT=6", "starts_at": "2026-12-01T02:00:00.000Z", "duration_minutes": 120,
    "activity": {"kind": "workshop", "title": "Klinik pengatalogan", "credit_hours": 2.0, "capacity": 10}
}))]
pub struct NewActivitySeries {
    /// The rule (RFC 5545), with COUNT or UNTIL, for at most 104 dates.
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300, pattern = "FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)")]
    pub rrule: String,
    /// When the first date may be; its time of day is that of all.
    #[validate(custom(function = validation::instant))]
    pub starts_at: Instant,
    /// How long each takes.
    #[validate(range(min = 1, max = 1440))]
    #[schema(minimum = 1, maximum = 1440)]
    pub duration_minutes: i32,
    /// The time zone in whose civil time the rule is read (IANA).
    #[validate(length(min = 1, max = 60))]
    #[schema(min_length = 1, max_length = 60, default = "Asia/Pontianak")]
    #[serde(default = "home_zone")]
    pub time_zone: String,
    /// The venue of each session, which must be free then.
    pub venue_id: Option<Uuid>,
    /// Whether dates on holidays are left out. They are not made up for: a rule of six dates then gives fewer.
    #[schema(default = false)]
    #[serde(default)]
    pub skip_holidays: bool,
    /// The activity of each date. Registration stays open until each begins.
    #[validate(nested)]
    pub activity: NewActivity,
}
