//! One-time tokens: links to choose a new password, and the token of the first start. Kept as hashes, good for one use.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::Select;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::kernel::db::{Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::secret::{random_token, sha256};
use crate::kernel::validation::{NOT_VALID, Violation};

/// The token is unknown, was used, or its time is over.
pub const INVALID_ONE_TIME_TOKEN: Refusal = Refusal {
    code: "invalid_one_time_token",
    status: 422,
    id: "Tautan atau token ini tidak berlaku, sudah dipakai, atau kedaluwarsa",
    en: "This link or token is not valid, was used before, or has expired",
};

/// The refusal, pointing at the field in which the token came.
pub fn refused() -> Error {
    INVALID_ONE_TIME_TOKEN.at(Violation::field("token", &NOT_VALID))
}

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
pub enum Purpose {
    /// To choose a new password.
    PasswordReset,
    /// To make the first admin.
    SetUp,
}

impl Purpose {
    /// How long a token of this kind is good.
    pub const fn lifetime(self) -> TimeDelta {
        match self {
            Self::PasswordReset => TimeDelta::minutes(30),
            Self::SetUp => TimeDelta::hours(24),
        }
    }
}

/// A token that was given out.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_tokens")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
    pub token_hash: Vec<u8>,
    /// The account that it is bound to.
    pub user_id: Option<Uuid>,
    pub purpose: Purpose,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Tokens of this kind that are still good.
pub fn living(purpose: Purpose, now: DateTimeUtc) -> Select<Entity> {
    Entity::find()
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
}

/// Makes a token; it is known to nobody but who gets it.
pub async fn issue_in(tx: &Tx<'_>, purpose: Purpose, user_id: Option<Uuid>) -> Result<(String, DateTimeUtc)> {
    let token = random_token()?;
    let expires_at = tx.now() + purpose.lifetime();
    let row = ActiveModel {
        token_hash: Set(sha256(token.as_bytes()).to_vec()),
        user_id: Set(user_id),
        purpose: Set(purpose),
        expires_at: Set(expires_at),
        used_at: Set(None),
        created_at: Set(tx.now()),
    };
    tx.put::<Entity>(row).await?;
    Ok((token, expires_at))
}

/// The row of a token that is still good.
pub async fn peek(reader: Reader<'_>, purpose: Purpose, token: &str, now: DateTimeUtc) -> Result<Model> {
    let row = living(purpose, now).filter(Column::TokenHash.eq(sha256(token.as_bytes()).to_vec()));
    reader.one(row).await?.ok_or_else(refused)
}

/// Uses a token up. Of two that come at once one is too late.
pub async fn take_in(tx: &Tx<'_>, purpose: Purpose, token: &str) -> Result<Model> {
    let hash = sha256(token.as_bytes()).to_vec();
    let row = living(purpose, tx.now()).filter(Column::TokenHash.eq(hash.clone()));
    let row = tx.lock_all(row).await?.into_iter().next().ok_or_else(refused)?;
    let used = Query::update()
        .table(Entity)
        .value(Column::UsedAt, tx.now())
        .and_where(Expr::col(Column::TokenHash).eq(hash))
        .to_owned();
    tx.execute(&used).await?;
    Ok(row)
}

/// Voids every token of an account: what stood on its address or password has changed.
pub async fn void_in(tx: &Tx<'_>, user_id: Uuid) -> Result<()> {
    let void = Query::update()
        .table(Entity)
        .value(Column::UsedAt, tx.now())
        .and_where(Expr::col(Column::UserId).eq(user_id))
        .and_where(Expr::col(Column::UsedAt).is_null())
        .to_owned();
    tx.execute(&void).await.map(|_| ())
}
