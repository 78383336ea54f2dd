use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{NewSpeaker, Speaker, SpeakerChanges, SpeakerPage};
use super::entity::{ActiveModel, Column, Entity};
use crate::activities::activities::service::{lock_open, one as activity_of, visible_ids};
use crate::activities::sessions::entity as session;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, REQUIRED, Violation};
use crate::staff::librarians::entity as librarian;

/// The last place in an order.
const LAST: i32 = 1000;

const SORTABLE: &Sortable<Entity> = &[("position", Column::Position)];

fn one(access: &Access, id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::ActivityId.in_subquery(visible_ids(access))).filter(Column::Id.eq(id))
}

/// Lists the speakers of an activity.
pub async fn list(db: &Db, access: &Access, activity_id: Uuid, list: &Listing<NoFilter>) -> Result<SpeakerPage> {
    db.reader().find(activity_of(access, activity_id)).await?;
    let rows = Entity::find().filter(Column::ActivityId.eq(activity_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "position").await?;
    Ok(page.map(Speaker::from))
}

/// Reads a speaker.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Speaker> {
    db.reader().find(one(access, id)).await.map(Speaker::from)
}

/// Enters a speaker.
pub async fn create(db: &Db, access: &Access, activity_id: Uuid, new: NewSpeaker) -> Result<Speaker> {
    db.create(access, async move |tx: &Tx<'_>| {
        lock_open(tx, activity_id).await?;
        its_own_session(tx, activity_id, new.session_id).await?;
        let row = ActiveModel {
            activity_id: Set(activity_id),
            session_id: Set(new.session_id),
            librarian_id: Set(new.librarian_id),
            name: Set(name_in(tx, &new).await?),
            organisation: Set(new.organisation.clone()),
            role: Set(new.role),
            topic: Set(new.topic.clone()),
            position: Set(match new.position {
                Some(position) => position,
                None => last_in(tx, activity_id).await?,
            }),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "speaker.created").await.map(Speaker::from)
    })
    .await
}

async fn name_in(tx: &Tx<'_>, new: &NewSpeaker) -> Result<String> {
    let Some(id) = new.librarian_id else {
        return new.name.clone().ok_or_else(|| Error::invalid(vec![Violation::field("name", &REQUIRED)]));
    };
    let colleague =
        librarian::Entity::find().filter(librarian::Column::Id.eq(id)).filter(librarian::Column::ArchivedAt.is_null());
    match tx.reader().one(colleague).await? {
        Some(colleague) => Ok(new.name.clone().unwrap_or(colleague.name)),
        None => Err(Error::invalid(vec![Violation::field("librarian_id", &NO_SUCH_OBJECT)])),
    }
}

async fn its_own_session(tx: &Tx<'_>, activity_id: Uuid, session_id: Option<Uuid>) -> Result<()> {
    let Some(id) = session_id else { return Ok(()) };
    let own =
        session::Entity::find().filter(session::Column::Id.eq(id)).filter(session::Column::ActivityId.eq(activity_id));
    if tx.reader().exists(own).await? {
        return Ok(());
    }
    Err(Error::invalid(vec![Violation::field("session_id", &NO_SUCH_OBJECT)]))
}

async fn last_in(tx: &Tx<'_>, activity_id: Uuid) -> Result<i32> {
    let last = Query::select()
        .expr(Expr::col(Column::Position).max())
        .from(Entity)
        .and_where(Column::ActivityId.eq(activity_id))
        .to_owned();
    let last: Vec<Option<i32>> = tx.reader().rows(&last, |row| row.get(0)).await?;
    Ok(last.into_iter().flatten().next().map_or(1, |last| std::cmp::min(last + 1, LAST)))
}

/// Changes a speaker.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: SpeakerChanges,
) -> Result<Speaker> {
    db.write(access, async move |tx: &Tx<'_>| {
        let known = tx.reader().find(one(tx.access(), id)).await?;
        lock_open(tx, known.activity_id).await?;
        its_own_session(tx, known.activity_id, changes.session_id.value().copied()).await?;
        let before = tx.reader().find(one(tx.access(), id)).await?;
        let mut row = before.clone().into_active_model();
        let changes = changes.clone();
        changes.session_id.apply(&mut row.session_id);
        set(&mut row.name, changes.name);
        changes.organisation.apply(&mut row.organisation);
        set(&mut row.role, changes.role);
        changes.topic.apply(&mut row.topic);
        set(&mut row.position, changes.position);
        tx.update::<Entity>(&before, row, expected, "speaker.updated").await.map(Speaker::from)
    })
    .await
}

/// Removes a speaker.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        lock_open(tx, before.activity_id).await?;
        tx.delete::<Entity>(&before, expected, "speaker.removed").await
    })
    .await
}
