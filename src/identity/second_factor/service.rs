use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{RecoveryCodes, TotpConfirmation, TotpEnrolment};
use super::{recovery_code, totp};
use crate::identity::sessions;
use crate::identity::users::entity::{self as user, Column, Entity, Model};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::gate::Gate;
use crate::kernel::policy::Access;
use crate::kernel::secret::random_bytes;
use crate::kernel::validation::{Fault, Violation};

/// The password was right, and a code is still missing.
pub const SECOND_FACTOR_REQUIRED: Refusal = Refusal {
    code: "second_factor_required",
    status: 401,
    id: "Sertakan kode TOTP (totp_code) atau kode pemulihan (recovery_code)",
    en: "Send a TOTP code (totp_code) or a recovery code (recovery_code) too",
};

/// The code is wrong or was used.
pub const INVALID_SECOND_FACTOR: Refusal = Refusal {
    code: "invalid_second_factor",
    status: 401,
    id: "Kode faktor kedua salah atau sudah dipakai",
    en: "The code of the second factor is wrong or was used before",
};

/// Not the code that the app shows now.
pub const WRONG_CODE: Fault = Fault {
    code: "wrong_code",
    id: "Bukan kode yang ditampilkan aplikasi sekarang",
    en: "Not the code that the app shows now",
};

/// What somebody shows besides the password.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// A code from the app.
    pub totp_code: Option<String>,
    /// A recovery code.
    pub recovery_code: Option<String>,
}

fn context(user_id: Uuid) -> String {
    format!("totp:{user_id}")
}

fn secret_of(tx: &Tx<'_>, user: &Model) -> Result<Vec<u8>> {
    let sealed = user.totp_secret.as_deref().ok_or_else(|| Error::from(INVALID_TRANSITION))?;
    tx.context().secrets.open(&context(user.id), sealed)
}

/// Whether a second factor was shown; fails where one is enrolled and none, or a wrong one, is shown. The account's row is
/// locked, so that of two that come with the same code one is too late.
pub async fn verify_in(tx: &Tx<'_>, user: &Model, shown: &Shown) -> Result<bool> {
    if user.totp_confirmed_at.is_none() {
        return Ok(false);
    }
    let right = match (&shown.totp_code, &shown.recovery_code) {
        (Some(code), _) => use_step_in(tx, user, code).await?,
        (None, Some(code)) => recovery_code::take_in(tx, user.id, code).await?,
        (None, None) => return Err(SECOND_FACTOR_REQUIRED.into()),
    };
    if right { Ok(true) } else { Err(INVALID_SECOND_FACTOR.into()) }
}

async fn use_step_in(tx: &Tx<'_>, user: &Model, code: &str) -> Result<bool> {
    let Some(step) = totp::step_of(&secret_of(tx, user)?, code, tx.now())? else { return Ok(false) };
    if user.totp_last_step.is_some_and(|last| step <= last) {
        return Ok(false);
    }
    // The step is no change of the account: it leaves no event and no version.
    let used = Query::update()
        .table(Entity)
        .value(Column::TotpLastStep, step)
        .and_where(Expr::col(Column::Id).eq(user.id))
        .to_owned();
    tx.execute(&used).await?;
    Ok(true)
}

fn one(id: Uuid) -> sea_orm::Select<Entity> {
    user::Entity::find().filter(Column::Id.eq(id))
}

/// Makes a secret that counts once it is confirmed.
pub async fn enrol(db: &Db, access: &Access) -> Result<TotpEnrolment> {
    let user_id = access.signed_in()?.user_id;
    db.run(access.clone(), async move |tx: &Tx<'_>| {
        let before = tx.lock(one(user_id)).await?;
        if before.totp_confirmed_at.is_some() {
            return Err(INVALID_TRANSITION.into());
        }
        let secret = random_bytes::<{ totp::SECRET_BYTES }>()?;
        let mut row = before.clone().into_active_model();
        row.totp_secret = Set(Some(tx.context().secrets.seal(&context(user_id), &secret)?));
        row.totp_last_step = Set(None);
        tx.update::<Entity>(&before, row, Precondition::default(), "user.second_factor_begun").await?;
        Ok(TotpEnrolment { secret: totp::base32(&secret), uri: totp::uri(&secret, &before.email) })
    })
    .await
}

/// Turns the second factor on.
pub async fn confirm(db: &Db, gate: &Gate, access: &Access, confirmation: TotpConfirmation) -> Result<RecoveryCodes> {
    let caller = access.signed_in()?.clone();
    let codes = db
        .run(access.clone(), async move |tx: &Tx<'_>| {
            let before = tx.lock(one(caller.user_id)).await?;
            if before.totp_confirmed_at.is_some() {
                return Err(INVALID_TRANSITION.into());
            }
            let Some(step) = totp::step_of(&secret_of(tx, &before)?, &confirmation.code, tx.now())? else {
                return Err(Error::invalid(vec![Violation::field("code", &WRONG_CODE)]));
            };
            let mut row = before.clone().into_active_model();
            row.totp_confirmed_at = Set(Some(tx.now()));
            row.totp_last_step = Set(Some(step));
            tx.update::<Entity>(&before, row, Precondition::default(), "user.second_factor_added").await?;
            sessions::service::prove_in(tx, caller.session_id, caller.signed_in_at, true).await?;
            let recovery_codes = recovery_code::renew_in(tx, caller.user_id).await?;
            Ok(RecoveryCodes { recovery_codes })
        })
        .await?;
    gate.tokens.forget_user(access.signed_in()?.user_id);
    Ok(codes)
}

/// Turns the second factor off: one's own, or anybody's for an admin.
pub async fn remove(db: &Db, gate: &Gate, access: &Access, user_id: Uuid) -> Result<()> {
    db.run(access.clone(), async move |tx: &Tx<'_>| {
        let before = tx.lock(one(user_id)).await?;
        if before.totp_secret.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.totp_secret = Set(None);
        row.totp_confirmed_at = Set(None);
        row.totp_last_step = Set(None);
        tx.update::<Entity>(&before, row, Precondition::default(), "user.second_factor_removed").await?;
        recovery_code::remove_in(tx, user_id).await?;
        let own = tx.access().signed_in()?;
        let keep = (own.user_id == user_id).then_some(own.session_id);
        sessions::service::end_all_in(tx, user_id, keep, "second_factor_removed").await?;
        match keep {
            // What the session proved with the factor it proved with the password alone from now on.
            Some(session_id) => sessions::service::prove_in(tx, session_id, own.signed_in_at, false).await,
            None => Ok(()),
        }
    })
    .await?;
    gate.tokens.forget_user(user_id);
    Ok(())
}
