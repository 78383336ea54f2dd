use actix_web::get;
use actix_web::web::Data;

use super::dto::{DashboardQuery, IndicatorDashboard};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::Computed;
use crate::kernel::page::Query;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(read_indicator_dashboard);
}

/// Read the indicator dashboard
///
/// Every indicator in use with its latest measurement, target, status, band and change, and the points of a sparkline; in one call.
#[utoipa::path(params(DashboardQuery), responses((status = OK, description = "The dashboard", body = IndicatorDashboard)))]
#[get("/indicator-dashboard", wrap = "policy::READ_INDICATOR_DASHBOARD")]
pub async fn read_indicator_dashboard(
    _access: Access,
    db: Data<Db>,
    Query(query): Query<DashboardQuery>,
) -> Result<Computed<IndicatorDashboard>> {
    service::read(&db, &query).await.map(Computed)
}
