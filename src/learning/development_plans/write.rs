//! Goals and actions as rows: what they refer to is looked up, what was left open is filled in.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::content::{NewPlanAction, NewPlanGoal};
use super::dto::PlanActionKind;
use super::entity::{ActiveModel, action, goal};
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::competencies::assessments::service::unassessable;
use crate::competencies::levels::entity as level;
use crate::kernel::db::Tx;
use crate::kernel::decimal::hundredths;
use crate::kernel::error::{Error, Result};
use crate::kernel::validation::{NO_SUCH_OBJECT, NOT_VALID, OUT_OF_RANGE, REPEATED, REQUIRED, Violation};
use crate::learning::learning_resources::entity as resource;
use crate::settings::training_types::entity::{self as training_type, LearningBucket};
use crate::staff::librarians::entity as librarian;

/// Minutes of a credit hour (1 JP = 45 minutes), for what says how long it takes.
const MINUTES_PER_HOUR: i32 = 45;
/// What mentoring and reading are planned with where nobody said: two sessions of 2 JP, and 2 JP.
const USUAL_MENTORING: i32 = 400;
const USUAL_READING: i32 = 200;
/// The longest title of an action.
const LONGEST_TITLE: usize = 300;

/// Goals with their actions, ready to be put into a plan.
pub(super) struct Written(Vec<(goal::ActiveModel, Vec<action::ActiveModel>)>);

/// What goals and actions refer to.
struct Known {
    activities: HashMap<Uuid, activity::Model>,
    resources: HashMap<Uuid, resource::Model>,
    people: HashMap<Uuid, String>,
    types: Vec<training_type::Model>,
    levels: HashMap<Uuid, i32>,
}

impl Known {
    async fn load_in(tx: &Tx<'_>, librarian_id: Uuid, goals: &[NewPlanGoal]) -> Result<Self> {
        let named = |of: fn(&NewPlanAction) -> Option<Uuid>| -> Vec<Uuid> {
            goals.iter().flat_map(|goal| goal.actions.iter().filter_map(of)).collect()
        };
        let reader = tx.reader();
        let activities = activity::Entity::find()
            .filter(activity::Column::Id.is_in(named(|action| action.activity_id)))
            .filter(activity::Column::Status.is_in([ActivityStatus::Published, ActivityStatus::Completed]))
            .filter(activity::Column::ArchivedAt.is_null());
        let resources = resource::Entity::find()
            .filter(resource::Column::Id.is_in(named(|action| action.learning_resource_id)))
            .filter(resource::Column::ArchivedAt.is_null());
        let people = librarian::Entity::find()
            .filter(librarian::Column::Id.is_in(named(|action| action.mentor_id)))
            .filter(librarian::Column::Id.ne(librarian_id))
            .filter(librarian::Column::ArchivedAt.is_null());
        let levels = level::Entity::find()
            .filter(level::Column::LibrarianId.eq(librarian_id))
            .filter(level::Column::CompetencyId.is_in(goals.iter().map(|goal| goal.competency_id)));
        Ok(Self {
            activities: reader.all(activities).await?.into_iter().map(|row| (row.id, row)).collect(),
            resources: reader.all(resources).await?.into_iter().map(|row| (row.id, row)).collect(),
            people: reader.all(people).await?.into_iter().map(|row| (row.id, row.name)).collect(),
            types: reader.all(training_type::Entity::find()).await?,
            levels: reader.all(levels).await?.into_iter().map(|row| (row.competency_id, row.level)).collect(),
        })
    }

    /// The part of 70:20:10 of a training type.
    fn bucket(&self, is_it: impl Fn(&training_type::Model) -> bool, otherwise: LearningBucket) -> LearningBucket {
        self.types.iter().find(|row| is_it(row)).map_or(otherwise, |row| row.bucket)
    }
}

/// Looks goals up and fills them in; all mistakes at once.
pub(super) async fn write_in(tx: &Tx<'_>, librarian_id: Uuid, year: i32, goals: &[NewPlanGoal]) -> Result<Written> {
    let known = Known::load_in(tx, librarian_id, goals).await?;
    let ids: Vec<Uuid> = goals.iter().map(|goal| goal.competency_id).collect();
    let place = |index: usize| format!("#/goals/{index}/competency_id");
    let mut wrong = unassessable(tx.reader(), &ids, place).await?;
    let (mut competencies, mut objects) = (HashSet::new(), HashSet::new());
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let (first, last) = (day(1, 1), day(12, 31));
    let mut rows = Vec::new();
    for (index, goal) in goals.iter().enumerate() {
        if !competencies.insert(goal.competency_id) {
            wrong.push(Violation::pointer(place(index), &REPEATED));
        }
        let due_on = goal.due_on.unwrap_or(last);
        if !(first..=last).contains(&due_on) {
            let violation = Violation::pointer(format!("#/goals/{index}/due_on"), &OUT_OF_RANGE);
            wrong.push(violation.with("min", first.to_string()).with("max", last.to_string()));
        }
        let goal_id = tx.new_id();
        let mut actions = Vec::new();
        for (step, action) in goal.actions.iter().enumerate() {
            let pointer = format!("#/goals/{index}/actions/{step}");
            let named = action.activity_id.or(action.learning_resource_id);
            if named.is_some_and(|id| !objects.insert(id)) {
                wrong.push(Violation::pointer(pointer.clone(), &REPEATED));
            }
            match filled_in(&known, action, &pointer) {
                Ok(row) => actions.push(action::ActiveModel {
                    id: Set(tx.new_id()),
                    goal_id: Set(goal_id),
                    position: Set(place_of(step)),
                    ..row
                }),
                Err(faults) => wrong.extend(faults),
            }
        }
        let row = goal::ActiveModel {
            id: Set(goal_id),
            position: Set(place_of(index)),
            competency_id: Set(goal.competency_id),
            start_level: Set(known.levels.get(&goal.competency_id).copied().unwrap_or(0)),
            target_level: Set(goal.target_level),
            due_on: Set(due_on),
            reason: Set(goal.reason.clone()),
            reached_on: Set(None),
            ..Default::default()
        };
        rows.push((row, actions));
    }
    if wrong.is_empty() { Ok(Written(rows)) } else { Err(Error::invalid(wrong)) }
}

fn place_of(index: usize) -> i32 {
    i32::try_from(index + 1).unwrap_or(i32::MAX)
}

/// An action with the title, the part of 70:20:10 and the hours of what it names, where it says nothing itself.
fn filled_in(known: &Known, action: &NewPlanAction, pointer: &str) -> Result<action::ActiveModel, Vec<Violation>> {
    let mut wrong = Vec::new();
    let mut blame = |field: &str, fault| wrong.push(Violation::pointer(format!("{pointer}/{field}"), fault));
    let fits = |kind| action.kind == kind;
    let references = [
        ("activity_id", action.activity_id, fits(PlanActionKind::Activity)),
        ("mentor_id", action.mentor_id, fits(PlanActionKind::Mentoring)),
        ("learning_resource_id", action.learning_resource_id, fits(PlanActionKind::Reading)),
    ];
    for (field, id, fitting) in references {
        if id.is_some() && !fitting {
            blame(field, &NOT_VALID);
        }
    }
    let named = known.activities.get(&action.activity_id.unwrap_or_default());
    let resource = known.resources.get(&action.learning_resource_id.unwrap_or_default());
    let mentor = known.people.get(&action.mentor_id.unwrap_or_default());
    for (field, id, is_there) in [
        ("activity_id", action.activity_id, named.is_some()),
        ("mentor_id", action.mentor_id, mentor.is_some()),
        ("learning_resource_id", action.learning_resource_id, resource.is_some()),
    ] {
        if id.is_some() && !is_there {
            blame(field, &NO_SUCH_OBJECT);
        }
    }
    let name = named.map(|row| &row.title).or(resource.map(|row| &row.title)).or(mentor);
    let title = action.title.as_ref().or(name).map(|title| title.chars().take(LONGEST_TITLE).collect::<String>());
    if title.is_none() {
        blame("title", &REQUIRED);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let siasn = |id: i32, otherwise| known.bucket(|row| row.siasn_id == id, otherwise);
    let bucket = match action.kind {
        PlanActionKind::Activity => {
            let kind = named.and_then(|row| row.training_type_id);
            known.bucket(|row| Some(row.id) == kind, LearningBucket::Formal)
        }
        PlanActionKind::Mentoring => siasn(15, LearningBucket::Social),
        PlanActionKind::Reading => siasn(22, LearningBucket::Experience),
        PlanActionKind::Practice => siasn(24, LearningBucket::Experience),
    };
    let usual = match action.kind {
        PlanActionKind::Activity => named.map_or(0, |row| row.credit_hundredths),
        PlanActionKind::Mentoring => USUAL_MENTORING,
        PlanActionKind::Reading => {
            let minutes = resource.and_then(|row| row.minutes);
            minutes.map_or(USUAL_READING, |minutes| std::cmp::min(minutes * 100 / MINUTES_PER_HOUR, 100_000))
        }
        PlanActionKind::Practice => 0,
    };
    Ok(action::ActiveModel {
        kind: Set(action.kind),
        bucket: Set(action.bucket.unwrap_or(bucket)),
        title: Set(title.unwrap_or_default()),
        activity_id: Set(action.activity_id),
        mentor_id: Set(action.mentor_id),
        learning_resource_id: Set(action.learning_resource_id),
        planned: Set(action.planned_hours.map_or(usual, hundredths)),
        completed_on: Set(None),
        completed: Set(0),
        completion_note: Set(None),
        done_on: Set(None),
        achieved: Set(0),
        ..Default::default()
    })
}

impl Written {
    /// The plan's row with what is planned.
    pub(super) fn count(&self, mut row: ActiveModel) -> ActiveModel {
        let actions = || self.0.iter().flat_map(|(_, actions)| actions);
        let planned = |bucket| {
            let of = actions().filter(|action| *action.bucket.as_ref() == bucket);
            of.map(|action| *action.planned.as_ref()).sum::<i32>()
        };
        row.goal_count = Set(i32::try_from(self.0.len()).unwrap_or(i32::MAX));
        row.action_count = Set(i32::try_from(actions().count()).unwrap_or(i32::MAX));
        row.planned_formal = Set(planned(LearningBucket::Formal));
        row.planned_social = Set(planned(LearningBucket::Social));
        row.planned_experience = Set(planned(LearningBucket::Experience));
        row
    }

    /// Writes goals and actions of a plan.
    pub(super) async fn put_in(self, tx: &Tx<'_>, plan_id: Uuid) -> Result<()> {
        let (goals, actions): (Vec<_>, Vec<_>) = self.0.into_iter().unzip();
        let goals = goals.into_iter().map(|row| goal::ActiveModel { plan_id: Set(plan_id), ..row });
        tx.put_all::<goal::Entity>(goals).await?;
        let actions = actions.into_iter().flatten();
        let actions = actions.map(|row| action::ActiveModel { plan_id: Set(plan_id), ..row });
        tx.put_all::<action::Entity>(actions).await
    }
}

/// Takes the goals and actions of a plan away.
pub(super) async fn clear_in(tx: &Tx<'_>, plan_id: Uuid) -> Result<()> {
    let actions =
        Query::delete().from_table(action::Entity).and_where(Expr::col(action::Column::PlanId).eq(plan_id)).to_owned();
    tx.execute(&actions).await?;
    let goals =
        Query::delete().from_table(goal::Entity).and_where(Expr::col(goal::Column::PlanId).eq(plan_id)).to_owned();
    tx.execute(&goals).await.map(|_| ())
}
