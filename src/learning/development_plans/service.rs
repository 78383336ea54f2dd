use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::content::{DevelopmentPlanChanges, NewDevelopmentPlan};
use super::draft;
use super::dto::{DevelopmentPlan, DevelopmentPlanFilter, DevelopmentPlanPage, PlanParts};
use super::entity::{ActiveModel, Column, Entity, Model, PlanStatus, action, goal};
use super::write::{clear_in, write_in};
use crate::activities::interests::service::NO_RECORD;
use crate::competencies::levels::entity as level;
use crate::competencies::levels::service::refresh_due;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::policy::Access;
use crate::kernel::validation::{NO_SUCH_OBJECT, Violation};
use crate::staff::librarians::entity as librarian;
use crate::staff::reach;

/// What was submitted, approved or closed keeps its content.
pub const PLAN_CLOSED: Refusal = Refusal {
    code: "plan_closed",
    status: 409,
    id: "Rencana yang sudah diajukan tidak dapat diubah",
    en: "The plan was submitted and can no longer change",
};

/// The person has a plan for that year.
pub const PLAN_EXISTS: Refusal = Refusal {
    code: "plan_exists",
    status: 409,
    id: "Rencana untuk tahun ini sudah ada",
    en: "There is a plan for this year already",
};

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt), ("year", Column::Year)];

/// The plans this caller may know of, those of the people whose superior they are included; every query of this folder starts here.
pub(super) fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    Entity::find().filter(reach::within_or_led(access, Column::LibrarianId, on))
}

/// A plan, kept from changing otherwise until this transaction ends.
pub(super) async fn hold(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    tx.lock(visible(tx.access(), tx.today()).filter(Column::Id.eq(id))).await
}

/// A plan that the caller may write on, kept from changing otherwise until this transaction ends.
pub(super) async fn hold_own(tx: &Tx<'_>, id: Uuid) -> Result<Model> {
    let own = Entity::find().filter(reach::within(tx.access(), Column::LibrarianId, tx.today()));
    tx.lock(own.filter(Column::Id.eq(id))).await
}

/// What belongs to these plans.
async fn parts(reader: Reader<'_>, plans: &[Model], access: &Access) -> Result<PlanParts> {
    let mut parts = PlanParts::default();
    let ids: Vec<Uuid> = plans.iter().map(|plan| plan.id).collect();
    let goals = goal::Entity::find()
        .filter(goal::Column::PlanId.is_in(ids.iter().copied()))
        .order_by_asc(goal::Column::Position);
    let goals = reader.all(goals).await?;
    let actions =
        action::Entity::find().filter(action::Column::PlanId.is_in(ids)).order_by_asc(action::Column::Position);
    for row in reader.all(actions).await? {
        parts.actions.entry(row.goal_id).or_default().push(row);
    }
    let mut people: Vec<Uuid> = plans.iter().map(|plan| plan.librarian_id).collect();
    people.sort_unstable();
    people.dedup();
    let mut competencies: Vec<Uuid> = goals.iter().map(|goal| goal.competency_id).collect();
    competencies.sort_unstable();
    competencies.dedup();
    let levels = level::Entity::find()
        .filter(level::Column::LibrarianId.is_in(people.iter().copied()))
        .filter(level::Column::CompetencyId.is_in(competencies));
    for row in reader.all(levels).await? {
        parts.levels.insert((row.librarian_id, row.competency_id), row.level);
    }
    for row in goals {
        parts.goals.entry(row.plan_id).or_default().push(row);
    }
    if let Some(own) = access.own_librarian() {
        let led = librarian::Entity::find()
            .filter(librarian::Column::Id.is_in(people))
            .filter(librarian::Column::SupervisorId.eq(own));
        parts.led = reader.all(led).await?.into_iter().map(|row| row.id).collect();
    }
    Ok(parts)
}

/// A plan with all that belongs to it.
pub(super) async fn answer(reader: Reader<'_>, row: Model, access: &Access) -> Result<DevelopmentPlan> {
    let mut parts = parts(reader, std::slice::from_ref(&row), access).await?;
    Ok(DevelopmentPlan::seen(row, &mut parts, access))
}

/// Lists plans.
pub async fn list(db: &Db, access: &Access, list: &Listing<DevelopmentPlanFilter>) -> Result<DevelopmentPlanPage> {
    refresh_due(db).await?;
    let rows = visible(access, db.today()).filter(list.filter.condition());
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "-created_at").await?;
    let mut parts = parts(db.reader(), &page.items, access).await?;
    Ok(page.map(|row| DevelopmentPlan::seen(row, &mut parts, access)))
}

/// Reads a plan.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<DevelopmentPlan> {
    refresh_due(db).await?;
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    answer(db.reader(), row, access).await
}

/// Writes a plan, perhaps from the largest gaps.
pub async fn create(db: &Db, access: &Access, mut new: NewDevelopmentPlan) -> Result<DevelopmentPlan> {
    let librarian_id = new.librarian_id.or(access.own_librarian()).ok_or(NO_RECORD)?;
    let known = librarian::Entity::find()
        .filter(librarian::Column::Id.eq(librarian_id))
        .filter(librarian::Column::ArchivedAt.is_null())
        .filter(reach::within(access, librarian::Column::Id, db.today()));
    if !db.reader().exists(known).await? {
        return Err(Error::invalid(vec![Violation::field("librarian_id", &NO_SUCH_OBJECT)]));
    }
    if new.from_gaps {
        draft::add_goals(db, access, librarian_id, &mut new.goals).await?;
    }
    db.create(access, async move |tx: &Tx<'_>| {
        let row = ActiveModel {
            librarian_id: Set(librarian_id),
            year: Set(new.year),
            note: Set(new.note.clone()),
            status: Set(PlanStatus::Draft),
            revision: Set(1),
            goal_count: Set(0),
            reached_count: Set(0),
            action_count: Set(0),
            done_count: Set(0),
            planned_formal: Set(0),
            planned_social: Set(0),
            planned_experience: Set(0),
            achieved_formal: Set(0),
            achieved_social: Set(0),
            achieved_experience: Set(0),
            ..Default::default()
        };
        // The counts are part of the new plan: they stand in its row before the one event that tells of it.
        let goals = write_in(tx, librarian_id, new.year, &new.goals).await?;
        let row = goals.count(row);
        let row = tx.insert::<Entity>(row, "development_plan.created").await.on_duplicate(PLAN_EXISTS)?;
        goals.put_in(tx, row.id).await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Changes a draft or what was returned.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: DevelopmentPlanChanges,
) -> Result<DevelopmentPlan> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold_own(tx, id).await?;
        expected.check(before.version)?;
        if !before.is_open() {
            return Err(PLAN_CLOSED.into());
        }
        let mut row = before.clone().into_active_model();
        changes.note.clone().apply(&mut row.note);
        if let Some(goals) = &changes.goals {
            let goals = write_in(tx, before.librarian_id, before.year, goals).await?;
            clear_in(tx, id).await?;
            row = goals.count(row);
            row.revision = Set(before.revision + 1);
            goals.put_in(tx, id).await?;
        }
        let row = tx.update::<Entity>(&before, row, expected, "development_plan.updated").await?;
        answer(tx.reader(), row, tx.access()).await
    })
    .await
}

/// Removes a draft for good.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let before = hold_own(tx, id).await?;
        expected.check(before.version)?;
        if before.status != PlanStatus::Draft {
            return Err(PLAN_CLOSED.into());
        }
        clear_in(tx, id).await?;
        tx.delete::<Entity>(&before, expected, "development_plan.deleted").await
    })
    .await
}
