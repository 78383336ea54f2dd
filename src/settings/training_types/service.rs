use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{TrainingType, TrainingTypeChanges, TrainingTypeFilter, TrainingTypePage};
use super::entity::{Column, Entity};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::Result;
use crate::kernel::language::Localized;
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;

const SORTABLE: &Sortable<Entity> = &[("siasn_id", Column::SiasnId)];

/// What is searched of a type.
pub fn searched(name: &Localized) -> String {
    search_text(&[&name.id, name.en.as_deref().unwrap_or_default()])
}

/// Lists types.
pub async fn list(db: &Db, list: &Listing<TrainingTypeFilter>) -> Result<TrainingTypePage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "siasn_id").await?;
    Ok(page.map(TrainingType::from))
}

/// Reads a type.
pub async fn read(db: &Db, id: Uuid) -> Result<TrainingType> {
    db.reader().find(Entity::find().filter(Column::Id.eq(id))).await.map(TrainingType::from)
}

/// Changes a type. Credit that was given keeps its bucket.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: TrainingTypeChanges,
) -> Result<TrainingType> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        let changes = changes.clone();
        let mut row = before.clone().into_active_model();
        if let Some(name) = changes.name {
            row.search_text = Set(searched(&name));
            row.name = Set(name);
        }
        set(&mut row.track, changes.track);
        set(&mut row.bucket, changes.bucket);
        changes.course_code.apply(&mut row.course_code);
        tx.update::<Entity>(&before, row, expected, "training_type.updated").await.map(TrainingType::from)
    })
    .await
}
