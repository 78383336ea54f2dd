use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::evaluation::indicators::entity::IndicatorDirection;
use crate::evaluation::needs::{Need, NeedKind};
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// The life of an improvement action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ImprovementStatus {
    /// Agreed, not begun.
    Open,
    /// Under way.
    InProgress,
    /// Done by its owner; whether it worked is yet to be seen.
    Done,
    /// Measured again, and closed.
    Verified,
    /// Given up.
    Cancelled,
}

/// What somebody is to do about what was found. Values are ten-thousandths.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "improvement_actions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    pub description: Option<String>,
    /// Who does it: a librarian.
    pub owner_id: Uuid,
    pub due_on: Date,
    pub status: ImprovementStatus,
    pub source_kind: Option<NeedKind>,
    pub source_id: Option<Uuid>,
    pub source_element: Option<String>,
    /// By what its effect is measured.
    pub indicator_id: Option<Uuid>,
    pub direction: IndicatorDirection,
    pub unit: Option<String>,
    pub baseline_value: Option<i64>,
    pub baseline_on: Option<Date>,
    pub target_value: Option<i64>,
    pub started_at: Option<DateTimeUtc>,
    pub done_at: Option<DateTimeUtc>,
    /// What was done, in the words of its owner.
    pub outcome: Option<String>,
    /// The day of the last recheck.
    pub checked_on: Option<Date>,
    /// What it found.
    pub checked_value: Option<i64>,
    pub verified_at: Option<DateTimeUtc>,
    /// The user who did so.
    pub verified_by: Option<Uuid>,
    /// Why it was taken up again or given up.
    pub reason: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "improvement_action";
    const COLLECTION: Option<&'static str> = Some("improvement-actions");
    const READERS: Readers = Readers::Everyone;
}

impl Model {
    /// Whether it is yet to be done.
    pub const fn is_pending(&self) -> bool {
        matches!(self.status, ImprovementStatus::Open | ImprovementStatus::InProgress)
    }

    /// What showed the need.
    pub fn need(&self) -> Option<Need> {
        Need::of(self.source_kind, self.source_id, self.source_element.clone())
    }
}

/// Measured again after an action was done.
pub mod recheck {
    use sea_orm::entity::prelude::*;

    /// One measurement.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "improvement_rechecks")]
    pub struct Model {
        /// The recheck.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// The action.
        pub improvement_action_id: Uuid,
        /// When it was measured.
        pub checked_on: Date,
        /// What was measured, in ten-thousandths.
        pub value: Option<i64>,
        /// What was seen.
        pub note: Option<String>,
        /// The user who entered it.
        pub recorded_by: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
