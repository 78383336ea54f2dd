use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{CalendarLink, NewCalendarLink};
use super::entity::{ActiveModel, Column, Entity};
use crate::activities::interests::service::NO_RECORD;
use crate::identity::users::entity::{self as user, UserStatus};
use crate::kernel::clock::Instant;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{NOT_FOUND, Result};
use crate::kernel::policy::Access;
use crate::kernel::secret::{random_token, sha256};

fn own(access: &Access) -> Result<Select<Entity>> {
    Ok(Entity::find().filter(Column::UserId.eq(access.signed_in()?.user_id)))
}

/// Whether there is a link.
pub async fn read(db: &Db, access: &Access) -> Result<CalendarLink> {
    let link = db.reader().one(own(access)?).await?;
    Ok(CalendarLink { renewed_at: link.map(|row| Instant(row.updated_at)) })
}

/// Makes a link; one that was there before leads nowhere from now on. Nothing keeps it but who asked.
pub async fn renew(db: &Db, access: &Access, base: &str) -> Result<NewCalendarLink> {
    access.own_librarian().ok_or(NO_RECORD)?;
    let user_id = access.signed_in()?.user_id;
    let token = random_token()?;
    let hash = sha256(token.as_bytes()).to_vec();
    let row = db
        .run(access.clone(), async move |tx: &Tx<'_>| {
            // The account is held, so that two links that are made at once follow one another.
            tx.lock(user::Entity::find().filter(user::Column::Id.eq(user_id))).await?;
            match tx.reader().one(own(tx.access())?).await? {
                None => {
                    let row =
                        ActiveModel { user_id: Set(user_id), token_hash: Set(hash.clone()), ..Default::default() };
                    tx.insert::<Entity>(row, "calendar_link.created").await
                }
                Some(before) => {
                    let mut row = before.clone().into_active_model();
                    row.token_hash = Set(hash.clone());
                    tx.update::<Entity>(&before, row, Precondition::default(), "calendar_link.renewed").await
                }
            }
        })
        .await?;
    let url = format!("{base}/api/v1/calendars/{token}.ics");
    Ok(NewCalendarLink { url, renewed_at: Instant(row.updated_at) })
}

/// Gives the link up.
pub async fn delete(db: &Db, access: &Access) -> Result<()> {
    db.run(access.clone(), async |tx: &Tx<'_>| {
        for row in tx.lock_all(own(tx.access())?).await? {
            tx.delete::<Entity>(&row, Precondition::default(), "calendar_link.removed").await?;
        }
        Ok(())
    })
    .await
}

/// Whose calendar this secret opens: somebody who still may sign in.
pub async fn owner(db: &Db, token: &str) -> Result<Uuid> {
    let link = Entity::find().filter(Column::TokenHash.eq(sha256(token.as_bytes()).to_vec()));
    let user_id = db.reader().find(link).await?.user_id;
    let user =
        user::Entity::find().filter(user::Column::Id.eq(user_id)).filter(user::Column::Status.eq(UserStatus::Active));
    db.reader().find(user).await?.librarian_id.ok_or_else(|| NOT_FOUND.into())
}
