use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// A venue.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "venues")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short and unique among all venues, archived ones too.
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    pub address: Option<String>,
    /// How many people it holds.
    pub capacity: i32,
    pub equipment: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "venue";
    const COLLECTION: Option<&'static str> = Some("venues");
    const READERS: Readers = Readers::Everyone;
}
