use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// The life of a development plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// Being written.
    Draft,
    /// Waits for approval.
    Submitted,
    /// Under way.
    Approved,
    /// Sent back to be mended.
    Returned,
    /// Over.
    Closed,
}

/// What kind of step an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PlanActionKind {
    /// To take part in an activity, of the library or elsewhere.
    Activity,
    /// To learn from somebody.
    Mentoring,
    /// To read, watch, listen.
    Reading,
    /// To do it at work.
    Practice,
}

/// A person's plan for a year. Hours are hundredths.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "development_plans")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub librarian_id: Uuid,
    pub year: i32,
    pub note: Option<String>,
    pub status: PlanStatus,
    pub submitted_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    /// The user who approved or returned it.
    pub decided_by: Option<Uuid>,
    /// Why it was returned.
    pub reason: Option<String>,
    pub closed_at: Option<DateTimeUtc>,
    /// What came of it, in the words of who closed it.
    pub outcome: Option<String>,
    /// 1, and one more each time its goals are written anew.
    pub revision: i32,
    pub goal_count: i32,
    pub reached_count: i32,
    pub action_count: i32,
    pub done_count: i32,
    pub planned_formal: i32,
    pub planned_social: i32,
    pub planned_experience: i32,
    pub achieved_formal: i32,
    pub achieved_social: i32,
    pub achieved_experience: i32,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// Whether its content can still change.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, PlanStatus::Draft | PlanStatus::Returned)
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "development_plan";
    const COLLECTION: Option<&'static str> = Some("development-plans");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}

/// What a plan aims at.
pub mod goal {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    /// A level to be reached.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "plan_goals")]
    pub struct Model {
        /// The goal.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Its plan.
        pub plan_id: Uuid,
        /// Its place in the plan, from 1.
        pub position: i32,
        /// The competency.
        pub competency_id: Uuid,
        /// The level when it was planned; 0 for none.
        pub start_level: i32,
        /// The level to be reached.
        pub target_level: i32,
        /// Until when.
        pub due_on: Date,
        /// Why.
        pub reason: Option<String>,
        /// Since when it is reached.
        pub reached_on: Option<Date>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What is to be done.
pub mod action {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    use super::PlanActionKind;
    use crate::settings::training_types::entity::LearningBucket;

    /// A step towards a goal. Hours are hundredths.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "plan_actions")]
    pub struct Model {
        /// The action.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Its plan.
        pub plan_id: Uuid,
        /// Its goal.
        pub goal_id: Uuid,
        /// Its place in the goal, from 1.
        pub position: i32,
        /// What kind of step it is.
        pub kind: PlanActionKind,
        /// Its part of 70:20:10.
        pub bucket: LearningBucket,
        /// What is to be done.
        pub title: String,
        /// The activity of the library.
        pub activity_id: Option<Uuid>,
        /// The colleague to learn from.
        pub mentor_id: Option<Uuid>,
        /// What to read.
        pub learning_resource_id: Option<Uuid>,
        /// How much is planned.
        pub planned: i32,
        /// When the person says it was done.
        pub completed_on: Option<Date>,
        /// How much the person says it was.
        pub completed: i32,
        /// What the person says of it.
        pub completion_note: Option<String>,
        /// When it was done, by whatever shows it.
        pub done_on: Option<Date>,
        /// How much that was.
        pub achieved: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
