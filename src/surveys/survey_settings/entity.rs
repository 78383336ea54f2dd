use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// The hours within which readers get an answer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "survey_settings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Always 1, and unique: there is one row.
    #[serde(skip)]
    #[sea_orm(unique)]
    pub only: i32,
    pub complaint_hours: i32,
    pub suggestion_hours: i32,
    pub praise_hours: i32,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "survey_settings";
    const COLLECTION: Option<&'static str> = None;
    const READERS: Readers = Readers::Everyone;
}
