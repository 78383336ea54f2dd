use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::MeasurementOrigin;
use super::entity::{Column, Model};
use super::judgement::{IndicatorTrend, Judges, TargetStatus, status, trend};
use crate::competencies::assessments::entity::Evidence;
use crate::evaluation::calculators::{Input, Inputs};
use crate::evaluation::indicator_methods::bands::IndicatorBand;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::{four_decimals, four_places};
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::policy::Access;
use crate::kernel::{period, validation};

/// Something that a value was made of.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"name": "visits", "period": "2026-01..2026-10", "value": 69_419.0}))]
pub struct MeasurementInput {
    /// The key of a library figure, or what the service counted.
    #[schema(max_length = 60)]
    pub name: String,
    /// The period that the figure was entered for, or the first and the last of those added up; null for what was counted.
    #[schema(required, max_length = 20)]
    pub period: Option<String>,
    /// The number.
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: f64,
}

impl From<Input> for MeasurementInput {
    fn from(input: Input) -> Self {
        Self { name: input.name, period: input.period, value: four_places(input.value) }
    }
}

/// The inputs of a value, as this caller may know of them: what the service counted among the staff is for admins.
pub(in crate::evaluation) fn told(inputs: Inputs, access: &Access) -> Vec<MeasurementInput> {
    let told = inputs.0.into_iter().filter(|input| access.is_admin() || input.period.is_some());
    told.map(MeasurementInput::from).collect()
}

/// What an indicator came to in a period (hasil pengukuran).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "indicator_id": "019a0000-0000-7000-8000-000000000001", "period": "2026",
    "starts_on": "2026-01-01", "ends_on": "2026-12-31", "revision": 1, "is_current": true, "value": 0.28, "origin": "computed",
    "method_id": "019a0000-0000-7000-8000-000000000002",
    "inputs": [{"name": "visits", "period": "2026-01..2026-10", "value": 69_419.0}], "evidence": [], "reason": null,
    "measured_on": "2026-11-16", "target": 0.35, "status": "missed", "band": null, "change": 0.02, "trend": "improving",
    "closed_at": null, "version": 1, "created_at": "2026-11-16T02:00:00.000Z", "updated_at": "2026-11-16T02:00:00.000Z",
    "actions": []
}))]
pub struct Measurement {
    /// The measurement.
    pub id: Uuid,
    /// The indicator.
    pub indicator_id: Uuid,
    /// The period: `2026`, `2026-S1`, `2026-Q1` or `2026-01`.
    #[schema(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// 1, and one more with each correction.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub revision: i32,
    /// Whether no later revision takes its place.
    pub is_current: bool,
    /// The value, in the unit of the indicator.
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: f64,
    /// How it came in.
    pub origin: MeasurementOrigin,
    /// The method by which it was measured: that of the period's last day.
    pub method_id: Uuid,
    /// What a computed value was made of, as it was then: library figures; to admins also what the service counted of its own records.
    #[schema(max_items = 30)]
    pub inputs: Vec<MeasurementInput>,
    /// What shows that an entered value is right.
    #[schema(max_items = 20)]
    pub evidence: Vec<Evidence>,
    /// Why it takes the place of the revision before.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// The day on which it was measured: before the last day of the period it says how things stood then.
    pub measured_on: NaiveDate,
    /// The target of the period; null where there is none.
    #[schema(required, minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub target: Option<f64>,
    /// The value against the target; null where there is none.
    #[schema(required)]
    pub status: Option<TargetStatus>,
    /// What the value is called by its method; null where no band holds it.
    #[schema(required)]
    pub band: Option<IndicatorBand>,
    /// The difference to the period before; null where that was not measured.
    #[schema(required, minimum = -200_000_000_000_i64, maximum = 200_000_000_000_i64)]
    pub change: Option<f64>,
    /// Whether that is for the better.
    #[schema(required)]
    pub trend: Option<IndicatorTrend>,
    /// When the period was closed; null while it is open.
    #[schema(required)]
    pub closed_at: Option<Instant>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What this caller may do with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<MeasurementAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeasurementAction {
    /// Close the period: its value and its target no longer move.
    Closure,
}

/// A page of measurements.
pub type MeasurementPage = Page<Measurement>;

impl Measurement {
    /// A row with what it means, as this caller sees it on this day.
    pub fn seen(row: Model, judges: &Judges, access: &Access, today: NaiveDate) -> Self {
        let indicator = judges.indicator(&row);
        let target = judges.target(&row);
        let before = judges.value_before(&row);
        let band = judges.method(&row).and_then(|method| method.bands.of(row.value)).cloned();
        Self {
            target: target.map(four_places),
            status: indicator.zip(target).map(|(indicator, target)| status(indicator, row.value, target)),
            band,
            change: before.map(|before| four_places(row.value - before)),
            trend: indicator.zip(before).map(|(indicator, before)| trend(indicator.direction, row.value, before)),
            actions: may_close(&row, access, today).then_some(MeasurementAction::Closure).into_iter().collect(),
            id: row.id,
            indicator_id: row.indicator_id,
            period: row.period,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            revision: row.revision,
            is_current: row.is_current,
            value: four_places(row.value),
            origin: row.origin,
            method_id: row.method_id,
            inputs: told(row.inputs, access),
            evidence: row.evidence.0,
            reason: row.reason,
            measured_on: row.measured_on,
            closed_at: row.closed_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

/// Whether a period may be closed with this measurement: the current one, made after its last day.
pub(super) fn may_close(row: &Model, access: &Access, today: NaiveDate) -> bool {
    access.is_admin() && row.is_current && row.closed_at.is_none() && row.ends_on < today
}

impl Resource for Measurement {
    fn path(&self) -> String {
        format!("/api/v1/measurements/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A measurement to be made.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "indicator_id": "019a0000-0000-7000-8000-000000000001", "period": "2025", "value": 71.4,
    "evidence": [{"title": "Laporan realisasi anggaran", "url": "https://example.org/lra-2025", "file_id": null}],
    "reason": "Angka setelah audit"
}))]
pub struct NewMeasurement {
    /// The indicator.
    pub indicator_id: Uuid,
    /// The period, as long as those of the indicator, begun by today: `2026`, `2026-S1`, `2026-Q1` or `2026-01`.
    #[validate(custom(function = period::name))]
    #[schema(min_length = 4, max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// The value, with no more decimals than the indicator has, and with evidence. Without one the service reckons it.
    #[validate(range(min = -100_000_000_000.0, max = 100_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: Option<f64>,
    /// What shows that an entered value is right; files are the writer's own.
    #[validate(nested, length(max = 20))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Why it takes the place of what was measured before; required where the period was measured already.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: Option<String>,
}

/// Which measurements to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MeasurementFilter {
    /// Those of this indicator.
    pub indicator_id: Option<Uuid>,
    /// Those of this period.
    #[param(max_length = 7, example = "2026")]
    pub period: Option<String>,
    /// Those of periods that begin on or after this day.
    #[param(example = "2025-01-01")]
    pub starts_on_gte: Option<NaiveDate>,
    /// Those of periods that begin before this day.
    #[param(example = "2027-01-01")]
    pub starts_on_lt: Option<NaiveDate>,
    /// Earlier revisions too.
    #[serde(default)]
    pub include_superseded: bool,
}

impl MeasurementFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.indicator_id.map(|id| Column::IndicatorId.eq(id)))
            .add_option(self.period.as_ref().map(|period| Column::Period.eq(period.as_str())))
            .add_option(self.starts_on_gte.map(|day| Column::StartsOn.gte(day)))
            .add_option(self.starts_on_lt.map(|day| Column::StartsOn.lt(day)))
            .add_option((!self.include_superseded).then(|| Column::IsCurrent.eq(true)))
    }
}
