//! What goals and milestones come to: open until they are achieved, missed or cancelled.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::kernel::db::Reader;
use crate::kernel::error::{INVALID_TRANSITION, Refusal, Result};
use crate::kernel::policy::Access;
use crate::kernel::validation::{self, NO_SUCH_OBJECT, Violation};
use crate::staff::reach::on_staff;

/// What has come to its end no longer changes.
pub const SETTLED: Refusal = Refusal {
    code: "settled",
    status: 409,
    id: "Yang sudah tercapai, terlewat atau dibatalkan tidak dapat diubah; buka kembali dahulu",
    en: "What is achieved, missed or cancelled can no longer change; reopen it first",
};

/// Where a goal or a milestone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum OutcomeStatus {
    /// Still ahead.
    Open,
    /// Tercapai.
    Achieved,
    /// Terlewat.
    Missed,
    /// Dibatalkan.
    Cancelled,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeAction {
    /// It is reached.
    Achievement,
    /// It was not reached.
    Lapse,
    /// It is given up.
    Cancellation,
    /// It is open again.
    Reopening,
    /// Take it back from the archive.
    Restoration,
}

/// Why something was missed or given up.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Anggaran baru tersedia pada perubahan"}))]
pub struct OutcomeReason {
    /// For everybody to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// A step of a goal or a milestone.
#[derive(Clone, Debug)]
pub enum Step {
    /// It is reached.
    Achieve,
    /// It was not reached, for this reason.
    Miss(String),
    /// It is given up, for this reason.
    Cancel(String),
    /// It is open again.
    Reopen,
}

/// What a step leads to: the state, the day on which it was settled, and why.
pub type Settlement = (OutcomeStatus, Option<Date>, Option<String>);

impl Step {
    /// What the step leads to on this day; refused where it is not open now.
    pub fn apply(self, status: OutcomeStatus, archived: bool, today: Date) -> Result<Settlement> {
        let reopens = matches!(self, Self::Reopen);
        if archived || reopens == (status == OutcomeStatus::Open) {
            return Err(INVALID_TRANSITION.into());
        }
        Ok(match self {
            Self::Achieve => (OutcomeStatus::Achieved, Some(today), None),
            Self::Miss(reason) => (OutcomeStatus::Missed, Some(today), Some(reason)),
            Self::Cancel(reason) => (OutcomeStatus::Cancelled, Some(today), Some(reason)),
            Self::Reopen => (OutcomeStatus::Open, None, None),
        })
    }

    /// Which of these names the step has: achieved, missed, cancelled, reopened.
    pub const fn name(&self, [achieved, missed, cancelled, reopened]: [&'static str; 4]) -> &'static str {
        match self {
            Self::Achieve => achieved,
            Self::Miss(_) => missed,
            Self::Cancel(_) => cancelled,
            Self::Reopen => reopened,
        }
    }
}

/// What this caller may do next.
pub fn actions(status: OutcomeStatus, archived: bool, access: &Access) -> Vec<OutcomeAction> {
    if !access.is_admin() {
        return Vec::new();
    }
    match status {
        _ if archived => vec![OutcomeAction::Restoration],
        OutcomeStatus::Open => vec![OutcomeAction::Achievement, OutcomeAction::Lapse, OutcomeAction::Cancellation],
        _ => vec![OutcomeAction::Reopening],
    }
}

/// Whether somebody named in `field` is on the staff.
pub async fn unknown_person(reader: Reader<'_>, id: Option<Uuid>, field: &str) -> Result<Vec<Violation>> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let known = on_staff(reader, [id]).await?;
    Ok(if known.contains(&id) { Vec::new() } else { vec![Violation::field(field, &NO_SUCH_OBJECT)] })
}
