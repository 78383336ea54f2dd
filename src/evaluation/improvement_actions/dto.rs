use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::effect::MeasuredEffect;
use super::entity::{Column, ImprovementStatus, Model, recheck};
use crate::evaluation::indicators::entity::IndicatorDirection;
use crate::evaluation::needs::Need;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::four_places;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::Access;

/// A measurement after an action was done.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"checked_on": "2026-11-30", "value": 3.2, "note": "Survei cepat, 60 responden", "recorded_by": null}))]
pub struct Recheck {
    /// When it was measured.
    pub checked_on: NaiveDate,
    /// What was measured; null where something was only looked at.
    #[schema(required, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub value: Option<f64>,
    /// What was seen.
    #[schema(required, max_length = 2000)]
    pub note: Option<String>,
    /// The account that entered it.
    #[schema(required)]
    pub recorded_by: Option<Uuid>,
}

impl From<recheck::Model> for Recheck {
    fn from(row: recheck::Model) -> Self {
        Self {
            checked_on: row.checked_on,
            value: row.value.map(four_places),
            note: row.note,
            recorded_by: row.recorded_by,
        }
    }
}

/// What somebody is to do about what was found (rencana tindak lanjut), and what came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000050", "title": "Loket pengembalian mandiri dibuka sampai pukul 20.00",
    "description": null, "owner_id": "019a0000-0000-7000-8000-000000000001", "owner_name": "Nurhaliza Putri",
    "due_on": "2026-09-30", "is_overdue": false, "status": "verified",
    "need": {"kind": "survey_element", "id": "019a0000-0000-7000-8000-000000000040", "element": "U3"}, "indicator_id": null,
    "direction": "higher_is_better", "unit": "NRR 1-4", "baseline_value": 2.9, "baseline_on": "2026-06-30", "target_value": 3.2,
    "effect": {"before": 2.9, "after": 3.2, "change": 0.3, "verdict": "improved", "target_reached": true},
    "rechecks": [{"checked_on": "2026-11-20", "value": 3.2, "note": null, "recorded_by": null}],
    "started_at": "2026-07-06T01:00:00.000Z", "done_at": "2026-09-02T01:00:00.000Z", "outcome": "Loket dibuka sejak 1 September",
    "verified_at": "2026-11-23T01:00:00.000Z", "verified_by": null, "reason": null, "version": 5,
    "created_at": "2026-07-01T01:00:00.000Z", "updated_at": "2026-11-23T01:00:00.000Z", "actions": []
}))]
pub struct ImprovementAction {
    /// The action.
    pub id: Uuid,
    /// What is to be done.
    #[schema(max_length = 300)]
    pub title: String,
    /// How.
    #[schema(required, max_length = 4000)]
    pub description: Option<String>,
    /// Who does it (penanggung jawab).
    pub owner_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub owner_name: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// Whether that day has passed and it is not done.
    pub is_overdue: bool,
    /// Where it stands.
    pub status: ImprovementStatus,
    /// What showed the need; null where nothing is named.
    #[schema(required)]
    pub need: Option<Need>,
    /// The indicator by which its effect is measured.
    #[schema(required)]
    pub indicator_id: Option<Uuid>,
    /// Which direction of the value is better.
    pub direction: IndicatorDirection,
    /// The unit of the values.
    #[schema(required, max_length = 60)]
    pub unit: Option<String>,
    /// The value before.
    #[schema(required, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub baseline_value: Option<f64>,
    /// When it was measured.
    #[schema(required)]
    pub baseline_on: Option<NaiveDate>,
    /// The value to be reached.
    #[schema(required, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub target_value: Option<f64>,
    /// What the last recheck shows against the value before; null before there is one.
    #[schema(required)]
    pub effect: Option<MeasuredEffect>,
    /// Every measurement since it was done, the latest day last.
    #[schema(max_items = 100)]
    pub rechecks: Vec<Recheck>,
    /// When it was begun.
    #[schema(required)]
    pub started_at: Option<Instant>,
    /// When it was done.
    #[schema(required)]
    pub done_at: Option<Instant>,
    /// What was done, in the words of its owner.
    #[schema(required, max_length = 4000)]
    pub outcome: Option<String>,
    /// When it was closed.
    #[schema(required)]
    pub verified_at: Option<Instant>,
    /// The account that closed it.
    #[schema(required)]
    pub verified_by: Option<Uuid>,
    /// Why it was taken up again or given up.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was agreed.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 5)]
    pub actions: Vec<ImprovementStep>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ImprovementStep {
    /// Begin.
    Start,
    /// Say that it is done.
    Completion,
    /// Measure again.
    Recheck,
    /// Close it.
    Verification,
    /// Take it up again.
    Reopening,
    /// Give it up.
    Cancellation,
}

/// A page of improvement actions.
pub type ImprovementActionPage = Page<ImprovementAction>;

impl ImprovementAction {
    /// An action as this caller sees it on a day.
    pub fn seen(row: Model, rechecks: Vec<recheck::Model>, owner_name: String, access: &Access, on: NaiveDate) -> Self {
        let values = row.baseline_value.zip(row.checked_value);
        Self {
            id: row.id,
            owner_id: row.owner_id,
            owner_name,
            due_on: row.due_on,
            is_overdue: row.is_pending() && row.due_on < on,
            status: row.status,
            need: row.need(),
            indicator_id: row.indicator_id,
            direction: row.direction,
            baseline_value: row.baseline_value.map(four_places),
            baseline_on: row.baseline_on,
            target_value: row.target_value.map(four_places),
            effect: values.map(|(before, after)| MeasuredEffect::of(row.direction, before, after, row.target_value)),
            rechecks: rechecks.into_iter().map(Recheck::from).collect(),
            started_at: row.started_at.map(Instant),
            done_at: row.done_at.map(Instant),
            verified_at: row.verified_at.map(Instant),
            verified_by: row.verified_by,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            actions: steps(&row, access),
            title: row.title,
            description: row.description,
            unit: row.unit,
            outcome: row.outcome,
            reason: row.reason,
        }
    }
}

fn steps(row: &Model, access: &Access) -> Vec<ImprovementStep> {
    use ImprovementStep::{Cancellation, Completion, Recheck, Reopening, Start, Verification};
    let (admin, own) = (access.is_admin(), access.is_own(row.owner_id));
    if !admin && !own {
        return Vec::new();
    }
    let mut steps = match row.status {
        ImprovementStatus::Open => vec![Start, Completion],
        ImprovementStatus::InProgress => vec![Completion],
        ImprovementStatus::Done => vec![Recheck, Reopening],
        ImprovementStatus::Verified | ImprovementStatus::Cancelled => Vec::new(),
    };
    if admin && !own && row.status == ImprovementStatus::Done && row.checked_on.is_some() {
        steps.push(Verification);
    }
    if admin && !matches!(row.status, ImprovementStatus::Verified | ImprovementStatus::Cancelled) {
        steps.push(Cancellation);
    }
    steps
}

impl Resource for ImprovementAction {
    fn path(&self) -> String {
        format!("/api/v1/improvement-actions/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which improvement actions to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ImprovementActionFilter {
    /// Those whose title or description holds these words.
    #[param(max_length = 100, example = "loket")]
    pub q: Option<String>,
    /// In any of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "open,in_progress", pattern = "^(open|in_progress|done|verified|cancelled)(,(open|in_progress|done|verified|cancelled))*$")]
    pub status: Option<AnyOf<ImprovementStatus>>,
    /// Of this owner.
    pub owner_id: Option<Uuid>,
    /// To which this object led: a finding, an indicator, a campaign, a reader's word, an activity, a change initiative.
    pub need_id: Option<Uuid>,
    /// Measured by this indicator.
    pub indicator_id: Option<Uuid>,
    /// Only those whose last day has passed before they were done.
    #[serde(default)]
    pub overdue_only: bool,
}

impl ImprovementActionFilter {
    /// The filter as a condition, on a day.
    pub fn condition(&self, on: NaiveDate) -> Condition {
        let pending = [ImprovementStatus::Open, ImprovementStatus::InProgress];
        let overdue = || Condition::all().add(Column::Status.is_in(pending)).add(Column::DueOn.lt(on));
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.status.as_ref().map(|any| Column::Status.is_in(any.0.iter().copied())))
            .add_option(self.owner_id.map(|id| Column::OwnerId.eq(id)))
            .add_option(self.need_id.map(|id| Column::SourceId.eq(id)))
            .add_option(self.indicator_id.map(|id| Column::IndicatorId.eq(id)))
            .add_option(self.overdue_only.then(overdue))
    }
}
