use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{MyChanges, NewUser, PasswordChange, Role, User, UserChanges, UserFilter, UserLanguage, UserPage};
use super::entity::{ActiveModel, Column, Entity, Model, UserStatus};
use crate::identity::{attempts, one_time, passwords, sessions};
use crate::kernel::auth::Tokens;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::gate::Gate;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::{nfc, search_text};
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};

/// Another account has this address.
pub const EMAIL_TAKEN: Refusal = Refusal {
    code: "email_taken",
    status: 409,
    id: "Surel ini sudah dipakai akun lain",
    en: "Another account has this address",
};

/// Another account is linked to this librarian.
pub const LIBRARIAN_HAS_ACCOUNT: Refusal = Refusal {
    code: "librarian_has_account",
    status: 409,
    id: "Pustakawan ini sudah terhubung dengan akun lain",
    en: "Another account is linked to this librarian",
};

/// The last active admin stays one.
pub const LAST_ADMIN: Refusal = Refusal {
    code: "last_admin",
    status: 409,
    id: "Admin aktif terakhir tidak dapat diturunkan atau dinonaktifkan",
    en: "The last active admin can be neither demoted nor deactivated",
};

const SORTABLE: &Sortable<Entity> = &[("name", Column::Name), ("created_at", Column::CreatedAt)];

/// The form in which an address is unique: as it is written, in lower case (NFC).
pub fn email_key(email: &str) -> String {
    nfc(email.trim()).to_lowercase()
}

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Lists accounts.
pub async fn list(db: &Db, list: &Listing<UserFilter>) -> Result<UserPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "name").await?;
    Ok(page.map(User::from))
}

/// Reads an account.
pub async fn read(db: &Db, id: Uuid) -> Result<User> {
    db.reader().find(one(id)).await.map(User::from)
}

/// Makes an account.
pub async fn create(db: &Db, access: &Access, new: NewUser) -> Result<User> {
    let password_hash = match &new.password {
        Some(password) => {
            passwords::check(password, &[&new.name, &new.email], false, "#/password")?;
            Some(passwords::hash(password).await?)
        }
        None => None,
    };
    db.create(access, async move |tx: &Tx<'_>| create_in(tx, &new, password_hash.clone()).await.map(User::from)).await
}

/// Makes an account within a transaction; the password was checked and hashed before.
pub async fn create_in(tx: &Tx<'_>, new: &NewUser, password_hash: Option<String>) -> Result<Model> {
    let row = ActiveModel {
        email: Set(new.email.trim().to_owned()),
        email_key: Set(email_key(&new.email)),
        name: Set(new.name.clone()),
        is_mentor: Set(new.roles.contains(&Role::Mentor)),
        is_admin: Set(new.roles.contains(&Role::Admin)),
        language: Set(new.language.unwrap_or(UserLanguage::Id)),
        status: Set(if password_hash.is_some() { UserStatus::Active } else { UserStatus::Invited }),
        librarian_id: Set(new.librarian_id),
        password_hash: Set(password_hash),
        search_text: Set(search_text(&[&new.name, &new.email])),
        ..Default::default()
    };
    named(tx.insert::<Entity>(row, "user.created").await)
}

/// Gives the constraints of an account their names.
pub fn named<T>(outcome: Result<T>) -> Result<T> {
    outcome
        .on_duplicate_of("email_key", EMAIL_TAKEN, "email")
        .on_duplicate_of("librarian_id", LIBRARIAN_HAS_ACCOUNT, "librarian_id")
        .on_reference(Violation::field("librarian_id", &NO_SUCH_OBJECT))
}

/// Changes an account.
pub async fn update(
    db: &Db,
    tokens: &Tokens,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: UserChanges,
) -> Result<User> {
    let user = db
        .write(access, async move |tx: &Tx<'_>| {
            let before = tx.lock(one(id)).await?;
            let changes = changes.clone();
            let mut row = before.clone().into_active_model();
            if let Some(roles) = &changes.roles {
                row.is_mentor = Set(roles.contains(&Role::Mentor));
                row.is_admin = Set(roles.contains(&Role::Admin));
                if before.is_admin && !roles.contains(&Role::Admin) {
                    keep_an_admin(tx, &before).await?;
                }
            }
            let (email, name) =
                (changes.email.as_ref().unwrap_or(&before.email), changes.name.as_ref().unwrap_or(&before.name));
            row.search_text = Set(search_text(&[name, email]));
            row.email_key = Set(email_key(email));
            set(&mut row.email, changes.email);
            set(&mut row.name, changes.name);
            set(&mut row.language, changes.language);
            changes.librarian_id.apply(&mut row.librarian_id);
            let after = named(tx.update::<Entity>(&before, row, expected, "user.updated").await)?;
            if after.email_key != before.email_key {
                // Links went to the old address.
                one_time::void_in(tx, id).await?;
            }
            Ok(User::from(after))
        })
        .await?;
    tokens.forget_user(id);
    Ok(user)
}

/// Fails when nobody else would be left to run the programme.
async fn keep_an_admin(tx: &Tx<'_>, user: &Model) -> Result<()> {
    let admins = Entity::find()
        .filter(Column::IsAdmin.eq(true))
        .filter(Column::Status.eq(UserStatus::Active))
        .order_by_asc(Column::Id);
    // All of them are locked, in one order: two admins who demote each other meet here.
    let others = tx.lock_all(admins).await?;
    if user.status == UserStatus::Active && !others.iter().any(|other| other.id != user.id) {
        return Err(LAST_ADMIN.into());
    }
    Ok(())
}

/// Closes an account and ends its sessions.
pub async fn deactivate(db: &Db, tokens: &Tokens, access: &Access, id: Uuid, expected: Precondition) -> Result<User> {
    let user = db
        .write(access, async move |tx: &Tx<'_>| {
            let before = tx.lock(one(id)).await?;
            if before.status == UserStatus::Deactivated {
                return Err(INVALID_TRANSITION.into());
            }
            if before.is_admin {
                keep_an_admin(tx, &before).await?;
            }
            let mut row = before.clone().into_active_model();
            row.status = Set(UserStatus::Deactivated);
            let after = tx.update::<Entity>(&before, row, expected, "user.deactivated").await?;
            one_time::void_in(tx, id).await?;
            sessions::service::end_all_in(tx, id, None, "account_deactivated").await?;
            Ok(User::from(after))
        })
        .await?;
    tokens.forget_user(id);
    Ok(user)
}

/// Opens a closed account again.
pub async fn activate(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<User> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(id)).await?;
        if before.status != UserStatus::Deactivated {
            return Err(INVALID_TRANSITION.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(if before.password_hash.is_some() { UserStatus::Active } else { UserStatus::Invited });
        tx.update::<Entity>(&before, row, expected, "user.activated").await.map(User::from)
    })
    .await
}

/// The caller's own account.
pub async fn read_me(db: &Db, access: &Access) -> Result<User> {
    read(db, access.signed_in()?.user_id).await
}

/// Changes the caller's own account.
pub async fn update_me(db: &Db, access: &Access, expected: Precondition, changes: MyChanges) -> Result<User> {
    let id = access.signed_in()?.user_id;
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(id)).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        row.search_text = Set(search_text(&[changes.name.as_ref().unwrap_or(&before.name), &before.email]));
        set(&mut row.name, changes.name);
        set(&mut row.language, changes.language);
        tx.update::<Entity>(&before, row, expected, "user.updated").await.map(User::from)
    })
    .await
}

/// Changes the caller's password and ends their other sessions.
pub async fn change_password(db: &Db, gate: &Gate, access: &Access, change: PasswordChange) -> Result<()> {
    let caller = access.signed_in()?.clone();
    let user = db.reader().find(one(caller.user_id)).await?;
    if gate.limits.enabled() {
        // A stolen token must not serve to guess the password.
        attempts::begin(db, &user.email_key).await?;
    }
    if !passwords::verify(&change.current_password, user.password_hash.as_deref()).await? {
        return Err(Error::invalid(vec![Violation::field("current_password", &passwords::WRONG_PASSWORD)]));
    }
    let second_factor = user.totp_confirmed_at.is_some();
    passwords::check(&change.new_password, &[&user.name, &user.email], second_factor, "#/new_password")?;
    let hash = passwords::hash(&change.new_password).await?;
    db.run(access.clone(), async move |tx: &Tx<'_>| {
        let before = tx.lock(one(caller.user_id)).await?;
        if before.password_hash != user.password_hash {
            return Err(Error::invalid(vec![Violation::field("current_password", &passwords::WRONG_PASSWORD)]));
        }
        attempts::succeed_in(tx, &before.email_key).await?;
        one_time::void_in(tx, before.id).await?;
        let mut row = before.clone().into_active_model();
        row.password_hash = Set(Some(hash.clone()));
        tx.update::<Entity>(&before, row, Precondition::default(), "user.password_changed").await?;
        sessions::service::end_all_in(tx, caller.user_id, Some(caller.session_id), "password_changed").await
    })
    .await?;
    gate.tokens.forget_user(access.signed_in()?.user_id);
    Ok(())
}
