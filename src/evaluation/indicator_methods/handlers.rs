use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{IndicatorMethod, IndicatorMethodFilter, IndicatorMethodPage, NewIndicatorMethod};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_indicator_methods)
        .service(create_indicator_method)
        .service(read_indicator_method)
        .service(update_indicator_method)
        .service(delete_indicator_method);
}

/// List methods of indicators
///
/// Formulas and bands, each from one day until another; the newest first.
#[utoipa::path(params(Listing<IndicatorMethodFilter>), responses((status = OK, description = "A page of methods", body = IndicatorMethodPage)))]
#[get("/indicator-methods", wrap = "policy::LIST_INDICATOR_METHODS")]
pub async fn list_indicator_methods(
    _access: Access,
    db: Data<Db>,
    list: Listing<IndicatorMethodFilter>,
) -> Result<IndicatorMethodPage> {
    service::list(&db, &list).await
}

/// Read a method
///
/// With its legal basis, and whether somebody compared it with the official text.
#[utoipa::path(responses((status = OK, description = "The method", body = IndicatorMethod)))]
#[get("/indicator-methods/{indicator_method_id}", wrap = "policy::READ_INDICATOR_METHOD")]
pub async fn read_indicator_method(
    _access: Access,
    db: Data<Db>,
    indicator_method_id: Path<Uuid>,
) -> Result<Tagged<IndicatorMethod>> {
    service::read(&db, *indicator_method_id).await.map(Tagged)
}

/// Enter a method
///
/// It begins on a later day and ends the method before it. Periods that end before it keep theirs.
#[utoipa::path(responses((status = CREATED, description = "The new method", body = IndicatorMethod)))]
#[post("/indicators/{indicator_id}/methods", wrap = "policy::CREATE_INDICATOR_METHOD")]
pub async fn create_indicator_method(
    access: Access,
    db: Data<Db>,
    indicator_id: Path<Uuid>,
    Json(new): Json<NewIndicatorMethod>,
) -> Result<Created<IndicatorMethod>> {
    service::create(&db, &access, *indicator_id, new).await.map(Created)
}

/// Change a method
///
/// Where it comes from and whether it was checked. What it says never changes: enter a new one.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The method", body = IndicatorMethod)))]
#[patch("/indicator-methods/{indicator_method_id}", wrap = "policy::UPDATE_INDICATOR_METHOD")]
pub async fn update_indicator_method(
    access: Access,
    db: Data<Db>,
    indicator_method_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<Provenance>,
) -> Result<Tagged<IndicatorMethod>> {
    service::update(&db, &access, *indicator_method_id, expected, changes).await.map(Tagged)
}

/// Delete a method
///
/// Before its first day only; the method before it goes on.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The method is gone")))]
#[delete("/indicator-methods/{indicator_method_id}", wrap = "policy::DELETE_INDICATOR_METHOD")]
pub async fn delete_indicator_method(
    access: Access,
    db: Data<Db>,
    indicator_method_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *indicator_method_id, expected).await.map(|()| NoContent)
}
