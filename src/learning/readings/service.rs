use chrono::{Datelike, NaiveDate};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{NewReading, Reading, ReadingChanges, ReadingFilter, ReadingPage};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::activities::interests::service::NO_RECORD;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::validation::{IN_THE_FUTURE, NOT_VALID, Violation};
use crate::learning::development_plans::entity::action;
use crate::learning::development_plans::progress::moved_in;
use crate::learning::learning_resources::entity as resource;
use crate::learning::learning_resources::service::{count_in, hold};
use crate::staff::reach;

/// The person said so already.
pub const ALREADY_READ: Refusal = Refusal {
    code: "already_read",
    status: 409,
    id: "Bacaan ini sudah Anda catat; ubah catatan itu",
    en: "You have said so already; change what you said",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt), ("read_on", Column::ReadOn)];

/// Lists readings. What colleagues read is for all of them to see.
pub async fn list(db: &Db, list: &Listing<ReadingFilter>) -> Result<ReadingPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(Reading::from))
}

/// Reads a reading.
pub async fn read(db: &Db, id: Uuid) -> Result<Reading> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await.map(Reading::from)
}

/// The readings this caller may write on.
fn own(access: &Access, on: NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within(access, Column::LibrarianId, on))
}

fn check(read_on: NaiveDate, today: NaiveDate) -> Result<()> {
    let fault = if read_on > today {
        &IN_THE_FUTURE
    } else if read_on.year() < 1950 {
        &NOT_VALID
    } else {
        return Ok(());
    };
    Err(Error::invalid(vec![Violation::field("read_on", fault)]))
}

/// Moves the plan that asks for what was read.
async fn follow_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    moved_in(tx, row.librarian_id, action::Column::LearningResourceId.eq(row.learning_resource_id)).await
}

/// Says that one read something.
pub async fn create(db: &Db, access: &Access, resource_id: Uuid, new: NewReading) -> Result<Reading> {
    db.create(access, async move |tx: &Tx<'_>| {
        let resource = hold(tx, resource_id).await?;
        let own = tx.access().own_librarian().ok_or(NO_RECORD)?;
        let read_on = new.read_on.unwrap_or(tx.today());
        check(read_on, tx.today())?;
        let row = ActiveModel {
            learning_resource_id: Set(resource.id),
            librarian_id: Set(own),
            read_on: Set(read_on),
            stars: Set(new.stars),
            comment: Set(new.comment.clone()),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "reading.created").await.on_duplicate(ALREADY_READ)?;
        count_in(tx, &resource, 1, None, row.stars).await?;
        follow_in(tx, &row).await?;
        Ok(Reading::from(row))
    })
    .await
}

/// A reading of one's own with its resource, both kept from changing otherwise until this transaction ends.
async fn hold_own(tx: &Tx<'_>, id: Uuid, expected: Precondition) -> Result<(resource::Model, Model)> {
    let known = own(tx.access(), tx.today()).filter(Column::Id.eq(id));
    let resource_id = tx.reader().find(known.clone()).await?.learning_resource_id;
    // What is in the archive keeps counting what is said of it.
    let resource = tx.lock(resource::Entity::find().filter(resource::Column::Id.eq(resource_id))).await?;
    let row = tx.reader().find(known).await?;
    expected.check(row.version)?;
    Ok((resource, row))
}

/// Changes what one said.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: ReadingChanges,
) -> Result<Reading> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (resource, before) = hold_own(tx, id, expected).await?;
        let changes = changes.clone();
        if let Some(read_on) = changes.read_on {
            check(read_on, tx.today())?;
        }
        let mut row = before.clone().into_active_model();
        set(&mut row.read_on, changes.read_on);
        changes.stars.apply(&mut row.stars);
        changes.comment.apply(&mut row.comment);
        let row = tx.update::<Entity>(&before, row, expected, "reading.updated").await?;
        count_in(tx, &resource, 0, before.stars, row.stars).await?;
        follow_in(tx, &row).await?;
        Ok(Reading::from(row))
    })
    .await
}

/// Takes back that one read something.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (resource, before) = hold_own(tx, id, expected).await?;
        tx.delete::<Entity>(&before, expected, "reading.removed").await?;
        count_in(tx, &resource, -1, before.stars, None).await?;
        follow_in(tx, &before).await
    })
    .await
}
