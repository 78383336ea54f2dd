//! The steps of a review: held, and closed when nothing that was found is left without an answer.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::Review;
use super::entity::{Column, Entity, ReviewStatus};
use crate::evaluation::findings::service::without_answer_in;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;

/// A finding has neither an improvement action nor a reason why not.
pub const FINDINGS_OPEN: Refusal = Refusal {
    code: "findings_open",
    status: 409,
    id: "Masih ada temuan tanpa tindak lanjut dan tanpa alasan mengapa tidak",
    en: "Some findings have neither an improvement action nor a reason why not",
};

/// The day has not come.
pub const NOT_HELD_YET: Refusal = Refusal {
    code: "not_held_yet",
    status: 409,
    id: "Hari evaluasi ini belum tiba",
    en: "The day of this review is yet to come",
};

/// Says that a review was held.
pub async fn hold_meeting(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Review> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(Entity::find().filter(Column::Id.eq(id))).await?;
        if before.status != ReviewStatus::Planned {
            return Err(INVALID_TRANSITION.into());
        }
        if before.held_on > tx.today() {
            return Err(NOT_HELD_YET.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(ReviewStatus::Held);
        let row = tx.update::<Entity>(&before, row, expected, "review.held").await?;
        Ok(Review::seen(row, tx.access()))
    })
    .await
}

/// Closes a review. Its row keeps others from taking an action or a finding away meanwhile.
pub async fn close(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Review> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(Entity::find().filter(Column::Id.eq(id))).await?;
        if before.status != ReviewStatus::Held {
            return Err(INVALID_TRANSITION.into());
        }
        if without_answer_in(tx, id).await? {
            return Err(FINDINGS_OPEN.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(ReviewStatus::Closed);
        row.closed_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "review.closed").await?;
        Ok(Review::seen(row, tx.access()))
    })
    .await
}
