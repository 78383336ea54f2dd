//! What indicators say of something: the value before it and the value since.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::evaluation::indicators::entity::{self as indicator, IndicatorDirection};
use crate::evaluation::measurements::entity as measurement;
use crate::kernel::db::Reader;
use crate::kernel::error::Result;

/// An indicator and its last measurement.
pub struct LastValue {
    /// Which way is good.
    pub direction: IndicatorDirection,
    /// The unit of its values, in Indonesian.
    pub unit: String,
    /// The last day of the period that was measured last, and its value in ten-thousandths.
    pub last: Option<(NaiveDate, i64)>,
}

/// An indicator with its last measurement; `None` where there is no such indicator.
pub async fn last_of(reader: Reader<'_>, id: Uuid) -> Result<Option<LastValue>> {
    let known = indicator::Entity::find().filter(indicator::Column::Id.eq(id));
    let Some(known) = reader.one(known).await? else { return Ok(None) };
    let last = current(&[id]).order_by_desc(measurement::Column::StartsOn);
    let last = reader.one(last).await?.map(|row| (row.ends_on, row.value));
    Ok(Some(LastValue { direction: known.direction, unit: known.unit.id, last }))
}

fn current(ids: &[Uuid]) -> sea_orm::Select<measurement::Entity> {
    measurement::Entity::find()
        .filter(measurement::Column::IndicatorId.is_in(ids.iter().copied()))
        .filter(measurement::Column::IsCurrent.eq(true))
}

/// An indicator before and since something.
pub struct Around {
    /// The indicator.
    pub indicator: indicator::Model,
    /// The last measurement of a period that was over when it began.
    pub before: Option<measurement::Model>,
    /// The last measurement of a period that began after it ended.
    pub after: Option<measurement::Model>,
}

/// These indicators around something that lasted from one day to another.
pub async fn around(
    reader: Reader<'_>,
    ids: &[Uuid],
    from: NaiveDate,
    until: NaiveDate,
) -> Result<HashMap<Uuid, Around>> {
    let known = indicator::Entity::find().filter(indicator::Column::Id.is_in(ids.iter().copied()));
    let mut around: HashMap<Uuid, Around> = HashMap::new();
    for row in reader.all(known).await? {
        around.insert(row.id, Around { indicator: row, before: None, after: None });
    }
    // In the order of their periods: of those before and of those after the last one stays.
    for row in reader.all(current(ids).order_by_asc(measurement::Column::StartsOn)).await? {
        let Some(place) = around.get_mut(&row.indicator_id) else { continue };
        if row.ends_on < from {
            place.before = Some(row);
        } else if row.starts_on > until {
            place.after = Some(row);
        }
    }
    Ok(around)
}
