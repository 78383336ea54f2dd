//! Who is behind a session now.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::sessions::entity as session;
use super::users::entity::{self as user, UserStatus};
use crate::kernel::auth::{Caller, SessionDirectory};
use crate::kernel::db::{Db, Reader};
use crate::kernel::error::Result;

/// Looks callers up in the database.
pub struct Directory(pub Db);

impl SessionDirectory for Directory {
    fn caller(&self, session_id: Uuid) -> LocalBoxFuture<'_, Result<Option<Caller>>> {
        async move {
            let living = session::Entity::find()
                .filter(session::Column::Id.eq(session_id))
                .filter(session::Column::EndedAt.is_null())
                .filter(session::Column::ExpiresAt.gt(self.0.now()));
            match self.0.reader().one(living).await? {
                Some(session) => caller(self.0.reader(), &session).await,
                None => Ok(None),
            }
        }
        .boxed_local()
    }
}

/// The caller of a living session, if the account is active.
pub(crate) async fn caller(reader: Reader<'_>, session: &session::Model) -> Result<Option<Caller>> {
    let user = user::Entity::find()
        .filter(user::Column::Id.eq(session.user_id))
        .filter(user::Column::Status.eq(UserStatus::Active));
    Ok(reader.one(user).await?.map(|user| caller_of(&user, session)))
}

/// What an account and a session make together.
pub(crate) fn caller_of(user: &user::Model, session: &session::Model) -> Caller {
    Caller {
        user_id: user.id,
        session_id: session.id,
        librarian_id: user.librarian_id,
        is_mentor: user.is_mentor,
        is_admin: user.is_admin,
        signed_in_at: session.signed_in_at,
        second_factor: session.second_factor,
        has_second_factor: user.totp_confirmed_at.is_some(),
    }
}
