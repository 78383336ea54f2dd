use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewProfessionalismFormula, ProfessionalismFormula, ProfessionalismFormulaPage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::routes::ServiceConfig;
use crate::settings::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_professionalism_formulas)
        .service(create_professionalism_formula)
        .service(read_professionalism_formula)
        .service(update_professionalism_formula)
        .service(delete_professionalism_formula);
}

/// List index formulas
///
/// The points of the professionalism index (IP ASN), the newest first.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of formulas", body = ProfessionalismFormulaPage)))]
#[get("/professionalism-formulas", wrap = "policy::LIST_PROFESSIONALISM_FORMULAS")]
pub async fn list_professionalism_formulas(
    _access: Access,
    db: Data<Db>,
    list: Listing<NoFilter>,
) -> Result<ProfessionalismFormulaPage> {
    service::list(&db, &list).await
}

/// Read an index formula
///
/// With its legal basis, and whether somebody compared it with the official text.
#[utoipa::path(responses((status = OK, description = "The formula", body = ProfessionalismFormula)))]
#[get("/professionalism-formulas/{professionalism_formula_id}", wrap = "policy::READ_PROFESSIONALISM_FORMULA")]
pub async fn read_professionalism_formula(
    _access: Access,
    db: Data<Db>,
    professionalism_formula_id: Path<Uuid>,
) -> Result<Tagged<ProfessionalismFormula>> {
    service::read(&db, *professionalism_formula_id).await.map(Tagged)
}

/// Enter an index formula
///
/// It begins on a later day and ends the formula before it. An index of an earlier year stays as it is.
#[utoipa::path(responses((status = CREATED, description = "The new formula", body = ProfessionalismFormula)))]
#[post("/professionalism-formulas", wrap = "policy::CREATE_PROFESSIONALISM_FORMULA")]
pub async fn create_professionalism_formula(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewProfessionalismFormula>,
) -> Result<Created<ProfessionalismFormula>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change an index formula
///
/// Where it comes from and whether it was checked. What it says never changes: enter a new one.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The formula", body = ProfessionalismFormula)))]
#[patch("/professionalism-formulas/{professionalism_formula_id}", wrap = "policy::UPDATE_PROFESSIONALISM_FORMULA")]
pub async fn update_professionalism_formula(
    access: Access,
    db: Data<Db>,
    professionalism_formula_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<Provenance>,
) -> Result<Tagged<ProfessionalismFormula>> {
    service::update(&db, &access, *professionalism_formula_id, expected, changes).await.map(Tagged)
}

/// Delete an index formula
///
/// Before its first day only; the formula before it goes on.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The formula is gone")))]
#[delete("/professionalism-formulas/{professionalism_formula_id}", wrap = "policy::DELETE_PROFESSIONALISM_FORMULA")]
pub async fn delete_professionalism_formula(
    access: Access,
    db: Data<Db>,
    professionalism_formula_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *professionalism_formula_id, expected).await.map(|()| NoContent)
}
