use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// What an indicator should reach in a period, in ten-thousandths.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "indicator_targets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    pub period: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub value: i64,
    pub note: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "indicator_target";
    const COLLECTION: Option<&'static str> = Some("targets");
    const READERS: Readers = Readers::Everyone;
}
