use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// A time during which somebody is signed in on one device.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "sign_in_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// Whether a second factor was asked.
    pub second_factor: bool,
    /// When the person last proved who they are.
    pub signed_in_at: DateTimeUtc,
    pub last_used_at: DateTimeUtc,
    /// The end, whatever happens.
    pub expires_at: DateTimeUtc,
    pub user_agent: Option<String>,
    pub address: Option<String>,
    pub ended_at: Option<DateTimeUtc>,
    pub end_reason: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "session";
    const COLLECTION: Option<&'static str> = None;
    const READERS: Readers = Readers::Admin;
}
