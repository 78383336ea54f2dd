use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::clock::local_date;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// A session of an activity.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "activity_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub activity_id: Uuid,
    pub title: Option<String>,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    /// IANA name, in which the session is announced.
    pub time_zone: String,
    pub venue_id: Option<Uuid>,
    pub room: Option<String>,
    pub online_url: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "activity_session";
    const COLLECTION: Option<&'static str> = Some("activity-sessions");
    const READERS: Readers = Readers::Everyone;
}

impl Model {
    /// How long it lasts.
    pub fn minutes(&self) -> i64 {
        (self.ends_at - self.starts_at).num_minutes()
    }

    /// The calendar days of the library on which it takes place.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        days(self.starts_at, self.ends_at)
    }
}

/// The calendar days of the library from one instant until just before another: what ends at midnight leaves the next day alone.
pub fn days(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> impl Iterator<Item = NaiveDate> {
    let last = local_date(ends_at - TimeDelta::milliseconds(1));
    local_date(starts_at).iter_days().take_while(move |day| *day <= last)
}
