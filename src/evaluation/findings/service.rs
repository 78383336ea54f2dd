use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dto::{Finding, FindingChanges, FindingPage, NewFinding};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::evaluation::improvement_actions::entity as improvement;
use crate::evaluation::needs::{self, NeedKind};
use crate::evaluation::reviews::entity as review;
use crate::evaluation::reviews::service::hold_open_in;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::page::{self, Listing, NoFilter, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, NOT_VALID, Violation};

/// It is followed already.
pub const FINDING_FOLLOWED: Refusal = Refusal {
    code: "finding_followed",
    status: 409,
    id: "Temuan ini sudah memiliki tindak lanjut",
    en: "The finding has led to improvement actions already",
};

const SORTABLE: &Sortable<Entity> = &[("position", Column::Position)];

fn one(id: Uuid) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id))
}

/// Keeps the review of a finding from being closed, and the finding from being removed, until this transaction ends.
pub async fn hold_review_in(tx: &Tx<'_>, finding_id: Uuid) -> Result<()> {
    let Some(row) = tx.reader().one(one(finding_id)).await? else {
        return Err(Error::invalid(vec![Violation::pointer("#/need/id".to_owned(), &NO_SUCH_OBJECT)]));
    };
    tx.lock(review::Entity::find().filter(review::Column::Id.eq(row.review_id))).await.map(|_| ())
}

/// How many actions that were not given up go back to each of these findings.
async fn followed(reader: Reader<'_>, findings: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    let counted = Query::select()
        .column(improvement::Column::SourceId)
        .expr(Expr::col(improvement::Column::Id).count())
        .from(improvement::Entity)
        .and_where(Expr::col(improvement::Column::SourceId).is_in(findings.iter().copied()))
        .and_where(Expr::col(improvement::Column::SourceKind).eq("finding"))
        .and_where(Expr::col(improvement::Column::Status).ne("cancelled"))
        .group_by_col(improvement::Column::SourceId)
        .to_owned();
    let rows = reader.rows(&counted, |row| Ok((row.get::<Uuid>(0)?, row.get::<i64>(1)?))).await?;
    Ok(rows.into_iter().collect())
}

/// Whether a finding of this review has neither an action nor a reason why not. The caller holds the review.
pub async fn without_answer_in(tx: &Tx<'_>, review_id: Uuid) -> Result<bool> {
    let rows = Entity::find().filter(Column::ReviewId.eq(review_id)).filter(Column::NoActionReason.is_null());
    let open: Vec<Uuid> = tx.reader().all(rows).await?.into_iter().map(|row| row.id).collect();
    let followed = followed(tx.reader(), &open).await?;
    Ok(open.iter().any(|id| !followed.contains_key(id)))
}

async fn answer(reader: Reader<'_>, row: Model) -> Result<Finding> {
    let count = followed(reader, &[row.id]).await?.get(&row.id).copied().unwrap_or(0);
    Ok(Finding::seen(row, count))
}

/// Lists what a review found.
pub async fn list(db: &Db, review_id: Uuid, list: &Listing<NoFilter>) -> Result<FindingPage> {
    db.reader().find(review::Entity::find().filter(review::Column::Id.eq(review_id))).await?;
    let rows = Entity::find().filter(Column::ReviewId.eq(review_id));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "position").await?;
    let ids: Vec<Uuid> = page.items.iter().map(|row| row.id).collect();
    let followed = followed(db.reader(), &ids).await?;
    Ok(page.map(|row| {
        let count = followed.get(&row.id).copied().unwrap_or(0);
        Finding::seen(row, count)
    }))
}

/// Reads a finding.
pub async fn read(db: &Db, id: Uuid) -> Result<Finding> {
    let row = db.reader().find(one(id)).await?;
    answer(db.reader(), row).await
}

/// Enters a finding at the end of its review.
pub async fn create(db: &Db, access: &Access, review_id: Uuid, new: NewFinding) -> Result<Finding> {
    db.create(access, async move |tx: &Tx<'_>| {
        hold_open_in(tx, review_id).await?;
        let mut wrong = needs::mistakes(tx.reader(), new.need.as_ref(), "#/need").await?;
        if new.need.as_ref().is_some_and(|need| need.kind == NeedKind::Finding) {
            wrong.push(Violation::pointer("#/need/kind".to_owned(), &NOT_VALID));
        }
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        let last = Entity::find().filter(Column::ReviewId.eq(review_id)).order_by_desc(Column::Position);
        let position = tx.reader().one(last).await?.map_or(1, |row| row.position + 1);
        let mut row = ActiveModel { review_id: Set(review_id), position: Set(position), ..Default::default() };
        new.write(&mut row);
        let row = tx.insert::<Entity>(row, "finding.created").await?;
        Ok(Finding::seen(row, 0))
    })
    .await
}

/// A finding whose review can still change, both kept from changing otherwise.
async fn hold(tx: &Tx<'_>, id: Uuid, expected: Precondition) -> Result<Model> {
    let review_id = tx.reader().find(one(id)).await?.review_id;
    hold_open_in(tx, review_id).await?;
    let row = tx.reader().find(one(id)).await?;
    expected.check(row.version)?;
    Ok(row)
}

/// Changes a finding until its review is closed.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: FindingChanges,
) -> Result<Finding> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id, expected).await?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "finding.updated").await?;
        answer(tx.reader(), row).await
    })
    .await
}

/// Removes a finding that led to nothing, until its review is closed.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id, expected).await?;
        let led = improvement::Entity::find()
            .filter(improvement::Column::SourceId.eq(id))
            .filter(improvement::Column::SourceKind.eq(NeedKind::Finding));
        if tx.reader().exists(led).await? {
            return Err(FINDING_FOLLOWED.into());
        }
        tx.delete::<Entity>(&before, expected, "finding.deleted").await
    })
    .await
}
