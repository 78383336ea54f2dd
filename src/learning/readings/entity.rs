use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// Somebody read something of the reading list.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "learning_resource_readings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub learning_resource_id: Uuid,
    pub librarian_id: Uuid,
    pub read_on: Date,
    /// 1 to 5.
    pub stars: Option<i32>,
    pub comment: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "reading";
    const COLLECTION: Option<&'static str> = Some("readings");
    const READERS: Readers = Readers::Everyone;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
