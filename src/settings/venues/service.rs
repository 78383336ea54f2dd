use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{NewVenue, Venue, VenueChanges, VenueFilter, VenuePage};
use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;

/// Another venue has this code.
pub const VENUE_CODE_TAKEN: Refusal = Refusal {
    code: "venue_code_taken",
    status: 409,
    id: "Kode tempat ini sudah dipakai",
    en: "Another venue has this code",
};

const SORTABLE: &Sortable<Entity> = &[("code", Column::Code), ("name", Column::Name)];

/// The venues this caller may know of; every query of this file starts here.
fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    if include_archived && access.is_admin() {
        Entity::find()
    } else {
        Entity::find().filter(Column::ArchivedAt.is_null())
    }
}

/// A venue by its id; archived ones for admins.
pub fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// Lists venues.
pub async fn list(db: &Db, access: &Access, list: &Listing<VenueFilter>) -> Result<VenuePage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "code").await?;
    Ok(page.map(Venue::from))
}

/// Reads a venue.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Venue> {
    db.reader().find(one(access, id)).await.map(Venue::from)
}

/// Enters a venue.
pub async fn create(db: &Db, access: &Access, new: NewVenue) -> Result<Venue> {
    db.create(access, async move |tx: &Tx<'_>| {
        let row = ActiveModel {
            code: Set(new.code.clone()),
            name: Set(new.name.clone()),
            address: Set(new.address.clone()),
            capacity: Set(new.capacity),
            equipment: Set(new.equipment.clone()),
            search_text: Set(search_text(&[&new.code, &new.name])),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "venue.created").await;
        row.map(Venue::from).on_duplicate_of("code", VENUE_CODE_TAKEN, "code")
    })
    .await
}

/// Changes a venue.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: VenueChanges,
) -> Result<Venue> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        let mut row = before.clone().into_active_model();
        let changes = changes.clone();
        let (code, name) =
            (changes.code.as_ref().unwrap_or(&before.code), changes.name.as_ref().unwrap_or(&before.name));
        row.search_text = Set(search_text(&[code, name]));
        set(&mut row.code, changes.code);
        set(&mut row.name, changes.name);
        changes.address.apply(&mut row.address);
        set(&mut row.capacity, changes.capacity);
        changes.equipment.apply(&mut row.equipment);
        let row = tx.update::<Entity>(&before, row, expected, "venue.updated").await;
        row.map(Venue::from).on_duplicate_of("code", VENUE_CODE_TAKEN, "code")
    })
    .await
}

/// Puts a venue aside.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        tx.archive::<Entity>(&before, expected, "venue.archived").await
    })
    .await
}

/// Takes a venue back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Venue> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        tx.restore::<Entity>(&before, expected, "venue.restored").await.map(Venue::from)
    })
    .await
}
