use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{CreditPointRate, CreditPointRateFilter, CreditPointRatePage, NewCreditPointRate};
use super::entity::{Column, Entity, Model};
use crate::kernel::dated::{Dated, follow_in, holding, withdraw_in};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};
use crate::staff::positions::entity as position;
use crate::staff::records::accept;

const SORTABLE: &Sortable<Entity> = &[("valid_from", Column::ValidFrom)];

fn of(position_id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::PositionId.eq(position_id))
}

/// Every rate of these positions, whenever it holds.
pub async fn all_of(reader: Reader<'_>, positions: impl IntoIterator<Item = Uuid>) -> Result<Vec<Model>> {
    reader.all(Entity::find().filter(Column::PositionId.is_in(positions))).await
}

/// The rate of a position that holds on a day.
pub async fn in_force(reader: Reader<'_>, position_id: Uuid, on: NaiveDate) -> Result<Option<Model>> {
    reader.one(of(position_id).filter(holding::<Entity>(on))).await
}

/// Lists them.
pub(crate) async fn list(db: &Db, list: &Listing<CreditPointRateFilter>) -> Result<CreditPointRatePage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-valid_from").await?;
    Ok(page.map(CreditPointRate::from))
}

/// Reads one.
pub(crate) async fn read(db: &Db, id: Uuid) -> Result<CreditPointRate> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await.map(CreditPointRate::from)
}

/// Enters one, which ends the one before it.
pub(crate) async fn create(db: &Db, access: &Access, new: NewCreditPointRate) -> Result<CreditPointRate> {
    db.create(access, async move |tx: &Tx<'_>| {
        let position = position::Entity::find().filter(position::Column::Id.eq(new.position_id));
        if !tx.reader().exists(position).await? {
            accept(vec![Violation::field("position_id", &NO_SUCH_OBJECT)])?;
        }
        follow_in(tx, of(new.position_id), new.row(), new.valid_from).await.map(CreditPointRate::from)
    })
    .await
}

/// Says how sure one is.
pub(crate) async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: Provenance,
) -> Result<CreditPointRate> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.legal_basis, changes.legal_basis);
        changes.source.apply(&mut row.source);
        set(&mut row.verified, changes.verified);
        tx.update::<Entity>(&before, row, expected, Entity::UPDATED).await.map(CreditPointRate::from)
    })
    .await
}

/// Removes one that has not come into force.
pub(crate) async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        withdraw_in(tx, of(row.position_id), &row, expected).await
    })
    .await
}
