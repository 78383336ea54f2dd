use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{NewUnit, Unit, UnitChanges, UnitFilter, UnitPage};
use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};
use crate::staff::librarians::entity as librarian;

/// Another unit has this code.
pub const UNIT_CODE_TAKEN: Refusal = Refusal {
    code: "unit_code_taken",
    status: 409,
    id: "Kode unit ini sudah dipakai",
    en: "Another unit has this code",
};

const SORTABLE: &Sortable<Entity> =
    &[("code", Column::Code), ("name", Column::Name), ("created_at", Column::CreatedAt)];

/// The units this caller may know of; every query of this file starts here.
fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    if include_archived && access.is_admin() {
        Entity::find()
    } else {
        Entity::find().filter(Column::ArchivedAt.is_null())
    }
}

fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// Lists units.
pub async fn list(db: &Db, access: &Access, list: &Listing<UnitFilter>) -> Result<UnitPage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "code").await?;
    Ok(page.map(Unit::from))
}

/// Reads a unit.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Unit> {
    db.reader().find(one(access, id)).await.map(Unit::from)
}

/// Enters a unit.
pub async fn create(db: &Db, access: &Access, new: NewUnit) -> Result<Unit> {
    db.create(access, async move |tx: &Tx<'_>| {
        can_lead(tx, new.head_id).await?;
        let row = ActiveModel {
            head_id: Set(new.head_id),
            code: Set(new.code.clone()),
            name: Set(new.name.clone()),
            address: Set(new.address.clone()),
            search_text: Set(search_text(&[&new.code, &new.name])),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "unit.created").await;
        row.map(Unit::from).on_duplicate_of("code", UNIT_CODE_TAKEN, "code")
    })
    .await
}

/// Changes a unit.
pub async fn update(db: &Db, access: &Access, id: Uuid, expected: Precondition, changes: UnitChanges) -> Result<Unit> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        let mut row = before.clone().into_active_model();
        let changes = changes.clone();
        can_lead(tx, changes.head_id.value().copied()).await?;
        let (code, name) =
            (changes.code.as_ref().unwrap_or(&before.code), changes.name.as_ref().unwrap_or(&before.name));
        row.search_text = Set(search_text(&[code, name]));
        set(&mut row.code, changes.code);
        set(&mut row.name, changes.name);
        changes.address.apply(&mut row.address);
        changes.head_id.apply(&mut row.head_id);
        let row = tx.update::<Entity>(&before, row, expected, "unit.updated").await;
        row.map(Unit::from).on_duplicate_of("code", UNIT_CODE_TAKEN, "code")
    })
    .await
}

/// The head is somebody who is here, and stays until this transaction ends.
async fn can_lead(tx: &Tx<'_>, head_id: Option<Uuid>) -> Result<()> {
    let Some(id) = head_id else { return Ok(()) };
    let present = librarian::Entity::find().filter(librarian::Column::ArchivedAt.is_null());
    if tx.lock_all(present.filter(librarian::Column::Id.eq(id))).await?.is_empty() {
        return Err(Error::invalid(vec![Violation::field("head_id", &NO_SUCH_OBJECT)]));
    }
    Ok(())
}

/// Who has left leads no unit.
pub async fn leave_units_in(tx: &Tx<'_>, librarian_id: Uuid) -> Result<()> {
    for before in tx.reader().all(Entity::find().filter(Column::HeadId.eq(librarian_id))).await? {
        let mut row = before.clone().into_active_model();
        row.head_id = Set(None);
        tx.update::<Entity>(&before, row, Precondition::default(), "unit.updated").await?;
    }
    Ok(())
}

/// Puts a unit aside.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        tx.archive::<Entity>(&before, expected, "unit.archived").await
    })
    .await
}

/// Takes a unit back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Unit> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        tx.restore::<Entity>(&before, expected, "unit.restored").await.map(Unit::from)
    })
    .await
}
