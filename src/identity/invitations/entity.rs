use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::db::Record;
use crate::kernel::error::{Error, Result};
use crate::kernel::event::Readers;

/// An invitation to choose a password.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub email: String,
    pub name: String,
    /// SHA-256 of the token.
    #[sea_orm(unique, column_type = "VarBinary(StringLen::None)")]
    pub token_hash: Vec<u8>,
    pub expires_at: DateTimeUtc,
    pub accepted_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "invitation";
    const COLLECTION: Option<&'static str> = Some("invitations");
    const READERS: Readers = Readers::Admin;

    /// The token's hash never reaches the log.
    fn audit(row: &Model) -> Result<serde_json::Value> {
        let mut value = serde_json::to_value(row).map_err(Error::internal)?;
        if let Some(fields) = value.as_object_mut() {
            fields.remove("token_hash");
        }
        Ok(value)
    }
}
