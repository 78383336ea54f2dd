use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{IssuedPasswordReset, PasswordReset, PasswordResetReceipt, PasswordResetRequest};
use crate::identity::mails::{self, Letter, MailKind};
use crate::identity::one_time::{self, Purpose};
use crate::identity::users::entity::{Column, Entity, UserStatus};
use crate::identity::users::service::email_key;
use crate::identity::{attempts, passwords, sessions};
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Result};
use crate::kernel::gate::Gate;
use crate::kernel::policy::Access;

/// Between two links to the same account: nobody can fill another's mailbox.
const INTERVAL: TimeDelta = TimeDelta::minutes(1);

fn active(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id)).filter(Column::Status.eq(UserStatus::Active))
}

fn link(issuer: &str, token: &str) -> String {
    format!("{}/#/password-resets/{token}", issuer.trim_end_matches('/'))
}

/// Queues a link, if there is such an account. Nothing of the answer waits for it, so its time tells nothing either.
pub fn request(db: &Db, gate: &Gate, access: &Access, request: PasswordResetRequest) -> Result<PasswordResetReceipt> {
    gate.limits.charge_sign_in(access.request().and_then(|request| request.address))?;
    let (db, access, issuer) = (db.clone(), access.clone(), gate.tokens.issuer().to_owned());
    actix_web::rt::spawn(async move {
        let key = email_key(&request.email);
        let queued = db.run(access, async move |tx: &Tx<'_>| queue_in(tx, &key, &issuer).await).await;
        if let Err(error) = queued {
            tracing::warn!(%error, "a link to choose a new password was not queued");
        }
    });
    Ok(PasswordResetReceipt { expires_in: Purpose::PasswordReset.lifetime().num_seconds() })
}

async fn queue_in(tx: &Tx<'_>, key: &str, issuer: &str) -> Result<()> {
    let account = Entity::find().filter(Column::EmailKey.eq(key)).filter(Column::Status.eq(UserStatus::Active));
    let Some(account) = tx.lock_all(account).await?.into_iter().next() else { return Ok(()) };
    let recent = one_time::living(Purpose::PasswordReset, tx.now())
        .filter(one_time::Column::UserId.eq(account.id))
        .filter(one_time::Column::CreatedAt.gt(tx.now() - INTERVAL));
    if tx.reader().exists(recent).await? {
        return Ok(());
    }
    let (token, expires_at) = one_time::issue_in(tx, Purpose::PasswordReset, Some(account.id)).await?;
    let link = link(issuer, &token);
    let letter = Letter { name: &account.name, language: account.language, link: &link, expires_at };
    mails::queue_in(tx, MailKind::PasswordReset, &account.email, &letter).await?;
    tx.note::<Entity>(&account, "user.password_reset_requested").await
}

/// Makes a link for an admin to hand over.
pub async fn issue(db: &Db, gate: &Gate, access: &Access, user_id: Uuid) -> Result<IssuedPasswordReset> {
    let (token, expires_at) = db
        .run(access.clone(), async move |tx: &Tx<'_>| {
            let account = tx.lock(Entity::find().filter(Column::Id.eq(user_id))).await?;
            if account.status != UserStatus::Active {
                return Err(INVALID_TRANSITION.into());
            }
            tx.note::<Entity>(&account, "user.password_reset_issued").await?;
            one_time::issue_in(tx, Purpose::PasswordReset, Some(user_id)).await
        })
        .await?;
    Ok(IssuedPasswordReset { link: link(gate.tokens.issuer(), &token), token, expires_at: Instant(expires_at) })
}

/// Sets a new password by a link.
pub async fn reset(db: &Db, gate: &Gate, access: &Access, reset: PasswordReset) -> Result<()> {
    gate.limits.charge_sign_in(access.request().and_then(|request| request.address))?;
    let token = reset.token;
    let known = one_time::peek(db.reader(), Purpose::PasswordReset, &token, db.now()).await?;
    let user_id = known.user_id.ok_or_else(one_time::refused)?;
    let account = db.reader().one(active(user_id)).await?.ok_or_else(one_time::refused)?;
    let second_factor = account.totp_confirmed_at.is_some();
    passwords::check(&reset.password, &[&account.name, &account.email], second_factor, "#/password")?;
    let hash = passwords::hash(&reset.password).await?;
    db.run(access.clone(), async move |tx: &Tx<'_>| {
        let before = tx.lock_all(active(user_id)).await?.into_iter().next().ok_or_else(one_time::refused)?;
        one_time::take_in(tx, Purpose::PasswordReset, &token).await?;
        one_time::void_in(tx, user_id).await?;
        let mut row = before.clone().into_active_model();
        row.password_hash = Set(Some(hash.clone()));
        tx.update::<Entity>(&before, row, Precondition::default(), "user.password_reset").await?;
        attempts::succeed_in(tx, &before.email_key).await?;
        sessions::service::end_all_in(tx, user_id, None, "password_reset").await
    })
    .await?;
    gate.tokens.forget_user(user_id);
    Ok(())
}
