use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::dto::{
    DashboardIndicator, DashboardQuery, DashboardTally, IndicatorDashboard, LatestMeasurement, SparklinePoint,
};
use crate::evaluation::indicator_methods::bands::Bands;
use crate::evaluation::indicator_methods::entity as method;
use crate::evaluation::indicators::entity::{self as indicator, Model as Indicator};
use crate::evaluation::measurements::entity as measurement;
use crate::evaluation::measurements::judgement::{TargetStatus, status, trend};
use crate::evaluation::targets::entity as target;
use crate::kernel::db::{Db, Reader, enum_of};
use crate::kernel::decimal::four_places;
use crate::kernel::error::Result;
use crate::kernel::period::Period;

/// How many indicators are shown at the most.
const MOST: u64 = 500;

/// A current measurement as the dashboard needs it.
struct Latest {
    id: Uuid,
    period: String,
    starts_on: NaiveDate,
    value: i64,
    origin: measurement::MeasurementOrigin,
    method_id: Uuid,
    measured_on: NaiveDate,
    is_closed: bool,
}

/// Where every indicator stands. Four queries, each for all indicators; of each no more than the periods that are shown.
pub async fn read(db: &Db, query: &DashboardQuery) -> Result<IndicatorDashboard> {
    let reader = db.reader();
    let wanted = Condition::all()
        .add(indicator::Column::ArchivedAt.is_null())
        .add_option(query.programme_id.map(|id| indicator::Column::ProgrammeId.eq(id)));
    let indicators = indicator::Entity::find().filter(wanted).order_by_asc(indicator::Column::Code).limit(MOST);
    let indicators = reader.all(indicators).await?;
    let mut measured = measured(reader, query).await?;
    let targets = targets(reader, query).await?;
    let latest: Vec<Uuid> = measured.values().filter_map(|rows| Some(rows.last()?.method_id)).collect();
    let bands = bands(reader, latest).await?;
    let mut tally = DashboardTally::default();
    let rows = indicators.into_iter().map(|indicator| {
        let rows = measured.remove(&indicator.id).unwrap_or_default();
        let target = rows.last().and_then(|row| targets.get(&(indicator.id, row.starts_on)).copied());
        let latest = latest_of(&indicator, &rows, target, &bands);
        tally.count(latest.as_ref());
        DashboardIndicator {
            indicator_id: indicator.id,
            code: indicator.code,
            name: indicator.name,
            unit: indicator.unit,
            decimals: indicator.decimals,
            direction: indicator.direction,
            period_kind: indicator.period_kind,
            programme_id: indicator.programme_id,
            latest,
            points: rows
                .into_iter()
                .map(|row| SparklinePoint { period: row.period, value: four_places(row.value) })
                .collect(),
        }
    });
    let indicators = rows.collect();
    Ok(IndicatorDashboard { as_of: db.today(), tally, indicators })
}

impl DashboardTally {
    fn count(&mut self, latest: Option<&LatestMeasurement>) {
        let place = match latest.map(|latest| latest.status) {
            Some(Some(TargetStatus::Met)) => &mut self.met,
            Some(Some(TargetStatus::Near)) => &mut self.near,
            Some(Some(TargetStatus::Missed)) => &mut self.missed,
            Some(None) => &mut self.without_target,
            None => &mut self.not_measured,
        };
        *place += 1;
    }
}

fn latest_of(
    indicator: &Indicator,
    rows: &[Latest],
    target: Option<i64>,
    bands: &HashMap<Uuid, Bands>,
) -> Option<LatestMeasurement> {
    let (last, earlier) = rows.split_last()?;
    let before = Period::parse(&last.period).map(|period| period.previous().starts_on());
    let before = earlier.last().filter(|row| Some(row.starts_on) == before).map(|row| row.value);
    Some(LatestMeasurement {
        measurement_id: last.id,
        period: last.period.clone(),
        value: four_places(last.value),
        origin: last.origin,
        measured_on: last.measured_on,
        target: target.map(four_places),
        status: target.map(|target| status(indicator, last.value, target)),
        band: bands.get(&last.method_id).and_then(|bands| bands.of(last.value)).cloned(),
        change: before.map(|before| four_places(last.value - before)),
        trend: before.map(|before| trend(indicator.direction, last.value, before)),
        is_closed: last.is_closed,
    })
}

/// Joins rows of a table to the indicators in use, as far back as these are shown.
fn shown(select: &mut SelectStatement, query: &DashboardQuery, of: Expr, starts_on: Expr) -> SelectStatement {
    let column = |column| Expr::col((indicator::Entity, column));
    let joined = Condition::all()
        .add(of.eq(column(indicator::Column::Id)))
        .add(starts_on.gte(column(indicator::Column::ShownFrom)));
    select
        .inner_join(indicator::Entity, joined)
        .and_where(column(indicator::Column::ArchivedAt).is_null())
        .cond_where(
            Condition::all().add_option(query.programme_id.map(|id| column(indicator::Column::ProgrammeId).eq(id))),
        )
        .to_owned()
}

/// The current measurements of each indicator, the earliest first.
async fn measured(reader: Reader<'_>, query: &DashboardQuery) -> Result<HashMap<Uuid, Vec<Latest>>> {
    use measurement::Column;
    let of = |column| (measurement::Entity, column);
    let mut select = Query::select();
    select
        .columns(
            [
                Column::IndicatorId,
                Column::Id,
                Column::Period,
                Column::StartsOn,
                Column::Value,
                Column::Origin,
                Column::MethodId,
                Column::MeasuredOn,
            ]
            .map(of),
        )
        .expr(Expr::col(of(Column::ClosedAt)).is_not_null())
        .from(measurement::Entity)
        .and_where(Expr::col(of(Column::IsCurrent)).eq(true));
    let statement = shown(&mut select, query, Expr::col(of(Column::IndicatorId)), Expr::col(of(Column::StartsOn)));
    let rows = reader.rows(&statement, |row| {
        let measured = Latest {
            id: row.get(1)?,
            period: row.get(2)?,
            starts_on: row.get(3)?,
            value: row.get(4)?,
            origin: enum_of(&row.get::<String>(5)?)?,
            method_id: row.get(6)?,
            measured_on: row.get(7)?,
            is_closed: row.get(8)?,
        };
        Ok((row.get::<Uuid>(0)?, measured))
    });
    let mut found: HashMap<Uuid, Vec<Latest>> = HashMap::new();
    for (indicator, measured) in rows.await? {
        found.entry(indicator).or_default().push(measured);
    }
    // Sorting a dozen here is cheaper than sorting all there.
    for rows in found.values_mut() {
        rows.sort_unstable_by_key(|row| row.starts_on);
    }
    Ok(found)
}

/// The targets of the periods that are shown.
async fn targets(reader: Reader<'_>, query: &DashboardQuery) -> Result<HashMap<(Uuid, NaiveDate), i64>> {
    use target::Column;
    let of = |column| (target::Entity, column);
    let mut select = Query::select();
    select.columns([Column::IndicatorId, Column::StartsOn, Column::Value].map(of)).from(target::Entity);
    let statement = shown(&mut select, query, Expr::col(of(Column::IndicatorId)), Expr::col(of(Column::StartsOn)));
    let rows = reader.rows(&statement, |row| Ok(((row.get(0)?, row.get(1)?), row.get::<i64>(2)?)));
    Ok(rows.await?.into_iter().collect())
}

/// The bands of these methods.
async fn bands(reader: Reader<'_>, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Bands>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = method::Entity::find().filter(method::Column::Id.is_in(ids));
    Ok(reader.all(rows).await?.into_iter().map(|row| (row.id, row.bands)).collect())
}
