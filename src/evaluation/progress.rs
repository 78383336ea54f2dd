//! What indicators contribute to the progress of their programme.

use futures_util::FutureExt;
use uuid::Uuid;

use super::indicator_dashboard::dto::{DashboardIndicator, DashboardQuery};
use super::indicator_dashboard::service;
use crate::kernel::db::Db;
use crate::programmes::progress::dto::ProgrammeIndicator;
use crate::programmes::progress::service::{IndicatorSource, ReadingIndicators};

/// What this chapter gives to the progress of programmes.
pub static INDICATORS_OF_A_PROGRAMME: IndicatorSource = IndicatorSource { read };

fn read(db: &Db, programme_id: Uuid) -> ReadingIndicators<'_> {
    async move {
        let query = DashboardQuery { programme_id: Some(programme_id) };
        let dashboard = service::read(db, &query).await?;
        Ok(dashboard.indicators.into_iter().map(ProgrammeIndicator::from).collect())
    }
    .boxed_local()
}

impl From<DashboardIndicator> for ProgrammeIndicator {
    fn from(row: DashboardIndicator) -> Self {
        let latest = row.latest;
        Self {
            indicator_id: row.indicator_id,
            code: row.code,
            name: row.name,
            unit: row.unit,
            period: latest.as_ref().map(|latest| latest.period.clone()),
            value: latest.as_ref().map(|latest| latest.value),
            target: latest.as_ref().and_then(|latest| latest.target),
            status: latest.and_then(|latest| latest.status),
        }
    }
}
