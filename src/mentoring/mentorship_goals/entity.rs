use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// A level that a mentee is to reach with the mentor's help.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "mentorship_goals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub mentorship_id: Uuid,
    /// The mentee.
    pub librarian_id: Uuid,
    pub competency_id: Uuid,
    /// The mentee's level when the goal was set; 0 without one.
    pub start_level: i32,
    pub target_level: i32,
    pub description: Option<String>,
    pub due_on: Option<Date>,
    pub progress_percent: i32,
    pub achieved_on: Option<Date>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "mentorship_goal";
    const COLLECTION: Option<&'static str> = Some("mentorship-goals");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
