use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Position, PositionFilter, PositionPage};
use super::entity::{Column, Entity};
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, Sortable};

const SORTABLE: &Sortable<Entity> = &[("level", Column::Level), ("code", Column::Code)];

fn visible() -> Select<Entity> {
    Entity::find().filter(Column::ArchivedAt.is_null())
}

/// Lists positions.
pub async fn list(db: &Db, list: &Listing<PositionFilter>) -> Result<PositionPage> {
    let rows = visible().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "level").await?;
    Ok(page.map(Position::from))
}

/// Reads a position.
pub async fn read(db: &Db, id: Uuid) -> Result<Position> {
    db.reader().find(visible().filter(Column::Id.eq(id))).await.map(Position::from)
}
