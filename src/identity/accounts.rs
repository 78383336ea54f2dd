//! Accounts made by the service itself: for the demonstration data and for tests, without a request.

use uuid::Uuid;

use super::directory::caller_of;
use super::sessions::service::begin_in;
use super::users::dto::{NewUser, Role};
use super::users::service::create_in;
use crate::kernel::db::{Db, Tx};
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::policy::Access;
use crate::kernel::secret::random_token;

/// An account to be made.
#[derive(Clone, Debug)]
pub struct Account {
    /// The address to sign in with.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// Whether they mentor.
    pub is_mentor: bool,
    /// Whether they run the programme.
    pub is_admin: bool,
    /// Their professional record.
    pub librarian_id: Option<Uuid>,
    /// Their password, hashed (`passwords::hash_now`).
    pub password_hash: Option<String>,
}

/// Hashes a password as accounts keep it.
pub fn hash(password: &str) -> Result<String> {
    super::passwords::hash_now(password)
}

/// Makes an account; answers its id.
pub async fn make(db: &Db, account: Account) -> Result<Uuid> {
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        let roles = [(true, Role::Librarian), (account.is_mentor, Role::Mentor), (account.is_admin, Role::Admin)];
        let new = NewUser {
            email: account.email.clone(),
            name: account.name.clone(),
            roles: roles.into_iter().filter(|(has, _)| *has).map(|(_, role)| role).collect(),
            language: None,
            librarian_id: account.librarian_id,
            password: None,
        };
        Ok(create_in(tx, &new, account.password_hash.clone()).await?.id)
    })
    .await
}

/// Begins a session for an account; answers an access token.
pub async fn sign_in(db: &Db, gate: &Gate, user_id: Uuid) -> Result<String> {
    use super::users::entity::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let refresh = random_token()?;
    let (user, session) = db
        .run(Access::system(), async move |tx: &Tx<'_>| {
            let user = tx.reader().find(Entity::find().filter(Column::Id.eq(user_id))).await?;
            let session = begin_in(tx, user_id, false, &refresh).await?;
            Ok((user, session))
        })
        .await?;
    gate.tokens.issue(&caller_of(&user, &session), db.context().ids.next(db.now()), db.now())
}
