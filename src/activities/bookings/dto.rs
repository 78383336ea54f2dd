use std::collections::HashMap;

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::activities::sessions::entity as session;
use crate::kernel::clock::Instant;
use crate::kernel::page::Page;

/// A session that has a venue to itself for a while.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "session_id": "019a0000-0000-7000-8000-000000000010", "activity_id": "019a0000-0000-7000-8000-000000000000",
    "activity_title": "Bimtek SLiMS 9 dan Analitik Kunjungan", "activity_status": "published",
    "starts_at": "2026-12-07T01:00:00.000Z", "ends_at": "2026-12-07T09:00:00.000Z", "time_zone": "Asia/Pontianak"
}))]
pub struct VenueBooking {
    /// The session.
    pub session_id: Uuid,
    /// Its activity.
    pub activity_id: Uuid,
    /// The activity's title.
    #[schema(max_length = 300)]
    pub activity_title: String,
    /// Where the activity stands.
    pub activity_status: ActivityStatus,
    /// From when it has the venue.
    pub starts_at: Instant,
    /// Until when; the next may begin at this instant.
    pub ends_at: Instant,
    /// The time zone in which the session is announced (IANA).
    #[schema(max_length = 60)]
    pub time_zone: String,
}

/// A page of bookings.
pub type VenueBookingPage = Page<VenueBooking>;

impl VenueBooking {
    /// The booking of a session of one of these activities.
    pub fn of(row: session::Model, activities: &HashMap<Uuid, activity::Model>) -> Option<Self> {
        let activity = activities.get(&row.activity_id)?;
        Some(Self {
            session_id: row.id,
            activity_id: activity.id,
            activity_title: activity.title.clone(),
            activity_status: activity.status,
            starts_at: Instant(row.starts_at),
            ends_at: Instant(row.ends_at),
            time_zone: row.time_zone,
        })
    }
}

/// Which bookings to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct VenueBookingFilter {
    /// Those that end after this instant.
    pub from: Option<Instant>,
    /// Those that begin before this instant.
    pub until: Option<Instant>,
}

impl VenueBookingFilter {
    /// The filter as a condition on sessions.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.from.map(|from| session::Column::EndsAt.gt(from.0)))
            .add_option(self.until.map(|until| session::Column::StartsAt.lt(until.0)))
    }
}
