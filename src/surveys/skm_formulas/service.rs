use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{NewSkmFormula, SkmFormula, SkmFormulaPage};
use super::entity::{Column, Entity, Model};
use crate::kernel::dated::{Dated, follow_in, holding, withdraw_in};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Result};
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;

const SORTABLE: &Sortable<Entity> = &[("valid_from", Column::ValidFrom)];

impl Dated for Entity {
    const VALID_FROM: Column = Column::ValidFrom;
    const VALID_TO: Column = Column::ValidTo;
    const CREATED: &'static str = "skm_formula.created";
    const UPDATED: &'static str = "skm_formula.updated";
    const DELETED: &'static str = "skm_formula.deleted";

    fn period(row: &Model) -> (NaiveDate, Option<NaiveDate>) {
        (row.valid_from, row.valid_to)
    }
}

/// The formula that holds on this day, if there is one.
pub async fn in_force(reader: Reader<'_>, on: NaiveDate) -> Result<Option<Model>> {
    reader.one(Entity::find().filter(holding::<Entity>(on))).await
}

/// Lists formulas.
pub async fn list(db: &Db, list: &Listing<NoFilter>) -> Result<SkmFormulaPage> {
    let page = page::fetch(db.reader(), &db.context().secrets, Entity::find(), &list.cut, SORTABLE, "-valid_from");
    Ok(page.await?.map(SkmFormula::from))
}

/// Reads a formula.
pub async fn read(db: &Db, id: Uuid) -> Result<SkmFormula> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await.map(SkmFormula::from)
}

/// Enters a formula, which ends the one before it.
pub async fn create(db: &Db, access: &Access, new: NewSkmFormula) -> Result<SkmFormula> {
    db.create(access, async move |tx: &Tx<'_>| {
        let wrong = new.mistakes();
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        follow_in(tx, Entity::find(), new.row(), new.valid_from).await.map(SkmFormula::from)
    })
    .await
}

/// Says how sure a formula is.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: Provenance,
) -> Result<SkmFormula> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.legal_basis, changes.legal_basis);
        changes.source.apply(&mut row.source);
        set(&mut row.verified, changes.verified);
        tx.update::<Entity>(&before, row, expected, Entity::UPDATED).await.map(SkmFormula::from)
    })
    .await
}

/// Removes a formula that has not come into force.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        withdraw_in(tx, Entity::find(), &row, expected).await
    })
    .await
}
