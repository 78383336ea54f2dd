//! A plan from the gaps: goals are the largest of them, actions what is recommended for each.

use std::collections::HashSet;

use uuid::Uuid;

use super::content::{MOST_GOALS, NewPlanAction, NewPlanGoal};
use super::dto::PlanActionKind;
use crate::competencies::profiles::recommendations;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::policy::Access;

/// How a kind of recommendation is acted on, and how many of them a goal gets.
fn step(kind: &str) -> Option<(PlanActionKind, usize)> {
    match kind {
        "activity" => Some((PlanActionKind::Activity, 2)),
        "colleague" => Some((PlanActionKind::Mentoring, 1)),
        "learning_resource" => Some((PlanActionKind::Reading, 2)),
        _ => None,
    }
}

/// Adds a goal for each large gap that has none yet. No activity and no resource is planned twice.
pub(super) async fn add_goals(db: &Db, access: &Access, person: Uuid, goals: &mut Vec<NewPlanGoal>) -> Result<()> {
    let given: HashSet<Uuid> = goals.iter().map(|goal| goal.competency_id).collect();
    let planned = goals.iter().flat_map(|goal| &goal.actions);
    let mut planned: HashSet<Uuid> =
        planned.filter_map(|action| action.activity_id.or(action.learning_resource_id)).collect();
    let language = access.language();
    for item in recommendations::list(db, access, person).await?.items {
        if given.contains(&item.competency_id) {
            continue;
        }
        if item.kind == "competency" {
            if goals.len() < MOST_GOALS {
                goals.push(NewPlanGoal {
                    competency_id: item.competency_id,
                    target_level: item.target_level,
                    due_on: None,
                    reason: Some(item.reason.text(language).to_owned()),
                    actions: Vec::new(),
                });
            }
            continue;
        }
        let Some((kind, most)) = step(item.kind) else { continue };
        let goal = goals.iter_mut().find(|goal| goal.competency_id == item.competency_id);
        let Some(goal) = goal.filter(|goal| goal.actions.iter().filter(|action| action.kind == kind).count() < most)
        else {
            continue;
        };
        if kind != PlanActionKind::Mentoring && !planned.insert(item.subject_id) {
            continue;
        }
        let named = |of| (kind == of).then_some(item.subject_id);
        goal.actions.push(NewPlanAction {
            kind,
            title: None,
            activity_id: named(PlanActionKind::Activity),
            mentor_id: named(PlanActionKind::Mentoring),
            learning_resource_id: named(PlanActionKind::Reading),
            bucket: None,
            planned_hours: None,
        });
    }
    Ok(())
}
