use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{AccessToken, Credentials, Reauthentication, Session, SessionPage, TokenPair};
use super::entity::{ActiveModel, Column, Entity, Model};
use super::refresh_token;
use crate::identity::directory::{caller, caller_of};
use crate::identity::second_factor::service::{Shown, verify_in};
use crate::identity::users::entity::{self as user, UserStatus};
use crate::identity::users::service::email_key;
use crate::identity::{attempts, passwords};
use crate::kernel::auth::TOKEN_LIFETIME;
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, NOT_FOUND, Refusal, Result};
use crate::kernel::gate::Gate;
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::secret::{random_token, sha256};
use crate::kernel::validation::Violation;

/// How long a session lasts at the most.
const LIFETIME: TimeDelta = TimeDelta::days(30);
/// How long a session lasts without being used.
const IDLE: TimeDelta = TimeDelta::days(7);
/// For how long a refresh token that was used gets the same answer: the first may have been lost on its way.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// Wrong address or password; nobody is told which.
pub const INVALID_CREDENTIALS: Refusal = Refusal {
    code: "invalid_credentials",
    status: 401,
    id: "Surel atau kata sandi salah",
    en: "Wrong address or password",
};

/// Not a refresh token that holds.
pub const INVALID_REFRESH_TOKEN: Refusal = Refusal {
    code: "invalid_refresh_token",
    status: 401,
    id: "Sesi sudah berakhir; silakan masuk lagi",
    en: "The session is over; sign in again",
};

/// A refresh token came twice: somebody else has it too, so the session ends.
pub const REFRESH_TOKEN_REUSED: Refusal = Refusal {
    code: "refresh_token_reused",
    status: 401,
    id: "Token penyegar ini sudah dipakai; sesi diakhiri demi keamanan",
    en: "This refresh token was used before; the session was ended for safety",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

/// Signs in.
pub async fn login(db: &Db, gate: &Gate, access: &Access, credentials: Credentials) -> Result<TokenPair> {
    let key = email_key(&credentials.email);
    count_attempt(db, gate, access, &key).await?;
    let shown = Shown { totp_code: credentials.totp_code, recovery_code: credentials.recovery_code };
    let account = db.reader().one(user::Entity::find().filter(user::Column::EmailKey.eq(key.clone()))).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = passwords::verify(&credentials.password, hash.as_deref()).await?;
    let Some(account) = account.filter(|account| right && account.status == UserStatus::Active) else {
        return Err(INVALID_CREDENTIALS.into());
    };
    let refresh = random_token()?;
    let (user_id, token) = (account.id, refresh.clone());
    let (user, session) = db
        .run(access.clone(), async move |tx: &Tx<'_>| {
            // Between the look and this transaction the account may have been closed or its password changed.
            // Locked, so that no session begins beside their ending, and no code of a second factor counts twice.
            let user = tx.lock(user::Entity::find().filter(user::Column::Id.eq(user_id))).await?;
            if user.status != UserStatus::Active || user.password_hash != hash {
                return Err(INVALID_CREDENTIALS.into());
            }
            let second_factor = verify_in(tx, &user, &shown).await?;
            attempts::succeed_in(tx, &key).await?;
            let session = begin_in(tx, user_id, second_factor, &token).await?;
            Ok((user, session))
        })
        .await?;
    pair(db, gate, user, &session, refresh)
}

/// Counts an attempt to prove who one is, on the account and on the address it comes from.
async fn count_attempt(db: &Db, gate: &Gate, access: &Access, key: &str) -> Result<()> {
    if gate.limits.enabled() {
        gate.limits.charge_sign_in(access.request().and_then(|request| request.address))?;
        attempts::begin(db, key).await?;
    }
    Ok(())
}

/// Proves again who the caller is, within the same session.
pub async fn reauthenticate(db: &Db, gate: &Gate, access: &Access, proof: Reauthentication) -> Result<AccessToken> {
    let caller = access.signed_in()?.clone();
    let known = user::Entity::find().filter(user::Column::Id.eq(caller.user_id));
    let account = db.reader().find(known.clone()).await?;
    count_attempt(db, gate, access, &account.email_key).await?;
    if !passwords::verify(&proof.password, account.password_hash.as_deref()).await? {
        return Err(Error::invalid(vec![Violation::field("password", &passwords::WRONG_PASSWORD)]));
    }
    let shown = Shown { totp_code: proof.totp_code, recovery_code: proof.recovery_code };
    let (user, session) = db
        .run(access.clone(), async move |tx: &Tx<'_>| {
            let user = tx.lock(known.clone()).await?;
            if user.password_hash != account.password_hash {
                return Err(Error::invalid(vec![Violation::field("password", &passwords::WRONG_PASSWORD)]));
            }
            let second_factor = verify_in(tx, &user, &shown).await?;
            attempts::succeed_in(tx, &user.email_key).await?;
            prove_in(tx, caller.session_id, tx.now(), second_factor).await?;
            let session = tx.reader().find(Entity::find().filter(Column::Id.eq(caller.session_id))).await?;
            Ok((user, session))
        })
        .await?;
    gate.tokens.forget(session.id);
    let id = db.context().ids.next(db.now());
    Ok(AccessToken {
        access_token: gate.tokens.issue(&caller_of(&user, &session), id, db.now())?,
        token_type: "Bearer",
        expires_in: TOKEN_LIFETIME.num_seconds(),
    })
}

/// Notes when, and how, the person of a living session last proved who they are.
pub async fn prove_in(tx: &Tx<'_>, id: Uuid, at: DateTime<Utc>, second_factor: bool) -> Result<()> {
    let before = tx.lock(Entity::find().filter(Column::Id.eq(id)).filter(Column::EndedAt.is_null())).await?;
    let mut row = before.clone().into_active_model();
    row.signed_in_at = Set(at);
    row.second_factor = Set(second_factor);
    tx.update::<Entity>(&before, row, Precondition::default(), "session.proved").await.map(|_| ())
}

/// Begins a session within a transaction.
pub async fn begin_in(tx: &Tx<'_>, user_id: Uuid, second_factor: bool, refresh: &str) -> Result<Model> {
    let request = tx.access().request();
    let row = ActiveModel {
        user_id: Set(user_id),
        second_factor: Set(second_factor),
        signed_in_at: Set(tx.now()),
        last_used_at: Set(tx.now()),
        expires_at: Set(tx.now() + LIFETIME),
        user_agent: Set(request.and_then(|request| request.user_agent.clone())),
        address: Set(request.and_then(|request| request.address).map(|address| address.to_string())),
        ..Default::default()
    };
    let session = tx.insert::<Entity>(row, "session.started").await?;
    give_in(tx, session.id, refresh).await?;
    Ok(session)
}

async fn give_in(tx: &Tx<'_>, session_id: Uuid, token: &str) -> Result<()> {
    let row = refresh_token::ActiveModel {
        token_hash: Set(sha256(token.as_bytes()).to_vec()),
        session_id: Set(session_id),
        expires_at: Set(tx.now() + IDLE),
        used_at: Set(None),
    };
    tx.put::<refresh_token::Entity>(row).await.map(|_| ())
}

fn pair(db: &Db, gate: &Gate, user: user::Model, session: &Model, refresh_token: String) -> Result<TokenPair> {
    let caller = caller_of(&user, session);
    let id = db.context().ids.next(db.now());
    Ok(TokenPair {
        access_token: gate.tokens.issue(&caller, id, db.now())?,
        token_type: "Bearer",
        expires_in: TOKEN_LIFETIME.num_seconds(),
        refresh_token,
        user: user.into(),
    })
}

/// What became of a refresh token.
enum Exchange {
    Renewed(Box<(user::Model, Model)>),
    Reused(Uuid),
    Unknown,
}

/// Exchanges a refresh token for the next pair.
pub async fn refresh(db: &Db, gate: &Gate, access: &Access, token: &str) -> Result<TokenPair> {
    let hash = sha256(token.as_bytes()).to_vec();
    // The successor follows from the token, so a retry within the grace gets the same one and nothing plain is kept.
    let successor = db.context().secrets.refresh_successor(token);
    let next = successor.clone();
    match db.run(access.clone(), async move |tx: &Tx<'_>| exchange_in(tx, &hash, &next).await).await? {
        Exchange::Renewed(renewed) => {
            let (user, session) = *renewed;
            pair(db, gate, user, &session, successor)
        }
        Exchange::Reused(session_id) => {
            gate.tokens.forget(session_id);
            Err(REFRESH_TOKEN_REUSED.into())
        }
        Exchange::Unknown => Err(INVALID_REFRESH_TOKEN.into()),
    }
}

async fn exchange_in(tx: &Tx<'_>, hash: &[u8], successor: &str) -> Result<Exchange> {
    let given = refresh_token::Entity::find().filter(refresh_token::Column::TokenHash.eq(hash));
    let given = match tx.lock_all(given).await?.into_iter().next() {
        Some(given) if given.expires_at > tx.now() => given,
        _ => return Ok(Exchange::Unknown),
    };
    let living = Entity::find()
        .filter(Column::Id.eq(given.session_id))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.now()));
    let Some(session) = tx.reader().one(living).await? else { return Ok(Exchange::Unknown) };
    let Some(caller) = caller(tx.reader(), &session).await? else { return Ok(Exchange::Unknown) };
    match given.used_at {
        Some(used_at) if tx.now() - used_at > GRACE => {
            end_in(tx, &session, "refresh_token_reused").await?;
            return Ok(Exchange::Reused(session.id));
        }
        Some(_) => {}
        None => {
            let used = Query::update()
                .table(refresh_token::Entity)
                .value(refresh_token::Column::UsedAt, tx.now())
                .and_where(Expr::col(refresh_token::Column::TokenHash).eq(hash))
                .to_owned();
            tx.execute(&used).await?;
            give_in(tx, session.id, successor).await?;
            // Being used is no change worth an event; it would fill the log.
            let touched = Query::update()
                .table(Entity)
                .value(Column::LastUsedAt, tx.now())
                .and_where(Expr::col(Column::Id).eq(session.id))
                .to_owned();
            tx.execute(&touched).await?;
        }
    }
    let user = tx.reader().find(user::Entity::find().filter(user::Column::Id.eq(caller.user_id))).await?;
    Ok(Exchange::Renewed(Box::new((user, session))))
}

async fn end_in(tx: &Tx<'_>, session: &Model, reason: &str) -> Result<()> {
    let mut row = session.clone().into_active_model();
    row.ended_at = Set(Some(tx.now()));
    row.end_reason = Set(Some(reason.to_owned()));
    tx.update::<Entity>(session, row, Precondition::default(), "session.ended").await.map(|_| ())
}

fn living_of(user_id: Uuid) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::EndedAt.is_null())
}

/// Ends every session of an account, but for one that is kept.
pub async fn end_all_in(tx: &Tx<'_>, user_id: Uuid, keep: Option<Uuid>, reason: &str) -> Result<()> {
    for session in tx.lock_all(living_of(user_id)).await? {
        if Some(session.id) != keep {
            end_in(tx, &session, reason).await?;
        }
    }
    Ok(())
}

/// Ends a session: the caller's own, or any for an admin.
pub async fn end(db: &Db, gate: &Gate, access: &Access, id: Uuid) -> Result<()> {
    let user_id = access.signed_in()?.user_id;
    db.write(access, async move |tx: &Tx<'_>| {
        let mut living = Entity::find().filter(Column::Id.eq(id)).filter(Column::EndedAt.is_null());
        if tx.access().reach() != Reach::All {
            living = living.filter(Column::UserId.eq(user_id));
        }
        let session = tx.lock(living).await?;
        end_in(tx, &session, "signed_out").await
    })
    .await?;
    gate.tokens.forget(id);
    Ok(())
}

/// Signs out: ends the session that asks.
pub async fn logout(db: &Db, gate: &Gate, access: &Access) -> Result<()> {
    let id = access.signed_in()?.session_id;
    match end(db, gate, access, id).await {
        // Signing out twice is signing out.
        Err(error) if error.refused().refusal == NOT_FOUND => Ok(()),
        outcome => outcome,
    }
}

/// Signs out everywhere.
pub async fn end_all(db: &Db, gate: &Gate, access: &Access) -> Result<()> {
    let user_id = access.signed_in()?.user_id;
    db.write(access, async move |tx: &Tx<'_>| end_all_in(tx, user_id, None, "signed_out_everywhere").await).await?;
    gate.tokens.forget_user(user_id);
    Ok(())
}

/// The caller's living sessions, newest first.
pub async fn list(db: &Db, access: &Access, list: &Listing<NoFilter>) -> Result<SessionPage> {
    let caller = access.signed_in()?;
    let rows = living_of(caller.user_id).filter(Column::ExpiresAt.gt(db.now()));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(|row| Session {
        is_current: row.id == caller.session_id,
        id: row.id,
        second_factor: row.second_factor,
        user_agent: row.user_agent,
        address: row.address,
        signed_in_at: Instant(row.signed_in_at),
        last_used_at: Instant(row.last_used_at),
        expires_at: Instant(row.expires_at),
    }))
}
