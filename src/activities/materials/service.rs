use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{Material, MaterialChanges, MaterialPage, NewMaterial};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::activities::activities::entity::ActivityStatus;
use crate::activities::activities::service::{ACTIVITY_CLOSED, one as activity_of, visible_ids};
use crate::files::references::{FileUse, wrong_files};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Result, ResultExt};
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::patch::set;
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};

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
        is_there(tx, new.file_id).await?;
        let row = ActiveModel {
            activity_id: Set(activity_id),
            title: Set(new.title.clone()),
            url: Set(new.url.clone()),
            file_id: Set(new.file_id),
            position: Set(new.position),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "material.created").await;
        row.map(Material::from).on_reference(no_such_file())
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

/// A file that a material is to be is there to be read. That it stays so is for the database to see to.
async fn is_there(tx: &Tx<'_>, file_id: Option<Uuid>) -> Result<()> {
    let named: Vec<_> = file_id.map(|id| ("#/file_id".to_owned(), id)).into_iter().collect();
    let wrong = wrong_files(tx, &named).await?;
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

fn no_such_file() -> Violation {
    Violation::field("file_id", &NO_SUCH_OBJECT)
}

/// Whoever may read a material may read the file that it is.
pub const FILES_OF_MATERIALS: FileUse = FileUse {
    readable: |access, _, file_id| {
        Query::select()
            .expr(Expr::val(1))
            .from(Entity)
            .and_where(Expr::col(Column::FileId).eq(file_id))
            .and_where(Expr::col(Column::ActivityId).in_subquery(visible_ids(access)))
            .to_owned()
    },
};

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
        is_there(tx, changes.file_id).await?;
        set(&mut row.title, changes.title);
        if changes.url.is_some() || changes.file_id.is_some() {
            row.url = Set(changes.url);
            row.file_id = Set(changes.file_id);
        }
        set(&mut row.position, changes.position);
        let row = tx.update::<Entity>(&before, row, expected, "material.updated").await;
        row.map(Material::from).on_reference(no_such_file())
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
