use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{NewPrivateNote, PrivateNote};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, NOT_FOUND, Result};
use crate::kernel::policy::Access;
use crate::mentoring::mentoring_meetings::entity as meeting;
use crate::mentoring::mentoring_meetings::people::meetings_of;
use crate::mentoring::mentorships::service::{hold_people, of_person};

/// The caller's own note of a meeting; every query of this file starts here, and none knows another author.
fn own(author: Uuid, meeting_id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::AuthorId.eq(author)).filter(Column::MeetingId.eq(meeting_id))
}

fn author(access: &Access) -> Result<Uuid> {
    access.own_librarian().ok_or_else(|| NOT_FOUND.into())
}

/// Reads the caller's note; it stays theirs when the pair has ended.
pub async fn read(db: &Db, access: &Access, meeting_id: Uuid) -> Result<PrivateNote> {
    db.reader().find(own(author(access)?, meeting_id)).await.map(PrivateNote::from)
}

/// Keeps the caller's note of a meeting that they take part in, or that they have a note of.
pub async fn keep(
    db: &Db,
    access: &Access,
    meeting_id: Uuid,
    expected: Precondition,
    new: NewPrivateNote,
) -> Result<PrivateNote> {
    let author = author(access)?;
    db.write(access, async move |tx: &Tx<'_>| {
        // Two devices of one person meet here.
        hold_people(tx, [author]).await?;
        let Some(before) = tx.reader().one(own(author, meeting_id)).await? else {
            let meetings = meetings_of(of_person(author, tx.today()));
            let attended = meeting::Entity::find()
                .filter(meeting::Column::Id.eq(meeting_id))
                .filter(meeting::Column::Id.in_subquery(meetings));
            tx.reader().find(attended).await?;
            expected.check(0)?;
            let row = ActiveModel {
                meeting_id: Set(meeting_id),
                author_id: Set(author),
                text: Set(new.text.clone()),
                version: Set(1),
                created_at: Set(tx.now()),
                updated_at: Set(tx.now()),
            };
            return tx.put::<Entity>(row).await.map(PrivateNote::from);
        };
        expected.check(before.version)?;
        if before.text == new.text {
            return Ok(before.into());
        }
        let after = Model { text: new.text.clone(), version: before.version + 1, updated_at: tx.now(), ..before };
        let update = Query::update()
            .table(Entity)
            .value(Column::Text, after.text.as_str())
            .value(Column::Version, after.version)
            .value(Column::UpdatedAt, after.updated_at)
            .and_where(Expr::col(Column::MeetingId).eq(meeting_id))
            .and_where(Expr::col(Column::AuthorId).eq(author))
            .to_owned();
        if tx.execute(&update).await? == 0 {
            return Err(Error::Raced);
        }
        Ok(after.into())
    })
    .await
}

/// Removes the caller's note for good.
pub async fn delete(db: &Db, access: &Access, meeting_id: Uuid, expected: Precondition) -> Result<()> {
    let author = author(access)?;
    db.write(access, async move |tx: &Tx<'_>| {
        hold_people(tx, [author]).await?;
        let before = tx.reader().find(own(author, meeting_id)).await?;
        expected.check(before.version)?;
        let delete = Query::delete()
            .from_table(Entity)
            .and_where(Expr::col(Column::MeetingId).eq(meeting_id))
            .and_where(Expr::col(Column::AuthorId).eq(author))
            .to_owned();
        tx.execute(&delete).await.map(|_| ())
    })
    .await
}
