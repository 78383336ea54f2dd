//! How an approved plan moves forward: with what is credited, attended, read and confirmed, in the same transaction.
//!
//! Whatever happens, the plan is looked at as a whole: what stands in the ledger, who passed which activity, what was read, which
//! levels there are. So nothing is counted twice, and what is taken back counts no longer.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::entity::{Column, Entity, Model, PlanActionKind, PlanStatus, action, goal};
use crate::activities::activities::entity as activity;
use crate::activities::registrations::entity::{self as registration, RegistrationResult};
use crate::competencies::levels::entity as level;
use crate::competencies::levels::service::LevelWatcher;
use crate::credits::entries::entity::CreditSource;
use crate::credits::entries::service::{Earned, earned_by};
use crate::kernel::db::{Precondition, Reader, Tx};
use crate::kernel::error::Result;
use crate::kernel::hook::{Change, Hook};
use crate::learning::learning_entries::entity as entry;
use crate::learning::readings::entity as reading;
use crate::mentoring::mentoring_meetings::entity::{self as meeting, MentoringMeetingStatus};
use crate::mentoring::mentoring_meetings::people::meetings_of;
use crate::settings::training_types::entity::LearningBucket;
use crate::staff::mentorships::entity as mentorship;

/// Credit moves the actions that it was earned by.
pub const FOLLOW_CREDIT: Hook = Hook { subject_kind: "credit_entry", run: credited };
/// Who passed an activity without credit did it all the same.
pub const FOLLOW_ATTENDANCE: Hook = Hook { subject_kind: "registration", run: attended };
/// Levels move the goals that aim at them.
pub static FOLLOW_LEVELS: LevelWatcher = LevelWatcher { run: levelled };

fn credited<'a>(tx: &'a Tx<'a>, change: Change<'a>) -> LocalBoxFuture<'a, Result<()>> {
    credited_in(tx, change).boxed_local()
}

fn attended<'a>(tx: &'a Tx<'a>, change: Change<'a>) -> LocalBoxFuture<'a, Result<()>> {
    attended_in(tx, change).boxed_local()
}

fn levelled<'a>(tx: &'a Tx<'a>, person: Uuid, competencies: &'a [Uuid]) -> LocalBoxFuture<'a, Result<()>> {
    levelled_in(tx, person, competencies).boxed_local()
}

async fn credited_in(tx: &Tx<'_>, change: Change<'_>) -> Result<()> {
    let (Some(person), Some(source)) = (change.after("librarian_id"), change.after::<Uuid>("source_id")) else {
        return Ok(());
    };
    let earned = match change.after("source_kind") {
        Some(CreditSource::Activity) => action::Column::ActivityId.eq(source),
        Some(CreditSource::LearningEntry) => action::Column::Id.in_subquery(
            Query::select()
                .column(entry::Column::PlanActionId)
                .from(entry::Entity)
                .and_where(Expr::col(entry::Column::Id).eq(source))
                .and_where(Expr::col(entry::Column::PlanActionId).is_not_null())
                .to_owned(),
        ),
        Some(CreditSource::MentoringMeeting) => action::Column::Kind.eq(PlanActionKind::Mentoring),
        None => return Ok(()),
    };
    moved_in(tx, person, earned).await
}

async fn attended_in(tx: &Tx<'_>, change: Change<'_>) -> Result<()> {
    if change.after::<RegistrationResult>("result") != Some(RegistrationResult::Passed) {
        return Ok(());
    }
    let row = registration::Entity::find().filter(registration::Column::Id.eq(change.subject_id));
    let row = tx.reader().find(row).await?;
    // With a training type credit follows, and moves the plan itself.
    let uncredited = activity::Entity::find()
        .select_only()
        .column(activity::Column::Id)
        .filter(activity::Column::Id.eq(row.activity_id))
        .filter(activity::Column::TrainingTypeId.is_null())
        .into_query();
    moved_in(tx, row.librarian_id, action::Column::ActivityId.in_subquery(uncredited)).await
}

async fn levelled_in(tx: &Tx<'_>, person: Uuid, competencies: &[Uuid]) -> Result<()> {
    let aimed = goal::Entity::find()
        .select_only()
        .column(goal::Column::PlanId)
        .filter(goal::Column::CompetencyId.is_in(competencies.iter().copied()))
        .into_query();
    evaluate_all_in(tx, person, Column::Id.in_subquery(aimed)).await
}

/// Looks anew at the person's approved plans that have such actions.
pub(crate) async fn moved_in(tx: &Tx<'_>, person: Uuid, actions: SimpleExpr) -> Result<()> {
    let plans = action::Entity::find().select_only().column(action::Column::PlanId).filter(actions).into_query();
    evaluate_all_in(tx, person, Column::Id.in_subquery(plans)).await
}

async fn evaluate_all_in(tx: &Tx<'_>, person: Uuid, which: SimpleExpr) -> Result<()> {
    let plans = Entity::find()
        .filter(Column::LibrarianId.eq(person))
        .filter(Column::Status.eq(PlanStatus::Approved))
        .filter(which);
    // One for each year that is not closed: rarely more than one.
    for plan in tx.lock_all(plans).await? {
        evaluate_in(tx, plan).await?;
    }
    Ok(())
}

/// What there is to show for the actions and goals of a plan.
struct Shown {
    /// By activity.
    credits: HashMap<Uuid, Earned>,
    passed: HashSet<Uuid>,
    /// By action: hours and the last day.
    entries: HashMap<Uuid, (i32, NaiveDate)>,
    /// By action: hours of meetings with the mentor, and the last day.
    meetings: HashMap<Uuid, (i32, NaiveDate)>,
    /// By resource.
    readings: HashMap<Uuid, NaiveDate>,
    /// By competency.
    levels: HashMap<Uuid, i32>,
}

impl Shown {
    async fn load_in(tx: &Tx<'_>, plan: &Model, goals: &[goal::Model], actions: &[action::Model]) -> Result<Self> {
        let (reader, person) = (tx.reader(), plan.librarian_id);
        let activities: Vec<Uuid> = actions.iter().filter_map(|action| action.activity_id).collect();
        let credits = earned_by(reader, CreditSource::Activity, activities.clone(), Some(person)).await?;
        let passed = registration::Entity::find()
            .filter(registration::Column::LibrarianId.eq(person))
            .filter(registration::Column::ActivityId.is_in(activities))
            .filter(registration::Column::Result.eq(RegistrationResult::Passed));
        let linked = entry::Entity::find()
            .filter(entry::Column::PlanActionId.is_in(actions.iter().map(|action| action.id)))
            .filter(entry::Column::LibrarianId.eq(person));
        let linked = reader.all(linked).await?;
        let ids = linked.iter().map(|row| row.id).collect();
        let earned = earned_by(reader, CreditSource::LearningEntry, ids, Some(person)).await?;
        let mut entries: HashMap<Uuid, (i32, NaiveDate)> = HashMap::new();
        for row in linked {
            let Some(credit) = earned.get(&row.id).filter(|credit| !credit.is_reversed) else { continue };
            let Some(action) = row.plan_action_id else { continue };
            let (hours, last) = entries.entry(action).or_insert((0, credit.entry.counted_on));
            *hours += credit.entry.credited;
            *last = std::cmp::max(credit.entry.counted_on, *last);
        }
        let resources = actions.iter().filter_map(|action| action.learning_resource_id);
        let readings = reading::Entity::find()
            .filter(reading::Column::LibrarianId.eq(person))
            .filter(reading::Column::LearningResourceId.is_in(resources));
        let levels = level::Entity::find()
            .filter(level::Column::LibrarianId.eq(person))
            .filter(level::Column::CompetencyId.is_in(goals.iter().map(|goal| goal.competency_id)));
        Ok(Self {
            credits,
            passed: reader.all(passed).await?.into_iter().map(|row| row.activity_id).collect(),
            entries,
            meetings: met(reader, plan, actions).await?,
            readings: reader
                .all(readings)
                .await?
                .into_iter()
                .map(|row| (row.learning_resource_id, row.read_on))
                .collect(),
            levels: reader.all(levels).await?.into_iter().map(|row| (row.competency_id, row.level)).collect(),
        })
    }

    /// When an action was done, and how many hours that was.
    fn of(&self, action: &action::Model, today: NaiveDate) -> (Option<NaiveDate>, i32) {
        let activity = action.activity_id.unwrap_or_default();
        let credit = self.credits.get(&activity).filter(|credit| !credit.is_reversed);
        // Credit knows the day; without it, the day on which the library came to know.
        let passed = credit.is_none() && self.passed.contains(&activity);
        let passed = passed.then(|| action.done_on.unwrap_or(today));
        let entries = self.entries.get(&action.id);
        let reading = self.readings.get(&action.learning_resource_id.unwrap_or_default()).copied();
        // Meetings go on; the action is done once they came to what was planned.
        let meetings = self.meetings.get(&action.id);
        let met = meetings.filter(|(hours, _)| *hours >= action.planned).map(|(_, day)| *day);
        let days = [action.completed_on, credit.map(|credit| credit.entry.counted_on), passed];
        let done_on = days.into_iter().chain([entries.map(|(_, day)| *day), met, reading]).flatten().min();
        let verified = entries.into_iter().chain(meetings).map(|(hours, _)| *hours).reduce(|one, other| one + other);
        // What was verified weighs more than the person's word, and that more than the bare fact that something was read.
        let said = match (verified, action.completed_on, reading) {
            (Some(hours), ..) => hours,
            (None, Some(_), _) => action.completed,
            (None, None, Some(_)) => action.planned,
            (None, None, None) => 0,
        };
        (done_on, credit.map_or(0, |credit| credit.entry.credited) + said)
    }
}

/// What the person's meetings in the year of a plan came to with the mentors whom its actions name; those with one mentor count for
/// the first action that names them.
async fn met(reader: Reader<'_>, plan: &Model, actions: &[action::Model]) -> Result<HashMap<Uuid, (i32, NaiveDate)>> {
    let mut first: HashMap<Uuid, Uuid> = HashMap::new();
    for action in actions {
        if let Some(mentor) = action.mentor_id {
            let known = first.entry(mentor).or_insert(action.id);
            *known = std::cmp::min(action.id, *known);
        }
    }
    if first.is_empty() {
        return Ok(HashMap::new());
    }
    let own = meetings_of(mentorship::Column::MenteeId.eq(plan.librarian_id));
    let held = meeting::Entity::find()
        .filter(meeting::Column::MentorId.is_in(first.keys().copied()))
        .filter(meeting::Column::Status.eq(MentoringMeetingStatus::Held))
        .filter(meeting::Column::Id.in_subquery(own));
    let held = reader.all(held).await?;
    let ids = held.iter().map(|row| row.id).collect();
    let earned = earned_by(reader, CreditSource::MentoringMeeting, ids, Some(plan.librarian_id)).await?;
    let mut met: HashMap<Uuid, (i32, NaiveDate)> = HashMap::new();
    for row in held.iter().filter(|row| row.day().year() == plan.year) {
        let Some(credit) = earned.get(&row.id).filter(|credit| !credit.is_reversed) else { continue };
        let Some(action) = first.get(&row.mentor_id) else { continue };
        let (hours, last) = met.entry(*action).or_insert((0, credit.entry.counted_on));
        *hours += credit.entry.credited;
        *last = std::cmp::max(credit.entry.counted_on, *last);
    }
    Ok(met)
}

/// Looks anew at a plan that this transaction holds, and writes down how far it has come.
pub(super) async fn evaluate_in(tx: &Tx<'_>, plan: Model) -> Result<Model> {
    let mut goals = tx.reader().all(goal::Entity::find().filter(goal::Column::PlanId.eq(plan.id))).await?;
    let mut actions = tx.reader().all(action::Entity::find().filter(action::Column::PlanId.eq(plan.id))).await?;
    let shown = Shown::load_in(tx, &plan, &goals, &actions).await?;
    for goal in &mut goals {
        let reached = shown.levels.get(&goal.competency_id).is_some_and(|level| *level >= goal.target_level);
        let reached_on = reached.then(|| goal.reached_on.unwrap_or(tx.today()));
        if reached_on != goal.reached_on {
            goal.reached_on = reached_on;
            let update = Query::update()
                .table(goal::Entity)
                .value(goal::Column::ReachedOn, reached_on)
                .and_where(Expr::col(goal::Column::Id).eq(goal.id))
                .to_owned();
            tx.execute(&update).await?;
        }
    }
    for action in &mut actions {
        let (done_on, achieved) = shown.of(action, tx.today());
        if (done_on, achieved) != (action.done_on, action.achieved) {
            (action.done_on, action.achieved) = (done_on, achieved);
            let update = Query::update()
                .table(action::Entity)
                .value(action::Column::DoneOn, done_on)
                .value(action::Column::Achieved, achieved)
                .and_where(Expr::col(action::Column::Id).eq(action.id))
                .to_owned();
            tx.execute(&update).await?;
        }
    }
    let achieved = |bucket| {
        let of = actions.iter().filter(|action| action.bucket == bucket);
        of.map(|action| action.achieved).sum::<i32>()
    };
    let small = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let mut row = plan.clone().into_active_model();
    row.reached_count = Set(small(goals.iter().filter(|goal| goal.reached_on.is_some()).count()));
    row.done_count = Set(small(actions.iter().filter(|action| action.done_on.is_some()).count()));
    row.achieved_formal = Set(achieved(LearningBucket::Formal));
    row.achieved_social = Set(achieved(LearningBucket::Social));
    row.achieved_experience = Set(achieved(LearningBucket::Experience));
    tx.update::<Entity>(&plan, row, Precondition::default(), "development_plan.progressed").await
}
