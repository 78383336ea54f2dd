use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{IndicatorMethod, IndicatorMethodFilter, IndicatorMethodPage, NewIndicatorMethod};
use super::entity::{Column, Entity, Model};
use crate::evaluation::indicators::service::hold_in_use;
use crate::kernel::dated::{Dated, follow_in, holding, withdraw_in};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;

const SORTABLE: &Sortable<Entity> = &[("valid_from", Column::ValidFrom)];

impl Dated for Entity {
    const VALID_FROM: Column = Column::ValidFrom;
    const VALID_TO: Column = Column::ValidTo;
    const CREATED: &'static str = "indicator_method.created";
    const UPDATED: &'static str = "indicator_method.updated";
    const DELETED: &'static str = "indicator_method.deleted";

    fn period(row: &Model) -> (NaiveDate, Option<NaiveDate>) {
        (row.valid_from, row.valid_to)
    }
}

fn of(indicator_id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::IndicatorId.eq(indicator_id))
}

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// The method of an indicator on a day, if there is one.
pub async fn in_force(reader: Reader<'_>, indicator_id: Uuid, on: NaiveDate) -> Result<Option<Model>> {
    reader.one(of(indicator_id).filter(holding::<Entity>(on))).await
}

/// The methods of these indicators on a day.
pub async fn all_in_force(
    reader: Reader<'_>,
    indicators: impl IntoIterator<Item = Uuid>,
    on: NaiveDate,
) -> Result<HashMap<Uuid, Model>> {
    let rows = Entity::find().filter(Column::IndicatorId.is_in(indicators)).filter(holding::<Entity>(on));
    Ok(reader.all(rows).await?.into_iter().map(|row| (row.indicator_id, row)).collect())
}

/// Lists methods.
pub async fn list(db: &Db, list: &Listing<IndicatorMethodFilter>) -> Result<IndicatorMethodPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-valid_from").await?;
    Ok(page.map(IndicatorMethod::from))
}

/// Reads a method.
pub async fn read(db: &Db, id: Uuid) -> Result<IndicatorMethod> {
    db.reader().find(one(id)).await.map(IndicatorMethod::from)
}

/// The first method of an indicator, part of the transaction that enters it. It may begin in the past.
pub async fn begin_in(tx: &Tx<'_>, indicator_id: Uuid, new: &NewIndicatorMethod) -> Result<Model> {
    let mut row = new.row(indicator_id);
    row.valid_from = Set(new.valid_from);
    tx.insert::<Entity>(row, Entity::CREATED).await
}

/// Enters a method, which ends the one before it.
pub async fn create(db: &Db, access: &Access, indicator_id: Uuid, new: NewIndicatorMethod) -> Result<IndicatorMethod> {
    db.create(access, async move |tx: &Tx<'_>| {
        hold_in_use(tx, indicator_id).await?;
        let wrong = new.mistakes("#");
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let row = follow_in(tx, of(indicator_id), new.row(indicator_id), new.valid_from).await?;
        Ok(IndicatorMethod::from(row))
    })
    .await
}

/// Says how sure a method is.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: Provenance,
) -> Result<IndicatorMethod> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(one(id)).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.legal_basis, changes.legal_basis);
        changes.source.apply(&mut row.source);
        set(&mut row.verified, changes.verified);
        tx.update::<Entity>(&before, row, expected, Entity::UPDATED).await.map(IndicatorMethod::from)
    })
    .await
}

/// Removes a method that has not come into force.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(one(id)).await?;
        withdraw_in(tx, of(row.indicator_id), &row, expected).await
    })
    .await
}
