use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{CreditEntry, CreditEntryFilter, CreditEntryPage, ReversalReason};
use super::entity::{Column, CreditSource, Entity, EntryKind, Model};
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

/// What an object earned somebody.
#[derive(Clone, Debug)]
pub struct Earned {
    /// The latest credit.
    pub entry: Model,
    /// Whether it was taken back.
    pub is_reversed: bool,
}

impl Earned {
    /// What counts of it, in hundredths.
    pub const fn counting(&self) -> i32 {
        if self.is_reversed { 0 } else { self.entry.credited }
    }
}

/// What these objects earned, of one person or each of its own; those that never did are left out.
pub async fn earned_by(
    reader: Reader<'_>,
    kind: CreditSource,
    ids: Vec<Uuid>,
    person: Option<Uuid>,
) -> Result<HashMap<Uuid, Earned>> {
    let of = Condition::all().add_option(person.map(|person| Column::LibrarianId.eq(person)));
    let rows = Entity::find()
        .filter(of)
        .filter(Column::SourceId.is_in(ids))
        .filter(Column::SourceKind.eq(kind))
        .order_by_asc(Column::Round)
        // Of one round, the credit comes before what takes it back.
        .order_by_asc(Column::Kind);
    let mut earned = HashMap::new();
    for row in reader.all(rows).await? {
        match row.kind {
            EntryKind::Credit => {
                earned.insert(row.source_id, Earned { entry: row, is_reversed: false });
            }
            EntryKind::Reversal => {
                if let Some(former) = earned.get_mut(&row.source_id)
                    && row.reversal_of == Some(former.entry.id)
                {
                    former.is_reversed = true;
                }
            }
        }
    }
    Ok(earned)
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
