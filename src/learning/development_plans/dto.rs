use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::entity::{Column, Model, action, goal};
pub use super::entity::{PlanActionKind, PlanStatus};
use super::shares::{PlanProgress, PlanShare, shares};
use crate::kernel::clock::Instant;
use crate::kernel::decimal::decimal;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page};
use crate::kernel::policy::{Access, Reach};
use crate::settings::training_types::entity::LearningBucket;

/// A step towards a goal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000005", "kind": "practice", "bucket": "experience",
    "title": "Mengatalog 50 judul koleksi lokal dengan RDA", "activity_id": null, "mentor_id": null, "learning_resource_id": null,
    "planned_hours": 20.0, "done_on": null, "achieved_hours": 0.0, "completion_note": null
}))]
pub struct PlanAction {
    /// The action.
    pub id: Uuid,
    /// What kind of step it is.
    pub kind: PlanActionKind,
    /// Its part of 70:20:10.
    pub bucket: LearningBucket,
    /// What is to be done.
    #[schema(max_length = 300)]
    pub title: String,
    /// The activity to take part in.
    #[schema(required)]
    pub activity_id: Option<Uuid>,
    /// The colleague to learn from.
    #[schema(required)]
    pub mentor_id: Option<Uuid>,
    /// What to read.
    #[schema(required)]
    pub learning_resource_id: Option<Uuid>,
    /// JP planned.
    #[schema(minimum = 0, maximum = 10_000)]
    pub planned_hours: f64,
    /// When it was done, by whatever shows it: credit, attendance, a reading, the person's own word. Null while it is not.
    #[schema(required)]
    pub done_on: Option<NaiveDate>,
    /// JP that it was.
    #[schema(minimum = 0, maximum = 21_474_837)]
    pub achieved_hours: f64,
    /// What the person says came of it.
    #[schema(required, max_length = 2000)]
    pub completion_note: Option<String>,
}

impl From<action::Model> for PlanAction {
    fn from(row: action::Model) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            bucket: row.bucket,
            title: row.title,
            activity_id: row.activity_id,
            mentor_id: row.mentor_id,
            learning_resource_id: row.learning_resource_id,
            planned_hours: decimal(row.planned.into()),
            done_on: row.done_on,
            achieved_hours: decimal(row.achieved.into()),
            completion_note: row.completion_note,
        }
    }
}

/// A level to be reached.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000004", "competency_id": "019a0000-0000-7000-8000-000000000002", "start_level": 1,
    "current_level": 2, "target_level": 3, "due_on": "2026-10-30", "reason": null, "reached_on": null, "actions": []
}))]
pub struct PlanGoal {
    /// The goal.
    pub id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// The level when it was planned; 0 for none.
    #[schema(minimum = 0, maximum = 5)]
    pub start_level: i32,
    /// The level now; 0 for none.
    #[schema(minimum = 0, maximum = 5)]
    pub current_level: i32,
    /// The level to be reached.
    #[schema(minimum = 1, maximum = 5)]
    pub target_level: i32,
    /// Until when.
    pub due_on: NaiveDate,
    /// Why.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// Since when it is reached; null while it is not.
    #[schema(required)]
    pub reached_on: Option<NaiveDate>,
    /// What is to be done for it.
    #[schema(max_items = 10)]
    pub actions: Vec<PlanAction>,
}

/// A person's plan for a year (rencana pengembangan kompetensi individu).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000003", "librarian_id": "019a0000-0000-7000-8000-000000000001", "year": 2026,
    "note": null, "status": "submitted", "progress": {"goal_count": 0, "reached_count": 0, "action_count": 0, "done_count": 0,
    "percent": 0}, "shares": [], "goals": [], "submitted_at": "2026-01-12T01:00:00.000Z", "decided_at": null, "decided_by": null,
    "reason": null, "closed_at": null, "outcome": null, "version": 2, "created_at": "2026-01-12T00:30:00.000Z",
    "updated_at": "2026-01-12T01:00:00.000Z", "actions": ["approval", "return"]
}))]
pub struct DevelopmentPlan {
    /// The plan.
    pub id: Uuid,
    /// Whose.
    pub librarian_id: Uuid,
    /// For which year.
    #[schema(minimum = 2000, maximum = 2999)]
    pub year: i32,
    /// Words of the person.
    #[schema(required, max_length = 4000)]
    pub note: Option<String>,
    /// Where it stands.
    pub status: PlanStatus,
    /// How far it has come.
    pub progress: PlanProgress,
    /// Planned against achieved, by 70:20:10.
    #[schema(max_items = 3)]
    pub shares: Vec<PlanShare>,
    /// What it aims at, in the person's order.
    #[schema(max_items = 100)]
    pub goals: Vec<PlanGoal>,
    /// When it was last submitted.
    #[schema(required)]
    pub submitted_at: Option<Instant>,
    /// When it was approved or returned.
    #[schema(required)]
    pub decided_at: Option<Instant>,
    /// The account that did so.
    #[schema(required)]
    pub decided_by: Option<Uuid>,
    /// Why it was returned.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// When it was closed.
    #[schema(required)]
    pub closed_at: Option<Instant>,
    /// What came of it, in the words of who closed it.
    #[schema(required, max_length = 4000)]
    pub outcome: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was begun.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 4)]
    pub actions: Vec<DevelopmentPlanAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DevelopmentPlanAction {
    /// Hand it in.
    Submission,
    /// Let it begin.
    Approval,
    /// Send it back.
    Return,
    /// Bring it to its end.
    Closure,
}

/// A page of plans.
pub type DevelopmentPlanPage = Page<DevelopmentPlan>;

/// What belongs to plans: their goals and actions in order, the present levels of their people, and who leads them.
#[derive(Debug, Default)]
pub struct PlanParts {
    /// By plan.
    pub goals: HashMap<Uuid, Vec<goal::Model>>,
    /// By goal.
    pub actions: HashMap<Uuid, Vec<action::Model>>,
    /// By person and competency.
    pub levels: HashMap<(Uuid, Uuid), i32>,
    /// The people whose direct superior the caller is.
    pub led: Vec<Uuid>,
}

impl DevelopmentPlan {
    /// A plan as this caller sees it.
    pub fn seen(row: Model, parts: &mut PlanParts, access: &Access) -> Self {
        let goals = parts.goals.remove(&row.id).unwrap_or_default();
        let goals = goals.into_iter().map(|goal| PlanGoal {
            actions: parts.actions.remove(&goal.id).unwrap_or_default().into_iter().map(PlanAction::from).collect(),
            id: goal.id,
            competency_id: goal.competency_id,
            start_level: goal.start_level,
            current_level: parts.levels.get(&(row.librarian_id, goal.competency_id)).copied().unwrap_or(0),
            target_level: goal.target_level,
            due_on: goal.due_on,
            reason: goal.reason,
            reached_on: goal.reached_on,
        });
        let goals = goals.collect();
        Self {
            actions: actions(&row, access, parts.led.contains(&row.librarian_id)),
            goals,
            progress: PlanProgress::of(&row),
            shares: shares(&row),
            id: row.id,
            librarian_id: row.librarian_id,
            year: row.year,
            note: row.note,
            status: row.status,
            submitted_at: row.submitted_at.map(Instant),
            decided_at: row.decided_at.map(Instant),
            decided_by: row.decided_by,
            reason: row.reason,
            closed_at: row.closed_at.map(Instant),
            outcome: row.outcome,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

/// Whether the caller may write on this plan: the person, or an admin.
pub fn may_write(row: &Model, access: &Access) -> bool {
    access.is_admin() || access.is_own(row.librarian_id)
}

/// Whether the caller may decide on this plan, which they may know of: the direct superior, a mentor, an admin; never the person.
pub fn may_decide(row: &Model, access: &Access, leads: bool) -> bool {
    !access.is_own(row.librarian_id) && (leads || access.reach() >= Reach::Mentees)
}

fn actions(row: &Model, access: &Access, leads: bool) -> Vec<DevelopmentPlanAction> {
    use DevelopmentPlanAction::{Approval, Closure, Return, Submission};
    let (open, allowed): (&[_], bool) = match row.status {
        PlanStatus::Draft | PlanStatus::Returned => (&[Submission], may_write(row, access)),
        PlanStatus::Submitted => (&[Approval, Return], may_decide(row, access, leads)),
        PlanStatus::Approved => (&[Closure], may_decide(row, access, leads)),
        PlanStatus::Closed => (&[], false),
    };
    if allowed { open.to_vec() } else { Vec::new() }
}

impl Resource for DevelopmentPlan {
    fn path(&self) -> String {
        format!("/api/v1/development-plans/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which plans to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct DevelopmentPlanFilter {
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// For this year.
    #[param(minimum = 2000, maximum = 2999, example = 2026)]
    pub year: Option<i32>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "submitted", pattern = "^(draft|submitted|approved|returned|closed)(,(draft|submitted|approved|returned|closed))*$")]
    pub status: Option<AnyOf<PlanStatus>>,
}

impl DevelopmentPlanFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.year.map(|year| Column::Year.eq(year)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
    }
}
