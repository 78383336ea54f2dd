use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{CreditPointRate, CreditPointRateFilter, CreditPointRatePage, NewCreditPointRate};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_credit_point_rates)
        .service(create_credit_point_rate)
        .service(read_credit_point_rate)
        .service(update_credit_point_rate)
        .service(delete_credit_point_rate);
}

/// List credit point rates
///
/// What a year in a position gives (angka kredit), and what the next grade and level ask; what holds on a day with `on`.
#[utoipa::path(params(Listing<CreditPointRateFilter>), responses((status = OK, description = "A page of rates", body = CreditPointRatePage)))]
#[get("/credit-point-rates", wrap = "policy::LIST_CREDIT_POINT_RATES")]
pub async fn list_credit_point_rates(
    _access: Access,
    db: Data<Db>,
    list: Listing<CreditPointRateFilter>,
) -> Result<CreditPointRatePage> {
    service::list(&db, &list).await
}

/// Read a credit point rate
///
/// With its legal basis, and whether somebody compared it with the official text.
#[utoipa::path(responses((status = OK, description = "The rate", body = CreditPointRate)))]
#[get("/credit-point-rates/{credit_point_rate_id}", wrap = "policy::READ_CREDIT_POINT_RATE")]
pub async fn read_credit_point_rate(
    _access: Access,
    db: Data<Db>,
    credit_point_rate_id: Path<Uuid>,
) -> Result<Tagged<CreditPointRate>> {
    service::read(&db, *credit_point_rate_id).await.map(Tagged)
}

/// Enter a credit point rate
///
/// It begins on a later day and ends the rate before it. Points of earlier appraisals stay as they are.
#[utoipa::path(responses((status = CREATED, description = "The new rate", body = CreditPointRate)))]
#[post("/credit-point-rates", wrap = "policy::CREATE_CREDIT_POINT_RATE")]
pub async fn create_credit_point_rate(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewCreditPointRate>,
) -> Result<Created<CreditPointRate>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a credit point rate
///
/// Where it comes from and whether it was checked. What it says never changes: enter a new one.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The rate", body = CreditPointRate)))]
#[patch("/credit-point-rates/{credit_point_rate_id}", wrap = "policy::UPDATE_CREDIT_POINT_RATE")]
pub async fn update_credit_point_rate(
    access: Access,
    db: Data<Db>,
    credit_point_rate_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<Provenance>,
) -> Result<Tagged<CreditPointRate>> {
    service::update(&db, &access, *credit_point_rate_id, expected, changes).await.map(Tagged)
}

/// Delete a credit point rate
///
/// Before its first day only; the rate before it goes on.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The rate is gone")))]
#[delete("/credit-point-rates/{credit_point_rate_id}", wrap = "policy::DELETE_CREDIT_POINT_RATE")]
pub async fn delete_credit_point_rate(
    access: Access,
    db: Data<Db>,
    credit_point_rate_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *credit_point_rate_id, expected).await.map(|()| NoContent)
}
