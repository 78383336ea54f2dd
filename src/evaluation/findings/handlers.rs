use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Finding, FindingChanges, FindingPage, NewFinding};
use super::service;
use crate::evaluation::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_findings)
        .service(create_finding)
        .service(read_finding)
        .service(update_finding)
        .service(delete_finding);
}

/// List findings
///
/// What a review found, in its order (`position`), each with how many improvement actions it led to.
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of findings", body = FindingPage)))]
#[get("/reviews/{review_id}/findings", wrap = "policy::LIST_FINDINGS")]
pub async fn list_findings(
    _access: Access,
    db: Data<Db>,
    review_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<FindingPage> {
    service::list(&db, *review_id, &list).await
}

/// Read a finding
///
/// With what shows it, and why nothing is done about it where that is so.
#[utoipa::path(responses((status = OK, description = "The finding", body = Finding)))]
#[get("/findings/{finding_id}", wrap = "policy::READ_FINDING")]
pub async fn read_finding(_access: Access, db: Data<Db>, finding_id: Path<Uuid>) -> Result<Tagged<Finding>> {
    service::read(&db, *finding_id).await.map(Tagged)
}

/// Enter a finding
///
/// At the end of the review, until it is closed.
#[utoipa::path(responses((status = CREATED, description = "The new finding", body = Finding)))]
#[post("/reviews/{review_id}/findings", wrap = "policy::CREATE_FINDING")]
pub async fn create_finding(
    access: Access,
    db: Data<Db>,
    review_id: Path<Uuid>,
    Json(new): Json<NewFinding>,
) -> Result<Created<Finding>> {
    service::create(&db, &access, *review_id, new).await.map(Created)
}

/// Change a finding
///
/// Until the review is closed. What shows it stays.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The finding", body = Finding)))]
#[patch("/findings/{finding_id}", wrap = "policy::UPDATE_FINDING")]
pub async fn update_finding(
    access: Access,
    db: Data<Db>,
    finding_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<FindingChanges>,
) -> Result<Tagged<Finding>> {
    service::update(&db, &access, *finding_id, expected, changes).await.map(Tagged)
}

/// Remove a finding
///
/// For good, where it led to nothing and its review is not closed.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The finding is gone")))]
#[delete("/findings/{finding_id}", wrap = "policy::DELETE_FINDING")]
pub async fn delete_finding(
    access: Access,
    db: Data<Db>,
    finding_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *finding_id, expected).await.map(|()| NoContent)
}
