use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Material, MaterialChanges, MaterialPage, NewMaterial};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::activities::activities::entity::ActivityStatus;
use crate::activities::activities::service::{ACTIVITY_CLOSED, one as activity_of, visible_ids};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::Result;
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;

const SORTABLE: &Sortable<Entity> = &[("position", Column::Position)];

fn one(access: &Access, id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::ActivityId.in_subquery(visible_ids(access))).filter(Column::Id.eq(id))
}

/// Lists the materials of an activity.
pub async fn list(db: &Db, access: &Access, activity_id: Uuid, list: &Listing<NoFilter>) -> Result<MaterialPage> {
    db.reader().find(activity_of(access, activity_id)).await?;
    let rows = Entity::find().filter(Column::ActivityId.eq(activity_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "position").await?;
    Ok(page.map(Material::from))
}

/// Reads a material.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Material> {
    db.reader().find(one(access, id)).await.map(Material::from)
}

/// Enters a material.
pub async fn create(db: &Db, access: &Access, activity_id: Uuid, new: NewMaterial) -> Result<Material> {
    db.create(access, async move |tx: &Tx<'_>| {
        takes_materials(tx, activity_id).await?;
        let row = ActiveModel {
            activity_id: Set(activity_id),
            title: Set(new.title.clone()),
            url: Set(new.url.clone()),
            position: Set(new.position),
            ..Default::default()
        };
        tx.insert::<Entity>(row, "material.created").await.map(Material::from)
    })
    .await
}

/// Materials are often handed out after an activity: only one that was called off takes none.
async fn takes_materials(tx: &Tx<'_>, activity_id: Uuid) -> Result<()> {
    let activity = tx.lock(activity_of(tx.access(), activity_id)).await?;
    if activity.archived_at.is_some() || activity.status == ActivityStatus::Cancelled {
        return Err(ACTIVITY_CLOSED.into());
    }
    Ok(())
}

async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let known = tx.reader().find(one(tx.access(), id)).await?;
    takes_materials(tx, known.activity_id).await?;
    tx.reader().find(one(tx.access(), id)).await
}

/// Changes a material.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MaterialChanges,
) -> Result<Material> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        let mut row = before.clone().into_active_model();
        let changes = changes.clone();
        set(&mut row.title, changes.title);
        set(&mut row.url, changes.url);
        set(&mut row.position, changes.position);
        tx.update::<Entity>(&before, row, expected, "material.updated").await.map(Material::from)
    })
    .await
}

/// Removes a material.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "material.removed").await
    })
    .await
}
