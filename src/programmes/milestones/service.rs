use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{GOAL_OR_PROGRAMME, Milestone, MilestoneChanges, MilestoneFilter, MilestonePage, NewMilestone};
use super::entity::{ActiveModel, Column, Entity, Model, OutcomeStatus};
use crate::kernel::db::{Db, Precondition, Tx};
use crate::kernel::error::{Error, INVALID_TRANSITION, Refusal, Result};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NOT_VALID, Violation};
use crate::programmes::outcome::{SETTLED, Step, unknown_person};
use crate::programmes::programmes::service::{hold_open_in, visible_ids};
use crate::programmes::strategic_goals::service::hold_in;

/// The goal has come to its end.
pub const GOAL_SETTLED: Refusal = Refusal {
    code: "strategic_goal_settled",
    status: 409,
    id: "Arah yang sudah tercapai, terlewat atau dibatalkan tidak menerima tonggak baru",
    en: "A goal that is achieved, missed or cancelled takes no new milestone",
};

const SORTABLE: &Sortable<Entity> =
    &[("due_on", Column::DueOn), ("title", Column::Title), ("created_at", Column::CreatedAt)];

/// The events of the steps: achieved, missed, cancelled, reopened.
const STEPS: [&str; 4] = ["milestone.achieved", "milestone.missed", "milestone.cancelled", "milestone.reopened"];

/// The milestones this caller may know of; every query of this file starts here. Those of a draft are for admins.
fn visible(access: &Access, include_archived: bool) -> Select<Entity> {
    let known =
        Condition::any().add(Column::ProgrammeId.is_null()).add(Column::ProgrammeId.in_subquery(visible_ids(access)));
    match (access.is_admin(), include_archived) {
        (true, true) => Entity::find(),
        (true, false) => Entity::find().filter(Column::ArchivedAt.is_null()),
        (false, _) => Entity::find().filter(Column::ArchivedAt.is_null()).filter(known),
    }
}

fn one(access: &Access, id: Uuid) -> Select<Entity> {
    visible(access, true).filter(Column::Id.eq(id))
}

/// Lists milestones.
pub async fn list(db: &Db, access: &Access, list: &Listing<MilestoneFilter>) -> Result<MilestonePage> {
    let rows = visible(access, list.filter.include_archived).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "due_on").await?;
    let today = db.today();
    Ok(page.map(|row| Milestone::seen(row, access, today)))
}

/// Reads a milestone.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<Milestone> {
    let row = db.reader().find(one(access, id)).await?;
    Ok(Milestone::seen(row, access, db.today()))
}

/// Enters a milestone.
pub async fn create(db: &Db, access: &Access, new: NewMilestone) -> Result<Milestone> {
    db.create(access, async move |tx: &Tx<'_>| {
        check_in(tx, &new, None).await?;
        let row = create_in(tx, &new).await?;
        Ok(Milestone::seen(row, tx.access(), tx.today()))
    })
    .await
}

/// Enters a milestone whose content was checked.
pub async fn create_in(tx: &Tx<'_>, new: &NewMilestone) -> Result<Model> {
    let mut row = ActiveModel { status: Set(OutcomeStatus::Open), ..Default::default() };
    new.write(&mut row);
    tx.insert::<Entity>(row, "milestone.created").await
}

/// Changes a milestone that is still open.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MilestoneChanges,
) -> Result<Milestone> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        expected.check(before.version)?;
        if before.status != OutcomeStatus::Open || before.archived_at.is_some() {
            return Err(SETTLED.into());
        }
        let content = changes.clone().onto(&before);
        validation::check(&content)?;
        check_in(tx, &content, Some(&before)).await?;
        let mut row = before.clone().into_active_model();
        content.write(&mut row);
        let row = tx.update::<Entity>(&before, row, expected, "milestone.updated").await?;
        Ok(Milestone::seen(row, tx.access(), tx.today()))
    })
    .await
}

/// Whether what the content refers to exists and takes something new. Where it stands already it may stay.
async fn check_in(tx: &Tx<'_>, content: &NewMilestone, before: Option<&Model>) -> Result<()> {
    let mut wrong = unknown_person(tx.reader(), content.owner_id, "owner_id").await?;
    if content.strategic_goal_id.is_none() && content.programme_id.is_none() {
        wrong.push(Violation::field("programme_id", &GOAL_OR_PROGRAMME));
    }
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let (goal, programme) = before.map_or((None, None), |row| (row.strategic_goal_id, row.programme_id));
    if let Some(id) = content.programme_id.filter(|id| Some(*id) != programme) {
        hold_open_in(tx, id, "programme_id").await?;
    }
    if let Some(id) = content.strategic_goal_id.filter(|id| Some(*id) != goal) {
        let row = hold_in(tx, id, "strategic_goal_id").await?;
        if row.status != OutcomeStatus::Open {
            return Err(GOAL_SETTLED.at(Violation::field("strategic_goal_id", &NOT_VALID)));
        }
    }
    Ok(())
}

/// Says what became of a milestone, or opens it again.
pub async fn settle(db: &Db, access: &Access, id: Uuid, expected: Precondition, step: Step) -> Result<Milestone> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        let name = step.name(STEPS);
        let (status, day, reason) = step.clone().apply(before.status, before.archived_at.is_some(), tx.today())?;
        let mut row = before.clone().into_active_model();
        row.status = Set(status);
        row.settled_on = Set(day);
        row.settle_reason = Set(reason);
        let row = tx.update::<Entity>(&before, row, expected, name).await?;
        Ok(Milestone::seen(row, tx.access(), tx.today()))
    })
    .await
}

/// Puts a milestone aside.
pub async fn archive(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(visible(tx.access(), false).filter(Column::Id.eq(id))).await?;
        tx.archive::<Entity>(&before, expected, "milestone.archived").await
    })
    .await
}

/// Takes a milestone back from the archive.
pub async fn restore(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<Milestone> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = tx.lock(one(tx.access(), id)).await?;
        if before.archived_at.is_none() {
            return Err(INVALID_TRANSITION.into());
        }
        let row = tx.restore::<Entity>(&before, expected, "milestone.restored").await?;
        Ok(Milestone::seen(row, tx.access(), tx.today()))
    })
    .await
}
