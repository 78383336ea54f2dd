use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Appraisal, AppraisalChanges, AppraisalPage, NewAppraisal};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::{Listing, NoFilter};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_appraisals)
        .service(create_appraisal)
        .service(read_appraisal)
        .service(update_appraisal)
        .service(delete_appraisal);
}

/// List the appraisals of a person
///
/// The yearly predicates (predikat kinerja), the latest first (`year`).
#[utoipa::path(params(Listing<NoFilter>), responses((status = OK, description = "A page of appraisals", body = AppraisalPage)))]
#[get("/librarians/{librarian_id}/appraisals", wrap = "policy::LIST_APPRAISALS")]
pub async fn list_appraisals(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    list: Listing<NoFilter>,
) -> Result<AppraisalPage> {
    service::list(&db, &access, *librarian_id, &list).await
}

/// Enter an appraisal
///
/// Of a year, or of some months of it; no month is appraised twice.
#[utoipa::path(responses((status = CREATED, description = "The new appraisal", body = Appraisal)))]
#[post("/librarians/{librarian_id}/appraisals", wrap = "policy::CREATE_APPRAISAL")]
pub async fn create_appraisal(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Json(new): Json<NewAppraisal>,
) -> Result<Created<Appraisal>> {
    service::create(&db, &access, *librarian_id, new).await.map(Created)
}

/// Read an appraisal
///
/// For the person, their present mentors, and admins.
#[utoipa::path(responses((status = OK, description = "The appraisal", body = Appraisal)))]
#[get("/appraisals/{appraisal_id}", wrap = "policy::READ_APPRAISAL")]
pub async fn read_appraisal(access: Access, db: Data<Db>, appraisal_id: Path<Uuid>) -> Result<Tagged<Appraisal>> {
    service::read(&db, &access, *appraisal_id).await.map(Tagged)
}

/// Change an appraisal
///
/// Credit points follow at once.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The appraisal", body = Appraisal)))]
#[patch("/appraisals/{appraisal_id}", wrap = "policy::UPDATE_APPRAISAL")]
pub async fn update_appraisal(
    access: Access,
    db: Data<Db>,
    appraisal_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<AppraisalChanges>,
) -> Result<Tagged<Appraisal>> {
    service::update(&db, &access, *appraisal_id, expected, changes).await.map(Tagged)
}

/// Remove an appraisal
///
/// For what was entered by mistake.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The appraisal is removed")))]
#[delete("/appraisals/{appraisal_id}", wrap = "policy::DELETE_APPRAISAL")]
pub async fn delete_appraisal(
    access: Access,
    db: Data<Db>,
    appraisal_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *appraisal_id, expected).await.map(|()| NoContent)
}
