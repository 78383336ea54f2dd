//! Refresh tokens: each good for one use, kept as hashes.

use sea_orm::entity::prelude::*;

/// A refresh token that was given out.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_tokens")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
    pub token_hash: Vec<u8>,
    pub session_id: Uuid,
    /// Seven days without use.
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
