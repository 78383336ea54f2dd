use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{CreditPointRule, CreditPointRuleFilter, CreditPointRulePage, NewCreditPointRule};
use super::entity::{Column, Entity, Model};
use crate::kernel::dated::{Dated, follow_in, holding, withdraw_in};
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;

const SORTABLE: &Sortable<Entity> = &[("valid_from", Column::ValidFrom)];

/// Every rule, whenever it holds.
pub async fn all(reader: Reader<'_>) -> Result<Vec<Model>> {
    reader.all(Entity::find()).await
}

/// The rule that holds on a day.
pub async fn in_force(reader: Reader<'_>, on: NaiveDate) -> Result<Option<Model>> {
    reader.one(Entity::find().filter(holding::<Entity>(on))).await
}

/// Lists them.
pub(crate) async fn list(db: &Db, list: &Listing<CreditPointRuleFilter>) -> Result<CreditPointRulePage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-valid_from").await?;
    Ok(page.map(CreditPointRule::from))
}

/// Reads one.
pub(crate) async fn read(db: &Db, id: Uuid) -> Result<CreditPointRule> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await.map(CreditPointRule::from)
}

/// Enters one, which ends the one before it.
pub(crate) async fn create(db: &Db, access: &Access, new: NewCreditPointRule) -> Result<CreditPointRule> {
    db.create(access, async move |tx: &Tx<'_>| {
        follow_in(tx, Entity::find(), new.row(), new.valid_from).await.map(CreditPointRule::from)
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
) -> Result<CreditPointRule> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        set(&mut row.legal_basis, changes.legal_basis);
        changes.source.apply(&mut row.source);
        set(&mut row.verified, changes.verified);
        tx.update::<Entity>(&before, row, expected, Entity::UPDATED).await.map(CreditPointRule::from)
    })
    .await
}

/// Removes one that has not come into force.
pub(crate) async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        withdraw_in(tx, Entity::find(), &row, expected).await
    })
    .await
}
