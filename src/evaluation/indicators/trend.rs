//! An indicator over time: its values, targets and bands, as data, as a table and as a picture.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::entity::{IndicatorDirection, Model};
use super::service::one;
use crate::evaluation::indicator_methods::bands::{Bands, IndicatorBand};
use crate::evaluation::indicator_methods::service::in_force;
use crate::evaluation::measurements::entity as measurement;
use crate::evaluation::measurements::judgement::{TargetStatus, status};
use crate::evaluation::measurements::service::{SHOWN_PERIODS, between};
use crate::evaluation::targets::entity as target;
use crate::kernel::csv;
use crate::kernel::db::Db;
use crate::kernel::decimal::four_places;
use crate::kernel::error::{NOT_FOUND, Result};
use crate::kernel::language::{Language, Localized};
use crate::kernel::period::{OTHER_KIND_OF_PERIOD, Period, PeriodKind};
use crate::kernel::policy::Access;
use crate::kernel::svg::{Caption, LineBand, LineChart, LinePoint};
use crate::kernel::validation::Violation;

/// An indicator over time (tren indikator).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "indicator_id": "019a0000-0000-7000-8000-000000000001", "code": "IKM",
    "name": {"id": "Indeks Kepuasan Masyarakat", "en": "Citizen satisfaction index"},
    "unit": {"id": "nilai", "en": "points"}, "decimals": 2, "direction": "higher_is_better", "period_kind": "year",
    "bands": [{"from": 76.61, "code": "B", "label": {"id": "Baik", "en": "Good"}}],
    "points": [{
        "period": "2026", "value": 82.22, "target": 84.0, "status": "near", "measurement_id": "019a0000-0000-7000-8000-000000000003",
        "is_closed": false
    }]
}))]
pub struct IndicatorSeries {
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
    /// The bands of the last period's method, the lowest first.
    #[schema(max_items = 20)]
    pub bands: Vec<IndicatorBand>,
    /// Each period, the earliest first; those that were not measured too.
    #[schema(max_items = 120)]
    pub points: Vec<SeriesPoint>,
}

/// An indicator in one period.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "period": "2026", "value": 82.22, "target": 84.0, "status": "near", "measurement_id": "019a0000-0000-7000-8000-000000000003",
    "is_closed": false
}))]
pub struct SeriesPoint {
    /// The period.
    #[schema(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// The value; null where the period was not measured.
    #[schema(required, minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: Option<f64>,
    /// The target; null where there is none.
    #[schema(required, minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub target: Option<f64>,
    /// The value against the target; null where one of them is missing.
    #[schema(required)]
    pub status: Option<TargetStatus>,
    /// The measurement; null where there is none.
    #[schema(required)]
    pub measurement_id: Option<Uuid>,
    /// Whether the period is closed.
    pub is_closed: bool,
}

/// Which periods.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SeriesQuery {
    /// The last period; the latest that was measured unless another is asked for.
    #[param(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$", example = "2026")]
    pub to: Option<String>,
    /// How many periods, 12 unless asked otherwise; fewer where that reaches back before 1900.
    #[param(minimum = 1, maximum = 120, example = 12)]
    pub periods: Option<u32>,
}

/// Reads an indicator over time.
pub async fn read(db: &Db, access: &Access, id: Uuid, query: &SeriesQuery) -> Result<IndicatorSeries> {
    let asked = query.to.as_deref().map(|text| Period::parameter("to", text)).transpose()?;
    let indicator = db.reader().find(one(access, id)).await?;
    let last = match asked {
        Some(period) if period.kind() != indicator.period_kind => {
            let violation = Violation::parameter("to", &OTHER_KIND_OF_PERIOD);
            return Err(NOT_FOUND.at(period.other_kind(violation, indicator.period_kind)));
        }
        Some(period) => period,
        None => latest(db, &indicator).await?,
    };
    let first = last.back(query.periods.unwrap_or(SHOWN_PERIODS) - 1);
    let rows = between(db.reader(), id, first.starts_on(), last.starts_on()).await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.starts_on, row)).collect();
    let targets = target::Entity::find()
        .filter(target::Column::IndicatorId.eq(id))
        .filter(target::Column::StartsOn.between(first.starts_on(), last.starts_on()));
    let targets: HashMap<_, _> =
        db.reader().all(targets).await?.into_iter().map(|row| (row.starts_on, row.value)).collect();
    let method = in_force(db.reader(), id, last.ends_on()).await?;
    let mut points = Vec::new();
    let mut period = first;
    while period.starts_on() <= last.starts_on() {
        let row = rows.remove(&period.starts_on());
        let target = targets.get(&period.starts_on()).copied();
        let value = row.as_ref().map(|row| row.value);
        points.push(SeriesPoint {
            period: period.to_string(),
            value: value.map(four_places),
            target: target.map(four_places),
            status: value.zip(target).map(|(value, target)| status(&indicator, value, target)),
            measurement_id: row.as_ref().map(|row| row.id),
            is_closed: row.is_some_and(|row| row.closed_at.is_some()),
        });
        period = period.next();
    }
    Ok(IndicatorSeries {
        indicator_id: id,
        code: indicator.code,
        name: indicator.name,
        unit: indicator.unit,
        decimals: indicator.decimals,
        direction: indicator.direction,
        period_kind: indicator.period_kind,
        bands: method.map(|method| method.bands.0).unwrap_or_default(),
        points,
    })
}

/// The latest period that was measured, else that of today.
async fn latest(db: &Db, indicator: &Model) -> Result<Period> {
    let row = measurement::Entity::find()
        .filter(measurement::Column::IndicatorId.eq(indicator.id))
        .filter(measurement::Column::IsCurrent.eq(true))
        .order_by_desc(measurement::Column::StartsOn);
    let day = db.reader().one(row).await?.map_or_else(|| db.today(), |row| row.starts_on);
    Ok(Period::of(indicator.period_kind, day))
}

/// A row a period.
pub fn table(series: &IndicatorSeries) -> Result<Vec<u8>> {
    let bands = Bands(series.bands.clone());
    let places = usize::try_from(series.decimals).unwrap_or(0);
    let number = |value: Option<f64>| value.map(|value| format!("{value:.places$}")).unwrap_or_default();
    let rows = series.points.iter().map(|point| {
        let period = Period::parse(&point.period);
        let day = |of: fn(Period) -> chrono::NaiveDate| period.map(|period| of(period).to_string()).unwrap_or_default();
        let status = match point.status {
            Some(TargetStatus::Met) => "met",
            Some(TargetStatus::Near) => "near",
            Some(TargetStatus::Missed) => "missed",
            None => "",
        };
        let band = point.value.and_then(|value| bands.of(crate::kernel::decimal::ten_thousandths(value)));
        vec![
            series.code.clone(),
            point.period.clone(),
            day(Period::starts_on),
            day(Period::ends_on),
            number(point.value),
            number(point.target),
            status.to_owned(),
            band.map(|band| band.code.clone()).unwrap_or_default(),
            point.is_closed.to_string(),
        ]
    });
    let columns =
        ["indicator_code", "period", "starts_on", "ends_on", "value", "target", "status", "band", "is_closed"];
    csv::write(&columns, rows)
}

/// The line of the values over their bands, with the steps of the targets.
pub fn picture(series: &IndicatorSeries, language: Language) -> Vec<u8> {
    let label = |period: &str| Period::parse(period).map_or_else(|| period.to_owned(), |period| period.label(language));
    // A picture begins with the first period that has something to show.
    let begins = series.points.iter().position(|point| point.value.or(point.target).is_some()).unwrap_or_default();
    let shown = series.points.get(begins..).unwrap_or_default();
    let span = match (shown.first(), shown.last()) {
        (Some(first), Some(last)) if shown.len() > 1 => {
            format!("{} – {}", label(&first.period), label(&last.period))
        }
        (_, last) => last.map(|last| label(&last.period)).unwrap_or_default(),
    };
    let points =
        shown.iter().map(|point| LinePoint { label: label(&point.period), value: point.value, target: point.target });
    let bands =
        series.bands.iter().map(|band| LineBand { from: band.from, label: band.label.text(language).to_owned() });
    let chart = LineChart {
        caption: Caption {
            lang: language.tag().to_owned(),
            title: series.name.text(language).to_owned(),
            subtitle: format!("{} · {span}", series.code),
            description: language
                .pick(
                    "Nilai tiap periode dengan target dan kategorinya",
                    "The value of each period with target and bands",
                )
                .to_owned(),
        },
        points: points.collect(),
        bands: bands.collect(),
        higher_is_better: series.direction == IndicatorDirection::HigherIsBetter,
        series_label: language.pick("Capaian", "Measured").to_owned(),
        target_label: language.pick("Target", "Target").to_owned(),
        unit: series.unit.text(language).to_owned(),
        decimals: usize::try_from(series.decimals).unwrap_or(0),
    };
    chart.to_svg().into_bytes()
}
