use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::dto::{AuditEntry, AuditEntryPage, AuditFilter};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::event::{Column, Entity};
use crate::kernel::page::{self, Listing, Sortable};

const SORTABLE: &Sortable<Entity> = &[("seq", Column::Seq)];

/// Lists numbered events.
pub async fn list(db: &Db, list: &Listing<AuditFilter>) -> Result<AuditEntryPage> {
    let rows = Entity::find().filter(Column::Seq.is_not_null()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-seq").await?;
    Ok(page.map(AuditEntry::from))
}
