use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Holiday, HolidayChanges, HolidayFilter, HolidayPage, NewHoliday};
use super::entity::{ActiveModel, Column, Entity};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Refusal, Result, ResultExt};
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;

/// The day has a holiday.
pub const HOLIDAY_EXISTS: Refusal = Refusal {
    code: "holiday_exists",
    status: 409,
    id: "Tanggal ini sudah tercatat sebagai hari libur",
    en: "This day is entered as a holiday already",
};

const SORTABLE: &Sortable<Entity> = &[("held_on", Column::HeldOn)];

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Lists holidays.
pub async fn list(db: &Db, list: &Listing<HolidayFilter>) -> Result<HolidayPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "held_on").await?;
    Ok(page.map(Holiday::from))
}

/// Reads a holiday.
pub async fn read(db: &Db, id: Uuid) -> Result<Holiday> {
    db.reader().find(one(id)).await.map(Holiday::from)
}

/// Which of these days are holidays, each with its name.
pub async fn among(reader: Reader<'_>, days: impl Iterator<Item = NaiveDate>) -> Result<HashMap<NaiveDate, Localized>> {
    let rows = Entity::find().filter(Column::HeldOn.is_in(days));
    Ok(reader.all(rows).await?.into_iter().map(|row| (row.held_on, row.name)).collect())
}

/// Enters a holiday.
pub async fn create(db: &Db, access: &Access, new: NewHoliday) -> Result<Holiday> {
    db.create(access, async move |tx: &Tx<'_>| {
        let row = ActiveModel {
            held_on: Set(new.held_on),
            name: Set(new.name.clone()),
            kind: Set(new.kind),
            legal_basis: Set(new.legal_basis.clone()),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "holiday.created").await;
        row.map(Holiday::from).on_duplicate_of("held_on", HOLIDAY_EXISTS, "held_on")
    })
    .await
}

/// Changes a holiday.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: HolidayChanges,
) -> Result<Holiday> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(id)).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.held_on, changes.held_on);
        if let Some(name) = changes.name {
            row.name = Set(name);
        }
        set(&mut row.kind, changes.kind);
        changes.legal_basis.apply(&mut row.legal_basis);
        let row = tx.update::<Entity>(&before, row, expected, "holiday.updated").await;
        row.map(Holiday::from).on_duplicate_of("held_on", HOLIDAY_EXISTS, "held_on")
    })
    .await
}

/// Removes a holiday: the day is one like others.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(one(id)).await?;
        tx.delete::<Entity>(&row, expected, "holiday.deleted").await
    })
    .await
}
