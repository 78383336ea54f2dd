//! What a value means: against its target, among its bands, and beside the period before.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::entity::{self as measurement, Model};
use crate::evaluation::indicator_methods::entity as method;
use crate::evaluation::indicators::entity::{self as indicator, IndicatorDirection};
use crate::evaluation::targets::entity as target;
use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::kernel::period::Period;

pub use crate::programmes::progress::dto::TargetStatus;

/// A value beside the one of the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorTrend {
    /// Membaik: it moved the good way.
    Improving,
    /// Tetap.
    Steady,
    /// Memburuk: it moved the bad way.
    Worsening,
}

/// How far a value is on the good side of another, in ten-thousandths.
fn ahead(direction: IndicatorDirection, value: i64, of: i64) -> i64 {
    match direction {
        IndicatorDirection::HigherIsBetter => value - of,
        IndicatorDirection::LowerIsBetter => of - value,
    }
}

/// A value against its target.
pub fn status(indicator: &indicator::Model, value: i64, target: i64) -> TargetStatus {
    match ahead(indicator.direction, value, target) {
        0.. => TargetStatus::Met,
        short if -short <= indicator.tolerance => TargetStatus::Near,
        _ => TargetStatus::Missed,
    }
}

/// A value beside the one before.
pub fn trend(direction: IndicatorDirection, value: i64, before: i64) -> IndicatorTrend {
    match ahead(direction, value, before) {
        0 => IndicatorTrend::Steady,
        1.. => IndicatorTrend::Improving,
        _ => IndicatorTrend::Worsening,
    }
}

/// What is needed to judge some measurements, read at once.
#[derive(Debug, Default)]
pub struct Judges {
    indicators: HashMap<Uuid, indicator::Model>,
    methods: HashMap<Uuid, method::Model>,
    targets: HashMap<(Uuid, NaiveDate), i64>,
    values: HashMap<(Uuid, NaiveDate), i64>,
}

/// The first day of the period before one of this name.
fn before(row: &Model) -> Option<NaiveDate> {
    Period::parse(&row.period).map(|period| period.previous().starts_on())
}

impl Judges {
    /// For these measurements.
    pub async fn of(reader: Reader<'_>, rows: &[Model]) -> Result<Self> {
        if rows.is_empty() {
            return Ok(Self::default());
        }
        let ids: HashSet<Uuid> = rows.iter().map(|row| row.indicator_id).collect();
        let starts: HashSet<NaiveDate> = rows.iter().map(|row| row.starts_on).collect();
        let earlier: HashSet<NaiveDate> = rows.iter().filter_map(before).collect();
        let methods: HashSet<Uuid> = rows.iter().map(|row| row.method_id).collect();
        let indicators = indicator::Entity::find().filter(indicator::Column::Id.is_in(ids.iter().copied()));
        let methods = method::Entity::find().filter(method::Column::Id.is_in(methods));
        let targets = target::Entity::find()
            .filter(target::Column::IndicatorId.is_in(ids.iter().copied()))
            .filter(target::Column::StartsOn.is_in(starts));
        let values = measurement::Entity::find()
            .filter(measurement::Column::IndicatorId.is_in(ids))
            .filter(measurement::Column::IsCurrent.eq(true))
            .filter(measurement::Column::StartsOn.is_in(earlier));
        Ok(Self {
            indicators: reader.all(indicators).await?.into_iter().map(|row| (row.id, row)).collect(),
            methods: reader.all(methods).await?.into_iter().map(|row| (row.id, row)).collect(),
            targets: (reader.all(targets).await?.into_iter())
                .map(|row| ((row.indicator_id, row.starts_on), row.value))
                .collect(),
            values: (reader.all(values).await?.into_iter())
                .map(|row| ((row.indicator_id, row.starts_on), row.value))
                .collect(),
        })
    }

    /// The indicator of a measurement.
    pub fn indicator(&self, row: &Model) -> Option<&indicator::Model> {
        self.indicators.get(&row.indicator_id)
    }

    /// The method by which it was measured.
    pub fn method(&self, row: &Model) -> Option<&method::Model> {
        self.methods.get(&row.method_id)
    }

    /// The target of its period.
    pub fn target(&self, row: &Model) -> Option<i64> {
        self.targets.get(&(row.indicator_id, row.starts_on)).copied()
    }

    /// The value of the period before.
    pub fn value_before(&self, row: &Model) -> Option<i64> {
        self.values.get(&(row.indicator_id, before(row)?)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::language::Localized;
    use crate::kernel::period::PeriodKind;

    fn indicator(direction: IndicatorDirection, tolerance: i64) -> indicator::Model {
        let entered = chrono::DateTime::UNIX_EPOCH;
        indicator::Model {
            id: Uuid::nil(),
            code: "IKM".to_owned(),
            name: Localized::new("IKM", "Satisfaction"),
            definition: Localized::new("IKM", "Satisfaction"),
            unit: Localized::new("nilai", "points"),
            decimals: 2,
            direction,
            period_kind: PeriodKind::Year,
            tolerance,
            source: None,
            programme_id: None,
            shown_from: None,
            search_text: String::new(),
            version: 1,
            created_at: entered,
            updated_at: entered,
            archived_at: None,
        }
    }

    #[test]
    fn a_target_is_met_nearly_met_or_missed_in_the_direction_of_the_indicator() {
        let higher = indicator(IndicatorDirection::HigherIsBetter, 20_000);
        let of = |value| status(&higher, value, 840_000);
        assert_eq!(
            [840_000, 839_999, 820_000, 819_999].map(of),
            [TargetStatus::Met, TargetStatus::Near, TargetStatus::Near, TargetStatus::Missed]
        );
        let lower = indicator(IndicatorDirection::LowerIsBetter, 0);
        assert_eq!(status(&lower, 240_000, 240_000), TargetStatus::Met);
        assert_eq!(status(&lower, 240_001, 240_000), TargetStatus::Missed);
    }

    #[test]
    fn a_change_is_good_or_bad_by_the_direction() {
        use IndicatorDirection::{HigherIsBetter, LowerIsBetter};
        assert_eq!(trend(HigherIsBetter, 2, 1), IndicatorTrend::Improving);
        assert_eq!(trend(LowerIsBetter, 2, 1), IndicatorTrend::Worsening);
        assert_eq!(trend(LowerIsBetter, 1, 1), IndicatorTrend::Steady);
    }
}
