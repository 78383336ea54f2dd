//! Mail to be sent: written in the transaction that asks for it, its content sealed, for it holds links.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::users::entity::UserLanguage;
use crate::kernel::db::Tx;
use crate::kernel::error::{Error, Result};

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
pub enum MailKind {
    /// Somebody may join.
    Invitation,
    /// Somebody forgot their password.
    PasswordReset,
}

/// A mail that waits or was sent.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_mails")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub recipient: String,
    pub kind: MailKind,
    /// [`Letter`] as JSON, sealed for `mail:{id}`.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub content: Vec<u8>,
    pub created_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a letter says; its words depend on kind and language.
#[derive(Debug, Serialize)]
pub struct Letter<'a> {
    /// To whom.
    pub name: &'a str,
    /// In which language.
    pub language: UserLanguage,
    /// What to open.
    pub link: &'a str,
    /// Until when the link is good.
    pub expires_at: DateTimeUtc,
}

/// Queues a mail.
pub async fn queue_in(tx: &Tx<'_>, kind: MailKind, recipient: &str, letter: &Letter<'_>) -> Result<()> {
    let id = tx.new_id();
    let content = serde_json::to_vec(letter).map_err(Error::internal)?;
    let row = ActiveModel {
        id: Set(id),
        recipient: Set(recipient.to_owned()),
        kind: Set(kind),
        content: Set(tx.context().secrets.seal(&format!("mail:{id}"), &content)?),
        created_at: Set(tx.now()),
        sent_at: Set(None),
    };
    tx.put::<Entity>(row).await.map(|_| ())
}
