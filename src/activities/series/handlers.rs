use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{ActivitySeries, ActivitySeriesPage, NewActivitySeries};
use super::service;
use crate::activities::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, Json, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_activity_series)
        .service(create_activity_series)
        .service(read_activity_series)
        .service(publish_activity_series);
}

/// List series
///
/// Regular activities, the latest first. Their dates: `GET /activities?series_id=`.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of series", body = ActivitySeriesPage)))]
#[get("/activity-series", wrap = "policy::LIST_ACTIVITY_SERIES")]
pub async fn list_activity_series(db: Data<Db>, list: Listing<NoFilter>) -> Result<ActivitySeriesPage> {
    service::list(&db, &list).await
}

/// Read a series
///
/// The rule and how many dates it gave.
#[utoipa::path(responses((status = OK, description = "The series", body = ActivitySeries)))]
#[get("/activity-series/{activity_series_id}", wrap = "policy::READ_ACTIVITY_SERIES")]
pub async fn read_activity_series(db: Data<Db>, activity_series_id: Path<Uuid>) -> Result<Tagged<ActivitySeries>> {
    service::read(&db, *activity_series_id).await.map(Tagged)
}

/// Enter a series
///
/// Writes a regular activity out: each date of the rule becomes a draft with one session, which can then be changed alone. With
/// `skip_holidays` dates on holidays are left out. Refused where the venue is taken on one of the dates.
#[utoipa::path(responses((status = CREATED, description = "The new series", body = ActivitySeries)))]
#[post("/activity-series", wrap = "policy::CREATE_ACTIVITY_SERIES")]
pub async fn create_activity_series(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewActivitySeries>,
) -> Result<Created<ActivitySeries>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Announce a series
///
/// Announces every date that is still a draft.
#[utoipa::path(responses((status = OK, description = "The series", body = ActivitySeries)))]
#[post("/activity-series/{activity_series_id}/publication", wrap = "policy::PUBLISH_ACTIVITY_SERIES")]
pub async fn publish_activity_series(
    access: Access,
    db: Data<Db>,
    activity_series_id: Path<Uuid>,
) -> Result<Tagged<ActivitySeries>> {
    service::publish(&db, &access, *activity_series_id).await.map(Tagged)
}
