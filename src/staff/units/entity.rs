use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// A work unit.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "units")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short and unique among all units, archived ones too.
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    pub address: Option<String>,
    /// Who leads it.
    pub head_id: Option<Uuid>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "unit";
    const COLLECTION: Option<&'static str> = Some("units");
    const READERS: Readers = Readers::Everyone;
}
