use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};
use uuid::Uuid;

use super::dto::{MentorshipGoal, MentorshipGoalChanges, MentorshipGoalFilter, MentorshipGoalPage, NewMentorshipGoal};
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::competencies::assessments::service::unassessable;
use crate::competencies::levels::entity as level;
use crate::kernel::db::{Db, Precondition, Reader, Tx};
use crate::kernel::error::{Error, Refusal, Result, ResultExt};
use crate::kernel::page::{self, Listing, Sortable};
use crate::kernel::patch::{Patch, set};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation::{IN_THE_FUTURE, NOT_VALID, Violation};
use crate::mentoring::mentoring_meetings::service::OUTSIDE_MENTORSHIP;
use crate::mentoring::mentorships::service::{MENTORSHIP_NOT_STANDING, hold, open_to};
use crate::staff::mentorships::entity as mentorship;

/// The pair aims at this competency already.
pub const GOAL_EXISTS: Refusal = Refusal {
    code: "mentorship_goal_exists",
    status: 409,
    id: "Pembimbingan ini sudah mempunyai sasaran untuk kompetensi itu",
    en: "This mentorship has a goal for that competency already",
};

/// A pair works towards a few things at once.
pub const TOO_MANY_GOALS: Refusal = Refusal {
    code: "too_many_mentorship_goals",
    status: 409,
    id: "Sebuah pembimbingan paling banyak mempunyai 12 sasaran",
    en: "A mentorship has twelve goals at the most",
};

const MOST_GOALS: u64 = 12;

const SORTABLE: &Sortable<Entity> = &[("created_at", Column::CreatedAt)];

/// The goals this caller may know of; every query of this file starts here.
fn visible(access: &Access, on: NaiveDate) -> Select<Entity> {
    if access.reach() == Reach::All {
        return Entity::find();
    }
    let pairs = Query::select()
        .column(mentorship::Column::Id)
        .from(mentorship::Entity)
        .cond_where(open_to(access, on))
        .to_owned();
    Entity::find().filter(Column::MentorshipId.in_subquery(pairs))
}

fn pair(access: &Access, on: NaiveDate, id: Uuid) -> Select<mentorship::Entity> {
    mentorship::Entity::find().filter(open_to(access, on)).filter(mentorship::Column::Id.eq(id))
}

/// The levels of now of the people and competencies of these goals.
async fn levels_of(reader: Reader<'_>, goals: &[Model]) -> Result<HashMap<(Uuid, Uuid), i32>> {
    let rows = level::Entity::find()
        .filter(level::Column::LibrarianId.is_in(goals.iter().map(|goal| goal.librarian_id)))
        .filter(level::Column::CompetencyId.is_in(goals.iter().map(|goal| goal.competency_id)));
    let rows = reader.all(rows).await?;
    Ok(rows.into_iter().map(|row| ((row.librarian_id, row.competency_id), row.level)).collect())
}

async fn answer(reader: Reader<'_>, row: Model) -> Result<MentorshipGoal> {
    let levels = levels_of(reader, std::slice::from_ref(&row)).await?;
    let level = levels.get(&(row.librarian_id, row.competency_id)).copied();
    Ok(MentorshipGoal::seen(row, level))
}

/// Lists the goals of a pair.
pub async fn list(
    db: &Db,
    access: &Access,
    mentorship_id: Uuid,
    list: &Listing<MentorshipGoalFilter>,
) -> Result<MentorshipGoalPage> {
    db.reader().find(pair(access, db.today(), mentorship_id)).await?;
    let achieved = |is: bool| if is { Column::AchievedOn.is_not_null() } else { Column::AchievedOn.is_null() };
    let rows = Entity::find()
        .filter(Column::MentorshipId.eq(mentorship_id))
        .filter(Condition::all().add_option(list.filter.is_achieved.map(achieved)));
    let page = page::fetch(db.reader(), &db.context().secrets, rows, &list.cut, SORTABLE, "created_at").await?;
    let levels = levels_of(db.reader(), &page.items).await?;
    Ok(page.map(|row| {
        let level = levels.get(&(row.librarian_id, row.competency_id)).copied();
        MentorshipGoal::seen(row, level)
    }))
}

/// Reads a goal.
pub async fn read(db: &Db, access: &Access, id: Uuid) -> Result<MentorshipGoal> {
    let row = db.reader().find(visible(access, db.today()).filter(Column::Id.eq(id))).await?;
    answer(db.reader(), row).await
}

/// Sets a goal.
pub async fn create(db: &Db, access: &Access, mentorship_id: Uuid, new: NewMentorshipGoal) -> Result<MentorshipGoal> {
    db.create(access, async move |tx: &Tx<'_>| {
        let pair = hold(tx, pair(tx.access(), tx.today(), mentorship_id)).await?;
        let wrong = unassessable(tx.reader(), &[new.competency_id], |_| "#/competency_id".to_owned()).await?;
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        if !pair.stands(tx.today()) {
            return Err(MENTORSHIP_NOT_STANDING.into());
        }
        let others = Entity::find().filter(Column::MentorshipId.eq(pair.id));
        if tx.reader().count(others, MOST_GOALS).await? >= MOST_GOALS.cast_signed() {
            return Err(TOO_MANY_GOALS.into());
        }
        let level = level::Entity::find()
            .filter(level::Column::LibrarianId.eq(pair.mentee_id))
            .filter(level::Column::CompetencyId.eq(new.competency_id));
        let row = ActiveModel {
            mentorship_id: Set(pair.id),
            librarian_id: Set(pair.mentee_id),
            competency_id: Set(new.competency_id),
            start_level: Set(tx.reader().one(level).await?.map_or(0, |row| row.level)),
            target_level: Set(new.target_level),
            description: Set(new.description.clone()),
            due_on: Set(new.due_on),
            progress_percent: Set(0),
            ..Default::default()
        };
        let row = tx.insert::<Entity>(row, "mentorship_goal.created").await.on_duplicate(GOAL_EXISTS)?;
        answer(tx.reader(), row).await
    })
    .await
}

/// The goal and its pair, held by the pair's people.
async fn hold_goal(tx: &Tx<'_>, id: Uuid, expected: Precondition) -> Result<(mentorship::Model, Model)> {
    let which = visible(tx.access(), tx.today()).filter(Column::Id.eq(id));
    let known = tx.reader().find(which.clone()).await?;
    let pair = hold(tx, pair(tx.access(), tx.today(), known.mentorship_id)).await?;
    let row = tx.reader().find(which).await?;
    expected.check(row.version)?;
    Ok((pair, row))
}

/// Changes a goal while the pair stands; an admin also afterwards.
pub async fn update(
    db: &Db,
    access: &Access,
    id: Uuid,
    expected: Precondition,
    changes: MentorshipGoalChanges,
) -> Result<MentorshipGoal> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (pair, before) = hold_goal(tx, id, expected).await?;
        let changes = changes.clone();
        let wrong = wrong_days(&pair, &changes, tx.today());
        if !wrong.is_empty() {
            return Err(Error::invalid(wrong));
        }
        if !pair.stands(tx.today()) && !tx.access().is_admin() {
            return Err(MENTORSHIP_NOT_STANDING.into());
        }
        let mut row = before.clone().into_active_model();
        let achieved_on = changes.achieved_on.or(before.achieved_on);
        let progress = changes.progress_percent.unwrap_or(before.progress_percent);
        row.achieved_on = Set(achieved_on);
        row.progress_percent = Set(if achieved_on.is_some() { 100 } else { progress });
        set(&mut row.target_level, changes.target_level);
        changes.description.apply(&mut row.description);
        changes.due_on.apply(&mut row.due_on);
        let row = tx.update::<Entity>(&before, row, expected, "mentorship_goal.updated").await?;
        answer(tx.reader(), row).await
    })
    .await
}

fn wrong_days(pair: &mentorship::Model, changes: &MentorshipGoalChanges, today: NaiveDate) -> Vec<Violation> {
    let achieved = match changes.achieved_on {
        Patch::Set(day) if day > today => Some(&IN_THE_FUTURE),
        Patch::Set(day) if !pair.has_day(day) => Some(&OUTSIDE_MENTORSHIP),
        _ => None,
    };
    let due = changes.due_on.value().is_some_and(|day| crate::kernel::validation::day(day).is_err());
    let achieved = achieved.map(|fault| Violation::field("achieved_on", fault));
    achieved.into_iter().chain(due.then(|| Violation::field("due_on", &NOT_VALID))).collect()
}

/// Takes a goal away.
pub async fn delete(db: &Db, access: &Access, id: Uuid, expected: Precondition) -> Result<()> {
    db.write(access, async move |tx: &Tx<'_>| {
        let (pair, row) = hold_goal(tx, id, expected).await?;
        if !pair.stands(tx.today()) && !tx.access().is_admin() {
            return Err(MENTORSHIP_NOT_STANDING.into());
        }
        tx.delete::<Entity>(&row, expected, "mentorship_goal.deleted").await
    })
    .await
}
