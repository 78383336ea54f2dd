use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Competency, CompetencyChanges, CompetencyFilter, CompetencyPage, CompetencySearch, NewCompetency};
use super::service;
use crate::competencies::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_competencies)
        .service(search_competencies)
        .service(create_competency)
        .service(read_competency)
        .service(update_competency)
        .service(delete_competency);
}

/// List competencies of all frameworks
///
/// Of every version that the caller may know of, by code unless turned round (`code`). Those of one framework in their reading
/// order: `/frameworks/{framework_id}/competencies`.
#[utoipa::path(params(Listing<CompetencySearch>), responses((status = OK, description = "A page of competencies", body = CompetencyPage)))]
#[get("/competencies", wrap = "policy::SEARCH_COMPETENCIES")]
pub async fn search_competencies(
    access: Access,
    db: Data<Db>,
    list: Listing<CompetencySearch>,
) -> Result<CompetencyPage> {
    service::search(&db, &access, &list).await
}

/// List competencies
///
/// Of one framework, in its reading order unless sorted otherwise (`sequence`, `code`).
#[utoipa::path(params(Listing<CompetencyFilter>), responses((status = OK, description = "A page of competencies", body = CompetencyPage)))]
#[get("/frameworks/{framework_id}/competencies", wrap = "policy::LIST_COMPETENCIES")]
pub async fn list_competencies(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    list: Listing<CompetencyFilter>,
) -> Result<CompetencyPage> {
    service::list(&db, &access, *framework_id, &list).await
}

/// Enter a competency
///
/// In a draft. The tree is area, unit, element; a unit has five level descriptors or none.
#[utoipa::path(responses((status = CREATED, description = "The new competency", body = Competency)))]
#[post("/frameworks/{framework_id}/competencies", wrap = "policy::CREATE_COMPETENCY")]
pub async fn create_competency(
    access: Access,
    db: Data<Db>,
    framework_id: Path<Uuid>,
    Json(new): Json<NewCompetency>,
) -> Result<Created<Competency>> {
    service::create(&db, &access, *framework_id, new).await.map(Created)
}

/// Read a competency
///
/// Those of drafts are shown to admins alone.
#[utoipa::path(responses((status = OK, description = "The competency", body = Competency)))]
#[get("/competencies/{competency_id}", wrap = "policy::READ_COMPETENCY")]
pub async fn read_competency(access: Access, db: Data<Db>, competency_id: Path<Uuid>) -> Result<Tagged<Competency>> {
    service::read(&db, &access, *competency_id).await.map(Tagged)
}

/// Change a competency
///
/// While its framework is a draft. Other texts make it the replacement of what it was an exact match of.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The competency", body = Competency)))]
#[patch("/competencies/{competency_id}", wrap = "policy::UPDATE_COMPETENCY")]
pub async fn update_competency(
    access: Access,
    db: Data<Db>,
    competency_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<CompetencyChanges>,
) -> Result<Tagged<Competency>> {
    service::update(&db, &access, *competency_id, expected, changes).await.map(Tagged)
}

/// Delete a competency
///
/// From a draft, and for good; others that are part of it go first.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The competency is gone")))]
#[delete("/competencies/{competency_id}", wrap = "policy::DELETE_COMPETENCY")]
pub async fn delete_competency(
    access: Access,
    db: Data<Db>,
    competency_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *competency_id, expected).await.map(|()| NoContent)
}
