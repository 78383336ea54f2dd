use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::error::{Error, Result};
use crate::kernel::event::Readers;

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// Waits for its owner to choose a password.
    Invited,
    /// May sign in.
    Active,
    /// May not sign in any more.
    Deactivated,
}

/// The language in which the service writes to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
#[serde(rename_all = "snake_case")]
pub enum UserLanguage {
    /// Bahasa Indonesia.
    #[sea_orm(string_value = "id")]
    Id,
    /// English.
    #[sea_orm(string_value = "en")]
    En,
}

/// An account.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    /// The address in the form in which it is unique.
    #[sea_orm(unique)]
    pub email_key: String,
    pub name: String,
    pub is_mentor: bool,
    pub is_admin: bool,
    pub language: UserLanguage,
    pub status: UserStatus,
    #[sea_orm(unique)]
    pub librarian_id: Option<Uuid>,
    pub password_hash: Option<String>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub totp_secret: Option<Vec<u8>>,
    pub totp_confirmed_at: Option<DateTimeUtc>,
    pub totp_last_step: Option<i64>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "user";
    const COLLECTION: Option<&'static str> = Some("users");
    const READERS: Readers = Readers::Admin;

    fn person(row: &Model) -> Option<Uuid> {
        row.librarian_id
    }

    /// Secrets never reach the log; that they changed does.
    fn audit(row: &Model) -> Result<serde_json::Value> {
        let mut value = serde_json::to_value(row).map_err(Error::internal)?;
        if let Some(fields) = value.as_object_mut() {
            for secret in ["password_hash", "totp_secret", "totp_last_step", "email_key"] {
                fields.remove(secret);
            }
        }
        Ok(value)
    }
}
