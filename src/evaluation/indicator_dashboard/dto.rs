use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::evaluation::indicator_methods::bands::IndicatorBand;
use crate::evaluation::indicators::dto::IndicatorDirection;
use crate::evaluation::measurements::dto::MeasurementOrigin;
use crate::evaluation::measurements::judgement::{IndicatorTrend, TargetStatus};
use crate::kernel::language::Localized;
use crate::kernel::period::PeriodKind;

/// A point of a sparkline.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"period": "2026", "value": 82.22}))]
pub struct SparklinePoint {
    /// The period.
    #[schema(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// The value.
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: f64,
}

/// The latest that is known of an indicator.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "measurement_id": "019a0000-0000-7000-8000-000000000003", "period": "2026", "value": 82.22, "origin": "computed",
    "measured_on": "2026-11-16", "target": 84.0, "status": "near", "band": {"from": 76.61, "code": "B", "label":
    {"id": "Baik", "en": "Good"}}, "change": 0.72, "trend": "improving", "is_closed": false
}))]
pub struct LatestMeasurement {
    /// The measurement.
    pub measurement_id: Uuid,
    /// Its period.
    #[schema(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// The value.
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: f64,
    /// How it came in.
    pub origin: MeasurementOrigin,
    /// The day on which it was measured.
    pub measured_on: NaiveDate,
    /// The target of the period; null where there is none.
    #[schema(required, minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub target: Option<f64>,
    /// The value against the target; null where there is none.
    #[schema(required)]
    pub status: Option<TargetStatus>,
    /// What the value is called; null where no band holds it.
    #[schema(required)]
    pub band: Option<IndicatorBand>,
    /// The difference to the period before; null where that was not measured.
    #[schema(required, minimum = -200_000_000_000_i64, maximum = 200_000_000_000_i64)]
    pub change: Option<f64>,
    /// Whether that is for the better.
    #[schema(required)]
    pub trend: Option<IndicatorTrend>,
    /// Whether the period is closed.
    pub is_closed: bool,
}

/// An indicator on the dashboard.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator_id": "019a0000-0000-7000-8000-000000000001", "code": "IKM",
    "name": {"id": "Indeks Kepuasan Masyarakat", "en": "Citizen satisfaction index"},
    "unit": {"id": "nilai", "en": "points"}, "decimals": 2, "direction": "higher_is_better", "period_kind": "year",
    "programme_id": null, "latest": null, "points": [{"period": "2025", "value": 81.5}, {"period": "2026", "value": 82.22}]
}))]
pub struct DashboardIndicator {
    /// The indicator.
    pub indicator_id: Uuid,
    /// Its code.
    #[schema(max_length = 60)]
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// What its values are.
    pub unit: Localized,
    /// Decimals of its values.
    #[schema(minimum = 0, maximum = 4)]
    pub decimals: i32,
    /// Which way is good.
    pub direction: IndicatorDirection,
    /// How long its periods are.
    pub period_kind: PeriodKind,
    /// The programme that it belongs to.
    #[schema(required)]
    pub programme_id: Option<Uuid>,
    /// Its latest measurement; null before the first.
    #[schema(required)]
    pub latest: Option<LatestMeasurement>,
    /// The values of the twelve periods up to it, the earliest first; those that were not measured are left out.
    #[schema(max_items = 12)]
    pub points: Vec<SparklinePoint>,
}

/// How many indicators stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"met": 6, "near": 2, "missed": 3, "without_target": 4, "not_measured": 1}))]
pub struct DashboardTally {
    /// Tercapai.
    #[schema(minimum = 0, maximum = 1000)]
    pub met: u32,
    /// Hampir tercapai.
    #[schema(minimum = 0, maximum = 1000)]
    pub near: u32,
    /// Belum tercapai.
    #[schema(minimum = 0, maximum = 1000)]
    pub missed: u32,
    /// Measured, but without a target for the period.
    #[schema(minimum = 0, maximum = 1000)]
    pub without_target: u32,
    /// Never measured.
    #[schema(minimum = 0, maximum = 1000)]
    pub not_measured: u32,
}

/// Where every indicator stands (dasbor indikator).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "as_of": "2026-11-16", "tally": {"met": 6, "near": 2, "missed": 3, "without_target": 4, "not_measured": 1}, "indicators": []
}))]
pub struct IndicatorDashboard {
    /// The day on which this holds: today.
    pub as_of: NaiveDate,
    /// How many stand where.
    pub tally: DashboardTally,
    /// Each indicator in use, by code; at most 500.
    #[schema(max_items = 500)]
    pub indicators: Vec<DashboardIndicator>,
}

/// Which indicators.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct DashboardQuery {
    /// Those of this programme.
    pub programme_id: Option<Uuid>,
}
