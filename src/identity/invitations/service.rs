use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Invitation, InvitationAcceptance, InvitationFilter, InvitationPage, IssuedInvitation, NewInvitation};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::identity::mails::{self, Letter, MailKind};
use crate::identity::users::dto::{NewUser, Role, UserLanguage};
use crate::identity::users::entity::{self as user, UserStatus};
use crate::identity::users::service as users;
use crate::identity::{one_time, passwords};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Result};
use crate::kernel::gate::Gate;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::secret::{random_token, sha256};
use crate::kernel::text::search_text;
use crate::kernel::validation::{TAKEN, Violation};

/// How long an invitation is good.
const LIFETIME: TimeDelta = TimeDelta::days(7);

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Those that wait for an answer, in time or not.
fn unanswered() -> Select<Entity> {
    Entity::find().filter(Column::AcceptedAt.is_null()).filter(Column::RevokedAt.is_null())
}

/// The invitation that a token opens.
fn opened_by(token: &str, now: DateTime<Utc>) -> Select<Entity> {
    unanswered().filter(Column::TokenHash.eq(sha256(token.as_bytes()).to_vec())).filter(Column::ExpiresAt.gt(now))
}

/// Lists invitations.
pub async fn list(db: &Db, list: &Listing<InvitationFilter>) -> Result<InvitationPage> {
    let now = db.now();
    let rows = Entity::find().filter(list.filter.condition(now));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(|row| Invitation::at(row, now)))
}

/// Reads an invitation.
pub async fn read(db: &Db, id: Uuid) -> Result<Invitation> {
    db.reader().find(one(id)).await.map(|row| Invitation::at(row, db.now()))
}

/// Invites somebody.
pub async fn create(db: &Db, gate: &Gate, access: &Access, new: NewInvitation) -> Result<IssuedInvitation> {
    invite(db, gate.tokens.issuer(), access, new).await
}

/// Invites somebody to the service at this address.
pub(crate) async fn invite(db: &Db, issuer: &str, access: &Access, new: NewInvitation) -> Result<IssuedInvitation> {
    let token = random_token()?;
    let link = format!("{}/#/invitations/{token}", issuer.trim_end_matches('/'));
    let hash = sha256(token.as_bytes()).to_vec();
    let mailed = link.clone();
    let row = db
        .run(access.clone(), async move |tx: &Tx<'_>| {
            let account = await_owner_in(tx, &new).await?;
            let row = ActiveModel {
                user_id: Set(account.id),
                email: Set(account.email.clone()),
                name: Set(account.name.clone()),
                token_hash: Set(hash.clone()),
                expires_at: Set(tx.now() + LIFETIME),
                ..Default::default()
            };
            let row = tx.insert::<Entity>(row, "invitation.created").await?;
            let letter =
                Letter { name: &account.name, language: account.language, link: &mailed, expires_at: row.expires_at };
            mails::queue_in(tx, MailKind::Invitation, &account.email, &letter).await?;
            Ok(row)
        })
        .await?;
    Ok(IssuedInvitation { invitation: Invitation::at(row, db.now()), token, link })
}

/// The account that waits for its owner: a new one, or one whose owner never came.
async fn await_owner_in(tx: &Tx<'_>, new: &NewInvitation) -> Result<user::Model> {
    let known = user::Entity::find().filter(user::Column::EmailKey.eq(users::email_key(&new.email)));
    let Some(before) = tx.lock_all(known).await?.into_iter().next() else {
        let account = NewUser {
            email: new.email.clone(),
            name: new.name.clone(),
            roles: new.roles.clone(),
            language: new.language,
            librarian_id: new.librarian_id,
            password: None,
        };
        return users::create_in(tx, &account, None).await;
    };
    if before.password_hash.is_some() {
        return Err(users::EMAIL_TAKEN.at(Violation::field("email", &TAKEN)));
    }
    for earlier in tx.lock_all(unanswered().filter(Column::UserId.eq(before.id))).await? {
        revoke_in(tx, &earlier, Precondition::default()).await?;
    }
    let mut row = before.clone().into_active_model();
    row.name = Set(new.name.clone());
    row.is_mentor = Set(new.roles.contains(&Role::Mentor));
    row.is_admin = Set(new.roles.contains(&Role::Admin));
    row.language = Set(new.language.unwrap_or(UserLanguage::Id));
    row.librarian_id = Set(new.librarian_id);
    row.status = Set(UserStatus::Invited);
    row.search_text = Set(search_text(&[&new.name, &before.email]));
    users::named(tx.update::<user::Entity>(&before, row, Precondition::default(), "user.invited_again").await)
}

async fn revoke_in(tx: &Tx<'_>, before: &Model, expected: Precondition) -> Result<()> {
    let mut row = before.clone().into_active_model();
    row.revoked_at = Set(Some(tx.now()));
    tx.update::<Entity>(before, row, expected, "invitation.revoked").await.map(|_| ())
}

/// Takes an invitation back.
pub async fn revoke(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.run(access.clone(), async move |tx: &Tx<'_>| {
        let before = tx.lock(one(id)).await?;
        expected.check(before.version)?;
        if before.accepted_at.is_some() || before.revoked_at.is_some() || before.expires_at <= tx.now() {
            return Err(INVALID_TRANSITION.into());
        }
        revoke_in(tx, &before, expected).await?;
        let account = tx.lock(user::Entity::find().filter(user::Column::Id.eq(before.user_id))).await?;
        if account.status != UserStatus::Invited {
            return Ok(());
        }
        let mut row = account.clone().into_active_model();
        row.status = Set(UserStatus::Deactivated);
        tx.update::<user::Entity>(&account, row, Precondition::default(), "user.deactivated").await.map(|_| ())
    })
    .await
}

/// Accepts an invitation.
pub async fn accept(db: &Db, gate: &Gate, access: &Access, acceptance: InvitationAcceptance) -> Result<()> {
    gate.limits.charge_sign_in(access.request().and_then(|request| request.address))?;
    let token = acceptance.token;
    let open = db.reader().one(opened_by(&token, db.now())).await?.ok_or_else(one_time::refused)?;
    passwords::check(&acceptance.password, &[&open.name, &open.email], false, "#/password")?;
    let hash = passwords::hash(&acceptance.password).await?;
    db.run(access.clone(), async move |tx: &Tx<'_>| {
        let waiting = user::Entity::find()
            .filter(user::Column::Id.eq(open.user_id))
            .filter(user::Column::Status.eq(UserStatus::Invited));
        // The account first, as everywhere, so that nobody who takes both locks meets us halfway.
        let account = tx.lock_all(waiting).await?.into_iter().next().ok_or_else(one_time::refused)?;
        let before = tx.lock_all(opened_by(&token, tx.now())).await?;
        let before = before.into_iter().next().ok_or_else(one_time::refused)?;
        let mut row = before.clone().into_active_model();
        row.accepted_at = Set(Some(tx.now()));
        tx.update::<Entity>(&before, row, Precondition::default(), "invitation.accepted").await?;
        let mut row = account.clone().into_active_model();
        row.password_hash = Set(Some(hash.clone()));
        row.status = Set(UserStatus::Active);
        tx.update::<user::Entity>(&account, row, Precondition::default(), "user.activated").await.map(|_| ())
    })
    .await
}
