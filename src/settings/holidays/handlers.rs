use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Holiday, HolidayChanges, HolidayFilter, HolidayPage, NewHoliday};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::settings::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_holidays)
        .service(create_holiday)
        .service(read_holiday)
        .service(update_holiday)
        .service(delete_holiday);
}

/// List holidays
///
/// The days on which the library does not work, by date.
#[utoipa::path(params(Listing<HolidayFilter>), responses((status = OK, description = "A page of holidays", body = HolidayPage)))]
#[get("/holidays", wrap = "policy::LIST_HOLIDAYS")]
pub async fn list_holidays(_access: Access, db: Data<Db>, list: Listing<HolidayFilter>) -> Result<HolidayPage> {
    service::list(&db, &list).await
}

/// Read a holiday
///
/// With who gives it and by which regulation.
#[utoipa::path(responses((status = OK, description = "The holiday", body = Holiday)))]
#[get("/holidays/{holiday_id}", wrap = "policy::READ_HOLIDAY")]
pub async fn read_holiday(_access: Access, db: Data<Db>, holiday_id: Path<Uuid>) -> Result<Tagged<Holiday>> {
    service::read(&db, *holiday_id).await.map(Tagged)
}

/// Enter a holiday
///
/// A day has one holiday at most.
#[utoipa::path(responses((status = CREATED, description = "The new holiday", body = Holiday)))]
#[post("/holidays", wrap = "policy::CREATE_HOLIDAY")]
pub async fn create_holiday(access: Access, db: Data<Db>, Json(new): Json<NewHoliday>) -> Result<Created<Holiday>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a holiday
///
/// Fields that are absent stay as they are; null clears the regulation.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The holiday", body = Holiday)))]
#[patch("/holidays/{holiday_id}", wrap = "policy::UPDATE_HOLIDAY")]
pub async fn update_holiday(
    access: Access,
    db: Data<Db>,
    holiday_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<HolidayChanges>,
) -> Result<Tagged<Holiday>> {
    service::update(&db, &access, *holiday_id, expected, changes).await.map(Tagged)
}

/// Delete a holiday
///
/// The day is a day like others again.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The holiday is gone")))]
#[delete("/holidays/{holiday_id}", wrap = "policy::DELETE_HOLIDAY")]
pub async fn delete_holiday(
    access: Access,
    db: Data<Db>,
    holiday_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *holiday_id, expected).await.map(|()| NoContent)
}
