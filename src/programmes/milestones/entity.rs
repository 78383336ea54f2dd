use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
pub use crate::programmes::outcome::OutcomeStatus;

/// A milestone.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "milestones")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub strategic_goal_id: Option<Uuid>,
    pub programme_id: Option<Uuid>,
    pub title: String,
    pub description: Option<String>,
    pub owner_id: Option<Uuid>,
    pub partner: Option<String>,
    pub due_on: Date,
    pub status: OutcomeStatus,
    pub settled_on: Option<Date>,
    pub settle_reason: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "milestone";
    const COLLECTION: Option<&'static str> = Some("milestones");
    const READERS: Readers = Readers::Everyone;
}
