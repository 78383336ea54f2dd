//! The steps of a plan.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::content::{PlanOutcome, PlanReturnReason};
use super::dto::{DevelopmentPlan, may_decide};
use super::entity::{ActiveModel, Entity, Model, PlanStatus};
use super::progress::evaluate_in;
use super::service::{answer, hold, hold_own};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;
use crate::staff::librarians::entity as librarian;

/// One cannot decide on one's own plan.
pub const OWN_PLAN: Refusal = Refusal {
    code: "own_plan",
    status: 403,
    id: "Rencana sendiri harus diputuskan orang lain",
    en: "Somebody else has to decide on your plan",
};

/// There is nothing to approve.
pub const PLAN_EMPTY: Refusal =
    Refusal { code: "plan_empty", status: 409, id: "Rencana belum memiliki sasaran", en: "The plan has no goal yet" };

/// Hands a plan in.
pub async fn submit(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<DevelopmentPlan> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold_own(tx, id).await?;
        if !before.is_open() {
            return Err(INVALID_TRANSITION.into());
        }
        if before.goal_count == 0 {
            return Err(PLAN_EMPTY.into());
        }
        let mut row = before.clone().into_active_model();
        row.status = Set(PlanStatus::Submitted);
        row.submitted_at = Set(Some(tx.now()));
        row.decided_at = Set(None);
        row.decided_by = Set(None);
        row.reason = Set(None);
        let row = tx.update::<Entity>(&before, row, expected, "development_plan.submitted").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Lets a plan begin. What was done for it before counts at once.
pub async fn approve(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<DevelopmentPlan> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = decidable_in(tx, id, PlanStatus::Submitted).await?;
        let row = decided(tx, &before, PlanStatus::Approved, None);
        let row = tx.update::<Entity>(&before, row, expected, "development_plan.approved").await?;
        let row = evaluate_in(tx, row).await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Sends a plan back to the person.
pub async fn send_back(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    reason: PlanReturnReason,
) -> Result<DevelopmentPlan> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = decidable_in(tx, id, PlanStatus::Submitted).await?;
        let row = decided(tx, &before, PlanStatus::Returned, Some(reason.reason.clone()));
        let row = tx.update::<Entity>(&before, row, expected, "development_plan.returned").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Brings a plan to its end: from now on it stands still.
pub async fn close(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    outcome: PlanOutcome,
) -> Result<DevelopmentPlan> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = decidable_in(tx, id, PlanStatus::Approved).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(PlanStatus::Closed);
        row.closed_at = Set(Some(tx.now()));
        row.outcome = Set(outcome.outcome.clone());
        let row = tx.update::<Entity>(&before, row, expected, "development_plan.closed").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// A plan in this state on which the caller may decide: the direct superior, a mentor or an admin, never the person.
async fn decidable_in(tx: &Tx<'_>, id: Uuid, status: PlanStatus) -> Result<Model> {
    let row = hold(tx, id).await?;
    let person = tx.reader().find(librarian::Entity::find().filter(librarian::Column::Id.eq(row.librarian_id))).await?;
    let leads = person.supervisor_id.is_some_and(|superior| tx.access().is_own(superior));
    if !may_decide(&row, tx.access(), leads) {
        return Err(OWN_PLAN.into());
    }
    if row.status == status { Ok(row) } else { Err(INVALID_TRANSITION.into()) }
}

fn decided(tx: &Tx<'_>, before: &Model, status: PlanStatus, reason: Option<String>) -> ActiveModel {
    let mut row = before.clone().into_active_model();
    row.status = Set(status);
    row.decided_at = Set(Some(tx.now()));
    row.decided_by = Set(tx.access().caller().map(|caller| caller.user_id));
    row.reason = Set(reason);
    row
}
