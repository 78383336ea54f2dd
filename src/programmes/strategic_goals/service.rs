use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{NewStrategicGoal, StrategicGoal, StrategicGoalChanges, StrategicGoalFilter, StrategicGoalPage};
use super::entity::{ActiveModel, Column, Entity, Model, OutcomeStatus};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, Violation};
use crate::programmes::outcome::{SETTLED, Step, unknown_person};

const SORTABLE: &Sortable<Entity> =
    &[("due_on", Column::DueOn), ("title", Column::Title), ("created_at", Column::CreatedAt)];

/// The events of the steps: achieved, missed, cancelled, reopened.
const STEPS: [&str; 4] =
    ["strategic_goal.achieved", "strategic_goal.missed", "strategic_goal.cancelled", "strategic_goal.reopened"];

/// The strategic goals this caller may know of; every query of this file starts here.
fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    if include_archived && access.is_admin() {
        Entity::find()
    } else {
        Entity::find().filter(Column::ArchivedAt.is_null())
    }
}

fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// The goal to which something is added, kept as it is until this transaction ends; `field` names it.
pub async fn hold_in(tx: &Tx<'_>, id: Uuid, field: &str) -> Result<Model> {
    let found = tx.lock_all(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
    found.into_iter().next().ok_or_else(|| Error::invalid(vec![Violation::field(field, &NO_SUCH_OBJECT)]))
}

/// Lists strategic goals.
pub async fn list(db: &Db, access: &Access, list: &Listing<StrategicGoalFilter>) -> Result<StrategicGoalPage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "due_on").await?;
    let today = db.today();
    Ok(page.map(|row| StrategicGoal::seen(row, access, today)))
}

/// Reads a strategic goal.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<StrategicGoal> {
    let row = db.reader().find(one(access, id)).await?;
    Ok(StrategicGoal::seen(row, access, db.today()))
}

/// Enters a strategic goal.
pub async fn create(db: &Db, access: &Access, new: NewStrategicGoal) -> Result<StrategicGoal> {
    db.create(access, async move |tx: &Tx<'_>| {
        check_in(tx, &new).await?;
        let row = create_in(tx, &new).await?;
        Ok(StrategicGoal::seen(row, tx.access(), tx.today()))
    })
    .await
}

/// Enters a strategic goal whose content was checked.
pub async fn create_in(tx: &Tx<'_>, new: &NewStrategicGoal) -> Result<Model> {
    let mut row = ActiveModel { status: Set(OutcomeStatus::Open), ..Default::default() };
    new.write(&mut row);
    tx.insert::<Entity>(row, "strategic_goal.created").await
}

/// Changes a strategic goal that is still open.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: StrategicGoalChanges,
) -> Result<StrategicGoal> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        expected.check(before.version)?;
        if before.status != OutcomeStatus::Open || before.archived_at.is_some() {
            return Err(SETTLED.into());
        }
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        check_in(tx, &content).await?;
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "strategic_goal.updated").await?;
        Ok(StrategicGoal::seen(row, tx.access(), tx.today()))
    })
    .await
}

/// Whether what the content refers to exists.
async fn check_in(tx: &Tx<'_>, content: &NewStrategicGoal) -> Result<()> {
    let wrong = unknown_person(tx.reader(), content.owner_id, "owner_id").await?;
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid(wrong)) }
}

/// Says what became of a strategic goal, or opens it again.
pub async fn settle(db: &Db, access: &Access, id: Uuid, expected: Precondition, step: Step) -> Result<StrategicGoal> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        let name = step.name(STEPS);
        let (status, day, reason) = step.clone().apply(before.status, before.archived_at.is_some(), tx.today())?;
        let mut row = before.clone().into_active_model();
        row.status = Set(status);
        row.settled_on = Set(day);
        row.settle_reason = Set(reason);
        let row = tx.update::<Entity>(&before, row, expected, name).await?;
        Ok(StrategicGoal::seen(row, tx.access(), tx.today()))
    })
    .await
}

/// Puts a strategic goal aside.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        tx.archive::<Entity>(&before, expected, "strategic_goal.archived").await
    })
    .await
}

/// Takes a strategic goal back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<StrategicGoal> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "strategic_goal.restored").await?;
        Ok(StrategicGoal::seen(row, tx.access(), tx.today()))
    })
    .await
}
