use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{CreditEntry, CreditEntryFilter, CreditEntryPage, ReversalReason};
use super::entity::{Column, Entity};
use crate::credits::service::reverse_in;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::staff::reach;

const SORTABLE: &Sortable<Entity> = &[("counted_on", Column::CountedOn)];

/// The rows this caller may know of; every query of this file starts here.
fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within(access, Column::LibrarianId, on))
}

/// Which rows take these back.
async fn reversals(reader: Reader<'_>, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Uuid>> {
    let rows = reader.all(Entity::find().filter(Column::ReversalOf.is_in(ids))).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.reversal_of?, row.id))).collect())
}

/// Lists rows.
pub async fn list(db: &Db, access: &Access, list: &Listing<CreditEntryFilter>) -> Result<CreditEntryPage> {
    let rows = visible(access, db.today()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-counted_on").await?;
    let reversals = reversals(db.reader(), page.items.iter().map(|row| row.id).collect()).await?;
    Ok(page.map(|row| {
        let reversed_by = reversals.get(&row.id).copied();
        CreditEntry::seen(row, reversed_by, access)
    }))
}

/// Reads a row.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<CreditEntry> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    let reversed_by = reversals(db.reader(), vec![id]).await?.remove(&id);
    Ok(CreditEntry::seen(row, reversed_by, access))
}

/// Takes credit back.
pub async fn reverse(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: ReversalReason,
) -> Result<CreditEntry> {
    db.write(access, async move |tx: &Tx<'_>| {
        let row = tx.reader().find(visible(tx.access(), tx.today()).filter(Column::Id.eq(id))).await?;
        expected.check(row.version)?;
        let reversal = reverse_in(tx, id, &reason.reason).await?;
        Ok(CreditEntry::seen(row, Some(reversal.id), tx.access()))
    })
    .await
}
