//! The dashboard of indicators, from the same four queries: the place to change when the service's
//! `evaluation::indicator_dashboard` changes. Bands are those of all methods, for the seed makes one of each indicator.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rows::{Localized, Row};
use crate::clock::today;

/// Path of the dashboard.
pub(crate) const DASHBOARD: &str = "/api/v1/indicator-dashboard";

/// The indicators in use, by code.
pub(crate) const SELECT_INDICATORS: &str = "SELECT id, code, name, unit, decimals, direction, period_kind, tolerance, \
    programme_id FROM indicators WHERE archived_at IS NULL ORDER BY code LIMIT 500";

/// The measurements that are shown.
pub(crate) const SELECT_MEASURED: &str = "SELECT m.indicator_id, m.id, m.period, m.starts_on, m.value, m.origin, \
    m.method_id, m.measured_on, m.closed_at IS NOT NULL FROM measurements m JOIN indicators i \
    ON i.id = m.indicator_id AND m.starts_on >= i.shown_from WHERE m.is_current = TRUE AND i.archived_at IS NULL";

/// The targets of the periods that are shown.
pub(crate) const SELECT_TARGETS: &str = "SELECT t.indicator_id, t.starts_on, t.value FROM indicator_targets t \
    JOIN indicators i ON i.id = t.indicator_id AND t.starts_on >= i.shown_from WHERE i.archived_at IS NULL";

/// What values are called.
pub(crate) const SELECT_BANDS: &str = "SELECT id, bands FROM indicator_methods";

/// A row of [`SELECT_INDICATORS`].
pub(crate) struct Indicator {
    id: Uuid,
    code: String,
    name: Localized,
    unit: Localized,
    decimals: i32,
    direction: String,
    period_kind: String,
    tolerance: i64,
    programme_id: Option<Uuid>,
}

/// A row of [`SELECT_MEASURED`].
pub(crate) struct Measured {
    indicator: Uuid,
    id: Uuid,
    period: String,
    starts_on: NaiveDate,
    value: i64,
    origin: String,
    method: Uuid,
    on: NaiveDate,
    is_closed: bool,
}

/// A row of [`SELECT_TARGETS`].
pub(crate) struct Target {
    indicator: Uuid,
    starts_on: NaiveDate,
    value: i64,
}

/// A row of [`SELECT_BANDS`].
pub(crate) struct Method {
    id: Uuid,
    bands: Vec<Band>,
}

#[derive(Clone, Deserialize, Serialize)]
struct Band {
    from: f64,
    code: String,
    label: Localized,
}

/// The dashboard as the service answers it.
#[derive(Serialize)]
pub(crate) struct Dashboard {
    as_of: NaiveDate,
    tally: Tally,
    indicators: Vec<Shown>,
}

#[derive(Default, Serialize)]
struct Tally {
    met: u32,
    near: u32,
    missed: u32,
    without_target: u32,
    not_measured: u32,
}

#[derive(Serialize)]
struct Shown {
    indicator_id: Uuid,
    code: String,
    name: Localized,
    unit: Localized,
    decimals: i32,
    direction: String,
    period_kind: String,
    programme_id: Option<Uuid>,
    latest: Option<Latest>,
    points: Vec<Point>,
}

#[derive(Serialize)]
struct Latest {
    measurement_id: Uuid,
    period: String,
    value: f64,
    origin: String,
    measured_on: NaiveDate,
    target: Option<f64>,
    status: Option<&'static str>,
    band: Option<Band>,
    change: Option<f64>,
    trend: Option<&'static str>,
    is_closed: bool,
}

#[derive(Serialize)]
struct Point {
    period: String,
    value: f64,
}

/// Decodes a row of [`SELECT_INDICATORS`].
pub(crate) fn read_indicator(row: &impl Row) -> anyhow::Result<Indicator> {
    Ok(Indicator {
        id: row.get(0)?,
        code: row.get(1)?,
        name: row.json(2)?,
        unit: row.json(3)?,
        decimals: row.get(4)?,
        direction: row.get(5)?,
        period_kind: row.get(6)?,
        tolerance: row.get(7)?,
        programme_id: row.get(8)?,
    })
}

/// Decodes a row of [`SELECT_MEASURED`].
pub(crate) fn read_measured(row: &impl Row) -> anyhow::Result<Measured> {
    Ok(Measured {
        indicator: row.get(0)?,
        id: row.get(1)?,
        period: row.get(2)?,
        starts_on: row.get(3)?,
        value: row.get(4)?,
        origin: row.get(5)?,
        method: row.get(6)?,
        on: row.get(7)?,
        is_closed: row.get(8)?,
    })
}

/// Decodes a row of [`SELECT_TARGETS`].
pub(crate) fn read_target(row: &impl Row) -> anyhow::Result<Target> {
    Ok(Target { indicator: row.get(0)?, starts_on: row.get(1)?, value: row.get(2)? })
}

/// Decodes a row of [`SELECT_BANDS`].
pub(crate) fn read_method(row: &impl Row) -> anyhow::Result<Method> {
    Ok(Method { id: row.get(0)?, bands: row.json(1)? })
}

impl Dashboard {
    /// The dashboard that the rows make.
    pub(crate) fn new(
        indicators: Vec<Indicator>,
        measured: Vec<Measured>,
        targets: Vec<Target>,
        methods: Vec<Method>,
    ) -> Self {
        let mut by_indicator: HashMap<Uuid, Vec<Measured>> = HashMap::with_capacity(indicators.len());
        for row in measured {
            by_indicator.entry(row.indicator).or_default().push(row);
        }
        let targets: HashMap<_, _> =
            targets.into_iter().map(|row| ((row.indicator, row.starts_on), row.value)).collect();
        let bands: HashMap<_, _> = methods.into_iter().map(|row| (row.id, row.bands)).collect();
        let mut tally = Tally::default();
        let indicators = indicators.into_iter().map(|indicator| {
            let mut rows = by_indicator.remove(&indicator.id).unwrap_or_default();
            rows.sort_unstable_by_key(|row| row.starts_on);
            let target = rows.last().and_then(|row| targets.get(&(indicator.id, row.starts_on)).copied());
            let latest = latest(&indicator, &rows, target, &bands);
            tally.count(latest.as_ref());
            let points = rows.into_iter().map(|row| Point { period: row.period, value: number(row.value) });
            Shown {
                indicator_id: indicator.id,
                code: indicator.code,
                name: indicator.name,
                unit: indicator.unit,
                decimals: indicator.decimals,
                direction: indicator.direction,
                period_kind: indicator.period_kind,
                programme_id: indicator.programme_id,
                latest,
                points: points.collect(),
            }
        });
        let indicators = indicators.collect();
        Self { as_of: today(), tally, indicators }
    }
}

impl Tally {
    fn count(&mut self, latest: Option<&Latest>) {
        let place = match latest.map(|latest| latest.status) {
            Some(Some("met")) => &mut self.met,
            Some(Some("near")) => &mut self.near,
            Some(Some(_)) => &mut self.missed,
            Some(None) => &mut self.without_target,
            None => &mut self.not_measured,
        };
        *place += 1;
    }
}

/// Periods are months here.
fn latest(
    indicator: &Indicator,
    rows: &[Measured],
    target: Option<i64>,
    bands: &HashMap<Uuid, Vec<Band>>,
) -> Option<Latest> {
    let (last, earlier) = rows.split_last()?;
    let ahead = |of: i64| if indicator.direction == "higher_is_better" { last.value - of } else { of - last.value };
    let month_before = last.starts_on.checked_sub_months(Months::new(1));
    let before = earlier.last().filter(|row| Some(row.starts_on) == month_before).map(|row| row.value);
    let band = bands.get(&last.method).and_then(|bands| {
        let value = number(last.value);
        bands.iter().rev().find(|band| band.from <= value)
    });
    Some(Latest {
        measurement_id: last.id,
        period: last.period.clone(),
        value: number(last.value),
        origin: last.origin.clone(),
        measured_on: last.on,
        target: target.map(number),
        status: target.map(|target| match ahead(target) {
            0.. => "met",
            short if -short <= indicator.tolerance => "near",
            _ => "missed",
        }),
        band: band.cloned(),
        change: before.map(|before| number(last.value - before)),
        trend: before.map(|before| match ahead(before) {
            0 => "steady",
            1.. => "improving",
            _ => "worsening",
        }),
        is_closed: last.is_closed,
    })
}

/// Ten-thousandths as a number.
#[expect(clippy::cast_precision_loss, reason = "values stay far below 2^52")]
fn number(ten_thousandths: i64) -> f64 {
    ten_thousandths as f64 / 10_000.0
}
