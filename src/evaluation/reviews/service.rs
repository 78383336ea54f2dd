use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::content::{NewReview, ReviewChanges};
use super::dto::{Review, ReviewFilter, ReviewPage};
use super::entity::{ActiveModel, Column, Entity, Model, ReviewStatus};
use crate::evaluation::findings::entity as finding;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, REPEATED, Violation};
use crate::programmes::programmes::entity as programme;
use crate::staff::reach::on_staff;

/// What is closed keeps its content, and what was held is not removed.
pub const REVIEW_CLOSED: Refusal = Refusal {
    code: "review_closed",
    status: 409,
    id: "Evaluasi ini sudah ditutup, atau sudah berlangsung dan tidak dapat dihapus",
    en: "The review is closed, or was held and cannot be removed",
};

const SORTABLE: &Sortable<Entity> = &[("held_on", Column::HeldOn), ("created_at", Column::CreatedAt)];

/// A review that can still change, kept from changing otherwise until this transaction ends.
pub async fn hold_open_in(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let row = tx.lock(Entity::find().filter(Column::Id.eq(id))).await?;
    if row.status == ReviewStatus::Closed { Err(REVIEW_CLOSED.into()) } else { Ok(row) }
}

/// Lists reviews.
pub async fn list(db: &Db, access: &Access, list: &Listing<ReviewFilter>) -> Result<ReviewPage> {
    let rows = Entity::find().filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-held_on").await?;
    Ok(page.map(|row| Review::seen(row, access)))
}

/// Reads a review.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Review> {
    let row = db.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
    Ok(Review::seen(row, access))
}

/// Plans a review.
pub async fn create(db: &Db, access: &Access, new: NewReview) -> Result<Review> {
    db.create(access, async move |tx: &Tx<'_>| {
        check_in(tx, &new, None).await?;
        let mut row = ActiveModel { status: Set(ReviewStatus::Planned), ..Default::default() };
        new.write(&mut row);
        let row = tx.insert::<Entity>(row, "review.created").await?;
        Ok(Review::seen(row, tx.access()))
    })
    .await
}

/// Changes a review that is not closed.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: ReviewChanges,
) -> Result<Review> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold_open_in(tx, id).await?;
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        check_in(tx, &content, Some(&before)).await?;
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "review.updated").await?;
        Ok(Review::seen(row, tx.access()))
    })
    .await
}

/// Whether programme and participants exist; who has left since may stay on the list.
async fn check_in(tx: &Tx<'_>, content: &NewReview, before: Option<&Model>) -> Result<()> {
    let mut wrong = Vec::new();
    if let Some(id) = content.programme_id
        && !tx.reader().exists(programme::Entity::find().filter(programme::Column::Id.eq(id))).await?
    {
        wrong.push(Violation::field("programme_id", &NO_SUCH_OBJECT));
    }
    let here = on_staff(tx.reader(), content.participant_ids.iter().copied()).await?;
    let listed: HashSet<Uuid> = before.into_iter().flat_map(|row| row.participant_ids.0.iter().copied()).collect();
    let mut seen = HashSet::new();
    for (index, id) in content.participant_ids.iter().enumerate() {
        let place = format!("#/participant_ids/{index}");
        if !here.contains(id) && !listed.contains(id) {
            wrong.push(Violation::pointer(place, &NO_SUCH_OBJECT));
        } else if !seen.insert(*id) {
            wrong.push(Violation::pointer(place, &REPEATED));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// Removes a review that was never held, for good. Its findings, if there are some, keep it.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold_open_in(tx, id).await?;
        expected.check(before.version)?;
        let found = finding::Entity::find().filter(finding::Column::ReviewId.eq(id));
        if before.status != ReviewStatus::Planned || tx.reader().exists(found).await? {
            return Err(REVIEW_CLOSED.into());
        }
        tx.delete::<Entity>(&before, expected, "review.deleted").await
    })
    .await
}
