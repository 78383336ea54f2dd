//! What the person says of an action: that it was done, or that it was not after all.

use chrono::Datelike;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::content::ActionCompletion;
use super::dto::DevelopmentPlan;
use super::entity::{Model, PlanStatus, action};
use super::progress::evaluate_in;
use super::service::{answer, hold_own};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::decimal::hundredths;
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{IN_THE_FUTURE, NOT_VALID, Violation};

/// The library knows by itself who took part in its activities.
pub const ACTION_FOLLOWS: Refusal = Refusal {
    code: "action_follows_activity",
    status: 409,
    id: "Tindakan ini selesai dengan sendirinya bila kegiatannya diikuti",
    en: "This action is done by itself once its activity is attended",
};

/// An action of a plan under way that the caller may write on; plan and action are kept from changing otherwise.
async fn hold_action(tx: &Tx<'_>, id: Uuid, expected: Precondition) -> Result<(Model, action::Model)> {
    let known = action::Entity::find().filter(action::Column::Id.eq(id));
    let plan_id = tx.reader().find(known.clone()).await?.plan_id;
    let plan = hold_own(tx, plan_id).await?;
    expected.check(plan.version)?;
    let action = tx.reader().find(known).await?;
    if plan.status == PlanStatus::Approved { Ok((plan, action)) } else { Err(INVALID_TRANSITION.into()) }
}

/// Says that an action was done.
pub async fn complete(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    completion: ActionCompletion,
) -> Result<DevelopmentPlan> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (plan, action) = hold_action(tx, id, expected).await?;
        if action.activity_id.is_some() {
            return Err(ACTION_FOLLOWS.into());
        }
        if action.done_on.is_some() {
            return Err(INVALID_TRANSITION.into());
        }
        let done_on = completion.done_on.unwrap_or(tx.today());
        let fault =
            if done_on > tx.today() { Some(&IN_THE_FUTURE) } else { (done_on.year() < 2000).then_some(&NOT_VALID) };
        if let Some(fault) = fault {
            return Err(Error::invalid(vec![Violation::field("done_on", fault)]));
        }
        let update = Query::update()
            .table(action::Entity)
            .value(action::Column::CompletedOn, Some(done_on))
            .value(action::Column::Completed, completion.hours.map_or(action.planned, hundredths))
            .value(action::Column::CompletionNote, completion.note.clone())
            .and_where(Expr::col(action::Column::Id).eq(id))
            .to_owned();
        tx.execute(&update).await?;
        let plan = evaluate_in(tx, plan).await?;
        answer(tx.reader(), plan, tx.access()).await
    })
    .await
}

/// Takes back that an action was done.
pub async fn reopen(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<DevelopmentPlan> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (plan, action) = hold_action(tx, id, expected).await?;
        if action.completed_on.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let update = Query::update()
            .table(action::Entity)
            .value(action::Column::CompletedOn, None::<chrono::NaiveDate>)
            .value(action::Column::Completed, 0)
            .value(action::Column::CompletionNote, None::<String>)
            .and_where(Expr::col(action::Column::Id).eq(id))
            .to_owned();
        tx.execute(&update).await?;
        let plan = evaluate_in(tx, plan).await?;
        answer(tx.reader(), plan, tx.access()).await
    })
    .await
}
