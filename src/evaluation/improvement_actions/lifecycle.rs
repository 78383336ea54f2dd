//! The steps of an improvement action: begun and done by its owner, measured again, closed by somebody else.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::content::{ImprovementOutcome, ImprovementReason, NewRecheck};
use super::dto::ImprovementAction;
use super::entity::{Column, Entity, ImprovementStatus, Model, recheck};
use super::service::{answer, hold};
use crate::evaluation::findings::service::hold_review_in;
use crate::evaluation::needs::NeedKind;
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::decimal::ten_thousandths;
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{IN_THE_FUTURE, REQUIRED, Violation};

/// One cannot close what one did oneself.
pub const OWN_IMPROVEMENT: Refusal = Refusal {
    code: "own_improvement",
    status: 403,
    id: "Tindak lanjut sendiri harus diperiksa orang lain",
    en: "Somebody else has to close what you did",
};

/// Nobody has looked whether it worked.
pub const NOT_RECHECKED: Refusal = Refusal {
    code: "not_rechecked",
    status: 409,
    id: "Ukur ulang dahulu: belum ada pemeriksaan sesudah tindak lanjut selesai",
    en: "Measure again first: nobody has looked whether it worked",
};

/// What was measured so often needs another action.
pub const TOO_MANY_RECHECKS: Refusal = Refusal {
    code: "too_many_rechecks",
    status: 409,
    id: "Sebuah tindak lanjut paling banyak diukur ulang 100 kali",
    en: "An action is measured again a hundred times at the most",
};

/// The most measurements of one action.
const MOST_RECHECKS: u64 = 100;

fn in_state(row: &Model, states: &[ImprovementStatus]) -> Result<()> {
    if states.contains(&row.status) { Ok(()) } else { Err(INVALID_TRANSITION.into()) }
}

/// Begins an action.
pub async fn start(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<ImprovementAction> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        in_state(&before, &[ImprovementStatus::Open])?;
        let mut row = before.clone().into_active_model();
        row.status = Set(ImprovementStatus::InProgress);
        row.started_at = Set(Some(tx.now()));
        let row = tx.update::<Entity>(&before, row, expected, "improvement_action.started").await?;
        answer(tx, row).await
    })
    .await
}

/// Says that an action is done.
pub async fn complete(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    outcome: ImprovementOutcome,
) -> Result<ImprovementAction> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        in_state(&before, &[ImprovementStatus::Open, ImprovementStatus::InProgress])?;
        let mut row = before.clone().into_active_model();
        row.status = Set(ImprovementStatus::Done);
        row.started_at = Set(Some(before.started_at.unwrap_or(tx.now())));
        row.done_at = Set(Some(tx.now()));
        row.outcome = Set(outcome.outcome.clone());
        let row = tx.update::<Entity>(&before, row, expected, "improvement_action.completed").await?;
        answer(tx, row).await
    })
    .await
}

/// Keeps what was measured after an action was done. What was measured before stays.
pub async fn check_again(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    new: NewRecheck,
) -> Result<ImprovementAction> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        expected.check(before.version)?;
        let checked_on = new.checked_on.unwrap_or(tx.today());
        let mut wrong = Vec::new();
        if checked_on > tx.today() {
            wrong.push(Violation::field("checked_on", &IN_THE_FUTURE));
        }
        if before.baseline_value.is_some() && new.value.is_none() {
            wrong.push(Violation::field("value", &REQUIRED));
        }
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        in_state(&before, &[ImprovementStatus::Done])?;
        let earlier = recheck::Entity::find().filter(recheck::Column::ImprovementActionId.eq(id));
        if tx.reader().count(earlier, MOST_RECHECKS).await? >= MOST_RECHECKS.cast_signed() {
            return Err(TOO_MANY_RECHECKS.into());
        }
        let measured = recheck::ActiveModel {
            id: Set(tx.new_id()),
            improvement_action_id: Set(id),
            checked_on: Set(checked_on),
            value: Set(new.value.map(ten_thousandths)),
            note: Set(new.note.clone()),
            recorded_by: Set(tx.access().caller().map(|caller| caller.user_id)),
        };
        tx.put::<recheck::Entity>(measured).await?;
        let value = new.value.map(ten_thousandths);
        // What was measured on an earlier day and is entered late is history at once.
        let is_late = before.checked_on.is_some_and(|last| checked_on < last);
        if is_late || (before.checked_on, before.checked_value) == (Some(checked_on), value) {
            tx.note::<Entity>(&before, "improvement_action.rechecked").await?;
            return answer(tx, before).await;
        }
        let mut row = before.clone().into_active_model();
        row.checked_on = Set(Some(checked_on));
        row.checked_value = Set(value);
        let row = tx.update::<Entity>(&before, row, expected, "improvement_action.rechecked").await?;
        answer(tx, row).await
    })
    .await
}

/// Closes an action that was measured again.
pub async fn verify(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<ImprovementAction> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        if tx.access().is_own(before.owner_id) {
            return Err(OWN_IMPROVEMENT.into());
        }
        in_state(&before, &[ImprovementStatus::Done])?;
        if before.checked_on.is_none() {
            return Err(NOT_RECHECKED.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(ImprovementStatus::Verified);
        row.verified_at = Set(Some(tx.now()));
        row.verified_by = Set(tx.access().caller().map(|caller| caller.user_id));
        let row = tx.update::<Entity>(&before, row, expected, "improvement_action.verified").await?;
        answer(tx, row).await
    })
    .await
}

/// Takes an action up again that did not work yet. The last recheck counts no longer for closing it.
pub async fn reopen(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: ImprovementReason,
) -> Result<ImprovementAction> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold(tx, id).await?;
        in_state(&before, &[ImprovementStatus::Done])?;
        let mut row = before.clone().into_active_model();
        row.status = Set(ImprovementStatus::InProgress);
        row.done_at = Set(None);
        row.checked_on = Set(None);
        row.checked_value = Set(None);
        row.reason = Set(Some(reason.reason.clone()));
        let row = tx.update::<Entity>(&before, row, expected, "improvement_action.reopened").await?;
        answer(tx, row).await
    })
    .await
}

/// Gives an action up. Its review, where a finding led to it, is not closed meanwhile.
pub async fn cancel(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: ImprovementReason,
) -> Result<ImprovementAction> {
    db.write(access, async move |tx: &Tx<'_>| {
        let known = tx.reader().find(Entity::find().filter(Column::Id.eq(id))).await?;
        if let (Some(NeedKind::Finding), Some(finding)) = (known.source_kind, known.source_id) {
            hold_review_in(tx, finding).await?;
        }
        let before = hold(tx, id).await?;
        in_state(&before, &[ImprovementStatus::Open, ImprovementStatus::InProgress, ImprovementStatus::Done])?;
        let mut row = before.clone().into_active_model();
        row.status = Set(ImprovementStatus::Cancelled);
        row.reason = Set(Some(reason.reason.clone()));
        let row = tx.update::<Entity>(&before, row, expected, "improvement_action.cancelled").await?;
        answer(tx, row).await
    })
    .await
}
