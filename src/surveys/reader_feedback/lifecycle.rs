//! The steps from what a reader said to its answer.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::dto::{FeedbackAnswer, FeedbackAssignment, FeedbackRejection, ReaderFeedback, may_answer};
use super::entity::{ActiveModel, Column, Entity, FeedbackStatus, Model};
use super::service::visible;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;
use crate::kernel::text::nfc;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};
use crate::staff::librarians::entity as librarian;

/// Somebody else is to answer.
pub const NOT_YOURS_TO_ANSWER: Refusal = Refusal {
    code: "not_yours_to_answer",
    status: 403,
    id: "Masukan ini ditugaskan kepada orang lain",
    en: "Somebody else is to answer this",
};

/// What was said, held, in one of these states.
async fn held(tx: &Tx<'_>, id: Uuid, states: &[FeedbackStatus]) -> Result<Model> {
    let row = tx.lock(visible(tx.today(), tx.access()).filter(Column::Id.eq(id))).await?;
    if states.contains(&row.status) { Ok(row) } else { Err(INVALID_TRANSITION.into()) }
}

async fn moved(
    tx: &Tx<'_>,
    before: &Model,
    row: ActiveModel,
    expected: Precondition,
    name: &'static str,
) -> Result<ReaderFeedback> {
    let row = tx.update::<Entity>(before, row, expected, name).await?;
    Ok(ReaderFeedback::seen(row, tx.access(), tx.now()))
}

/// Says who is to answer, also instead of somebody else.
pub async fn assign(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    to: FeedbackAssignment,
) -> Result<ReaderFeedback> {
    db.write(access, async move |tx: &Tx<'_>| {
        let present = librarian::Entity::find()
            .filter(librarian::Column::Id.eq(to.assignee_id))
            .filter(librarian::Column::ArchivedAt.is_null());
        let before = held(tx, id, &[FeedbackStatus::Received, FeedbackStatus::Assigned]).await?;
        expected.check(before.version)?;
        // Whoever is to answer stays until this transaction ends.
        if tx.lock_all(present).await?.is_empty() {
            return Err(Error::invalid(vec![Violation::field("assignee_id", &NO_SUCH_OBJECT)]));
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(FeedbackStatus::Assigned);
        row.assignee_id = Set(Some(to.assignee_id));
        row.assigned_at = Set(Some(tx.now()));
        moved(tx, &before, row, expected, "reader_feedback.assigned").await
    })
    .await
}

/// Answers: who is to, or an admin.
pub async fn answer(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    given: FeedbackAnswer,
) -> Result<ReaderFeedback> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = held(tx, id, &[FeedbackStatus::Assigned]).await?;
        if !may_answer(&before, tx.access()) {
            return Err(NOT_YOURS_TO_ANSWER.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(FeedbackStatus::Answered);
        row.answer = Set(Some(nfc(&given.answer)));
        row.answered_at = Set(Some(tx.now()));
        moved(tx, &before, row, expected, "reader_feedback.answered").await
    })
    .await
}

/// Closes what was answered. How the reader can be reached is of no use any more.
pub async fn close(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<ReaderFeedback> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = held(tx, id, &[FeedbackStatus::Answered]).await?;
        if !may_answer(&before, tx.access()) {
            return Err(NOT_YOURS_TO_ANSWER.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(FeedbackStatus::Closed);
        row.closed_at = Set(Some(tx.now()));
        row.contact = Set(None);
        moved(tx, &before, row, expected, "reader_feedback.closed").await
    })
    .await
}

/// Rejects what is not for the library to answer.
pub async fn reject(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    rejection: FeedbackRejection,
) -> Result<ReaderFeedback> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = held(tx, id, &[FeedbackStatus::Received, FeedbackStatus::Assigned]).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(FeedbackStatus::Rejected);
        row.reason = Set(Some(rejection.reason.clone()));
        row.closed_at = Set(Some(tx.now()));
        row.contact = Set(None);
        moved(tx, &before, row, expected, "reader_feedback.rejected").await
    })
    .await
}
