use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::content::{LearningResourceChanges, NewLearningResource};
use super::dto::{LearningResource, LearningResourceFilter, LearningResourcePage};
use super::entity::{ActiveModel, Column, Entity, Model, covered};
use crate::competencies::assessments::service::unassessable;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, REPEATED, Violation};

const SORTABLE: &Sortable<Entity> =
    &[("created_at", Column::CreatedAt), ("rating", Column::RatingHundredths), ("reader_count", Column::ReaderCount)];

/// The resources this caller may know of; every query of this file starts here.
fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    let rows = Entity::find();
    if include_archived && access.is_admin() { rows } else { rows.filter(Column::ArchivedAt.is_null()) }
}

/// A resource by its id.
pub fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// Lists resources.
pub async fn list(db: &Db, access: &Access, list: &Listing<LearningResourceFilter>) -> Result<LearningResourcePage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    Ok(page.map(|row| LearningResource::seen(row, access)))
}

/// Reads a resource.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<LearningResource> {
    db.reader().find(one(access, id)).await.map(|row| LearningResource::seen(row, access))
}

/// Enters a resource.
pub async fn create(db: &Db, access: &Access, new: NewLearningResource) -> Result<LearningResource> {
    db.create(access, async move |tx: &Tx<'_>| {
        check(tx, &new).await?;
        let mut row = ActiveModel {
            rating_count: Set(0),
            rating_sum: Set(0),
            rating_hundredths: Set(0),
            reader_count: Set(0),
            ..Default::default()
        };
        new.clone().write(&mut row);
        let row = tx.insert::<Entity>(row, "learning_resource.created").await?;
        index_in(tx, &row).await?;
        Ok(LearningResource::seen(row, tx.access()))
    })
    .await
}

/// Changes a resource.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: LearningResourceChanges,
) -> Result<LearningResource> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        expected.check(before.version)?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        check(tx, &content).await?;
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "learning_resource.updated").await?;
        if row.competencies != before.competencies {
            index_in(tx, &row).await?;
        }
        Ok(LearningResource::seen(row, tx.access()))
    })
    .await
}

async fn check(tx: &Tx<'_>, content: &NewLearningResource) -> Result<()> {
    let ids: Vec<Uuid> = content.competencies.iter().map(|aim| aim.competency_id).collect();
    let place = |index: usize| format!("#/competencies/{index}/competency_id");
    let mut wrong = unassessable(tx.reader(), &ids, place).await?;
    let repeated = ids.iter().enumerate().filter(|(index, id)| ids.iter().take(*index).any(|former| former == *id));
    wrong.extend(repeated.map(|(index, _)| Violation::pointer(place(index), &REPEATED)));
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// Writes what the resource is found by.
async fn index_in(tx: &Tx<'_>, row: &Model) -> Result<()> {
    let old = Query::delete()
        .from_table(covered::Entity)
        .and_where(Expr::col(covered::Column::LearningResourceId).eq(row.id))
        .to_owned();
    tx.execute(&old).await?;
    let aims: BTreeMap<Uuid, i32> = row.competencies.0.iter().map(|aim| (aim.competency_id, aim.level)).collect();
    let aims = aims.into_iter().map(|(competency_id, level)| covered::ActiveModel {
        learning_resource_id: Set(row.id),
        competency_id: Set(competency_id),
        level: Set(level),
    });
    tx.put_all::<covered::Entity>(aims).await
}

/// Puts a resource aside. What people said of it stays.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        tx.archive::<Entity>(&before, expected, "learning_resource.archived").await
    })
    .await
}

/// Takes a resource back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<LearningResource> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "learning_resource.restored").await?;
        Ok(LearningResource::seen(row, tx.access()))
    })
    .await
}

/// A resource that can be read now, kept from changing otherwise until this transaction ends.
pub async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await
}

/// Counts a reading in or out of the resource that this transaction holds: what its reader's stars were, and what they are.
pub async fn count_in(tx: &Tx<'_>, resource: &Model, readers: i32, from: Option<i32>, to: Option<i32>) -> Result<()> {
    let count = resource.rating_count + i32::from(to.is_some()) - i32::from(from.is_some());
    let sum = resource.rating_sum + to.unwrap_or(0) - from.unwrap_or(0);
    // The mean in hundredths, half up.
    let mean = if count > 0 { (200 * sum + count) / (2 * count) } else { 0 };
    let update = Query::update()
        .table(Entity)
        .value(Column::RatingCount, count)
        .value(Column::RatingSum, sum)
        .value(Column::RatingHundredths, mean)
        .value(Column::ReaderCount, resource.reader_count + readers)
        .and_where(Expr::col(Column::Id).eq(resource.id))
        .to_owned();
    tx.execute(&update).await.map(|_| ())
}
