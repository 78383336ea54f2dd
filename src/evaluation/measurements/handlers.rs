use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{Measurement, MeasurementFilter, MeasurementPage, NewMeasurement};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, Json, MaybeIfMatch, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(list_measurements).service(create_measurement).service(read_measurement).service(close_measurement);
}

/// List measurements
///
/// What indicators came to, the latest period first, each against its target, among its bands and beside the period before.
/// Earlier revisions with `include_superseded=true`.
#[utoipa::path(params(Listing<MeasurementFilter>), responses((status = OK, description = "A page of measurements", body = MeasurementPage)))]
#[get("/measurements", wrap = "policy::LIST_MEASUREMENTS")]
pub async fn list_measurements(
    access: Access,
    db: Data<Db>,
    list: Listing<MeasurementFilter>,
) -> Result<MeasurementPage> {
    service::list(&db, &access, &list).await
}

/// Read a measurement
///
/// With what it was made of, or what shows that it is right.
#[utoipa::path(responses((status = OK, description = "The measurement", body = Measurement)))]
#[get("/measurements/{measurement_id}", wrap = "policy::READ_MEASUREMENT")]
pub async fn read_measurement(access: Access, db: Data<Db>, measurement_id: Path<Uuid>) -> Result<Tagged<Measurement>> {
    service::read(&db, &access, *measurement_id).await.map(Tagged)
}

/// Measure a period
///
/// With a value and its evidence, or without: then the service reckons it by the method of the period's last day, from what it knows
/// now, and keeps what it was made of. Of a period that was measured already this is a correction: it needs a reason and becomes
/// a new revision. A period that is not over yet says how things stand today.
#[utoipa::path(responses((status = CREATED, description = "The new measurement", body = Measurement)))]
#[post("/measurements", wrap = "policy::CREATE_MEASUREMENT")]
pub async fn create_measurement(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewMeasurement>,
) -> Result<Created<Measurement>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Close a period
///
/// Once it is over, with its current measurement. From then on neither the value nor the target moves; there is no way back.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The measurement", body = Measurement)))]
#[post("/measurements/{measurement_id}/closure", wrap = "policy::CLOSE_MEASUREMENT")]
pub async fn close_measurement(
    access: Access,
    db: Data<Db>,
    measurement_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
) -> Result<Tagged<Measurement>> {
    service::close(&db, &access, *measurement_id, expected).await.map(Tagged)
}
