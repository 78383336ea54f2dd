use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{Leave, LeaveChanges, LeaveFilter, LeavePage, NewLeave};
use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::validation::{ENDS_BEFORE_IT_BEGINS, Violation};
use crate::staff::records::{accept, hold, hold_person, read as read_record, visible};

/// The person is away on one of these days already.
pub const LEAVE_OVERLAPS: Refusal = Refusal {
    code: "leave_overlaps",
    status: 409,
    id: "Pegawai sudah cuti pada salah satu hari ini",
    en: "The person is on leave on one of these days already",
};

const SORTABLE: &Sortable<Entity> = &[("starts_on", Column::StartsOn)];

/// Lists the leave within reach.
pub async fn list(db: &Db, access: &Access, list: &Listing<LeaveFilter>) -> Result<LeavePage> {
    let rows = visible::<Entity>(access, db.today()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-starts_on").await?;
    Ok(page.map(Leave::from))
}

/// Reads leave.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Leave> {
    read_record::<Entity>(db, access, id).await.map(Leave::from)
}

/// The days can be, and the person, who is locked, is not away on any of them.
async fn check(tx: &Tx<'_>, person: Uuid, except: Option<Uuid>, first: NaiveDate, last: NaiveDate) -> Result<()> {
    if last < first {
        accept(vec![Violation::field("ends_on", &ENDS_BEFORE_IT_BEGINS)])?;
    }
    let mut same = Entity::find()
        .filter(Column::LibrarianId.eq(person))
        .filter(Column::StartsOn.lte(last))
        .filter(Column::EndsOn.gte(first));
    if let Some(id) = except {
        same = same.filter(Column::Id.ne(id));
    }
    if tx.reader().exists(same).await? { Err(LEAVE_OVERLAPS.into()) } else { Ok(()) }
}

/// Enters leave.
pub async fn create(db: &Db, access: &Access, librarian_id: Uuid, new: NewLeave) -> Result<Leave> {
    db.create(access, async move |tx: &Tx<'_>| {
        let person = hold_person(tx, librarian_id).await?;
        check(tx, person.id, None, new.starts_on, new.ends_on).await?;
        let row = ActiveModel {
            librarian_id: Set(person.id),
            kind: Set(new.kind),
            starts_on: Set(new.starts_on),
            ends_on: Set(new.ends_on),
            letter_number: Set(new.letter_number.clone()),
            note: Set(new.note.clone()),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "leave.created").await.map(Leave::from)
    })
    .await
}

/// Changes leave.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: LeaveChanges,
) -> Result<Leave> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (person, before) = hold::<Entity>(tx, id).await?;
        let changes = changes.clone();
        let first = changes.starts_on.unwrap_or(before.starts_on);
        check(tx, person.id, Some(id), first, changes.ends_on.unwrap_or(before.ends_on)).await?;
        let mut row = before.clone().into_active_model();
        set(&mut row.kind, changes.kind);
        set(&mut row.starts_on, changes.starts_on);
        set(&mut row.ends_on, changes.ends_on);
        changes.letter_number.apply(&mut row.letter_number);
        changes.note.apply(&mut row.note);
        tx.update::<Entity>(&before, row, expected, "leave.updated").await.map(Leave::from)
    })
    .await
}

/// Removes leave.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (_, before) = hold::<Entity>(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "leave.removed").await
    })
    .await
}
