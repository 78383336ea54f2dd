use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{CreditRequirement, CreditRequirementFilter, CreditRequirementPage, NewCreditRequirement};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::routes::ServiceConfig;
use crate::settings::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_credit_requirements)
        .service(create_credit_requirement)
        .service(read_credit_requirement)
        .service(update_credit_requirement)
        .service(delete_credit_requirement);
}

/// List credit requirements
///
/// The credit hours (JP) that a year asks of PNS, and those beyond which PPPK are warned; what holds on a day with `on`.
#[utoipa::path(params(Listing<CreditRequirementFilter>), responses((status = OK, description = "A page of requirements", body = CreditRequirementPage)))]
#[get("/credit-requirements", wrap = "policy::LIST_CREDIT_REQUIREMENTS")]
pub async fn list_credit_requirements(
    _access: Access,
    db: Data<Db>,
    list: Listing<CreditRequirementFilter>,
) -> Result<CreditRequirementPage> {
    service::list(&db, &list).await
}

/// Read a credit requirement
///
/// With its legal basis, and whether somebody compared it with the official text.
#[utoipa::path(responses((status = OK, description = "The requirement", body = CreditRequirement)))]
#[get("/credit-requirements/{credit_requirement_id}", wrap = "policy::READ_CREDIT_REQUIREMENT")]
pub async fn read_credit_requirement(
    _access: Access,
    db: Data<Db>,
    credit_requirement_id: Path<Uuid>,
) -> Result<Tagged<CreditRequirement>> {
    service::read(&db, *credit_requirement_id).await.map(Tagged)
}

/// Enter a credit requirement
///
/// It begins on a later day and ends the requirement before it. Statements of earlier days stay as they are.
#[utoipa::path(responses((status = CREATED, description = "The new requirement", body = CreditRequirement)))]
#[post("/credit-requirements", wrap = "policy::CREATE_CREDIT_REQUIREMENT")]
pub async fn create_credit_requirement(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewCreditRequirement>,
) -> Result<Created<CreditRequirement>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change a credit requirement
///
/// Where it comes from and whether it was checked. What it says never changes: enter a new one.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The requirement", body = CreditRequirement)))]
#[patch("/credit-requirements/{credit_requirement_id}", wrap = "policy::UPDATE_CREDIT_REQUIREMENT")]
pub async fn update_credit_requirement(
    access: Access,
    db: Data<Db>,
    credit_requirement_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<Provenance>,
) -> Result<Tagged<CreditRequirement>> {
    service::update(&db, &access, *credit_requirement_id, expected, changes).await.map(Tagged)
}

/// Delete a credit requirement
///
/// Before its first day only; the requirement before it goes on.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The requirement is gone")))]
#[delete("/credit-requirements/{credit_requirement_id}", wrap = "policy::DELETE_CREDIT_REQUIREMENT")]
pub async fn delete_credit_requirement(
    access: Access,
    db: Data<Db>,
    credit_requirement_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *credit_requirement_id, expected).await.map(|()| NoContent)
}
