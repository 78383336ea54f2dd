use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// A regular activity.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "activity_series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// The rule (RFC 5545).
    pub rrule: String,
    pub starts_at: DateTimeUtc,
    pub duration_minutes: i32,
    /// IANA name, in whose civil time the rule is read.
    pub time_zone: String,
    pub occurrences: i32,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "activity_series";
    const COLLECTION: Option<&'static str> = Some("activity-series");
    const READERS: Readers = Readers::Everyone;
}
