use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{NewSkmFormula, SkmFormula, SkmFormulaPage};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::provenance::Provenance;
use crate::kernel::routes::ServiceConfig;
use crate::surveys::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_skm_formulas)
        .service(create_skm_formula)
        .service(read_skm_formula)
        .service(update_skm_formula)
        .service(delete_skm_formula);
}

/// List SKM formulas
///
/// How the citizen satisfaction index (IKM) is made of nine elements: weights and grades, the newest first.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of formulas", body = SkmFormulaPage)))]
#[get("/skm-formulas", wrap = "policy::LIST_SKM_FORMULAS")]
pub async fn list_skm_formulas(_access: Access, db: Data<Db>, list: Listing<NoFilter>) -> Result<SkmFormulaPage> {
    service::list(&db, &list).await
}

/// Read an SKM formula
///
/// With its legal basis, and whether somebody compared it with the official text.
#[utoipa::path(responses((status = OK, description = "The formula", body = SkmFormula)))]
#[get("/skm-formulas/{skm_formula_id}", wrap = "policy::READ_SKM_FORMULA")]
pub async fn read_skm_formula(_access: Access, db: Data<Db>, skm_formula_id: Path<Uuid>) -> Result<Tagged<SkmFormula>> {
    service::read(&db, *skm_formula_id).await.map(Tagged)
}

/// Enter an SKM formula
///
/// It begins on a later day and ends the formula before it. Campaigns that are closed keep the formula of their day.
#[utoipa::path(responses((status = CREATED, description = "The new formula", body = SkmFormula)))]
#[post("/skm-formulas", wrap = "policy::CREATE_SKM_FORMULA")]
pub async fn create_skm_formula(
    access: Access,
    db: Data<Db>,
    Json(new): Json<NewSkmFormula>,
) -> Result<Created<SkmFormula>> {
    service::create(&db, &access, new).await.map(Created)
}

/// Change an SKM formula
///
/// Where it comes from and whether it was checked. What it says never changes: enter a new one.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The formula", body = SkmFormula)))]
#[patch("/skm-formulas/{skm_formula_id}", wrap = "policy::UPDATE_SKM_FORMULA")]
pub async fn update_skm_formula(
    access: Access,
    db: Data<Db>,
    skm_formula_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<Provenance>,
) -> Result<Tagged<SkmFormula>> {
    service::update(&db, &access, *skm_formula_id, expected, changes).await.map(Tagged)
}

/// Delete an SKM formula
///
/// Before its first day only; the formula before it goes on.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The formula is gone")))]
#[delete("/skm-formulas/{skm_formula_id}", wrap = "policy::DELETE_SKM_FORMULA")]
pub async fn delete_skm_formula(
    access: Access,
    db: Data<Db>,
    skm_formula_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *skm_formula_id, expected).await.map(|()| NoContent)
}
