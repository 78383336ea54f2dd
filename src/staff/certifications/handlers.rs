use actix_web::web::Data;
use actix_web::{delete, get, patch, post};
use uuid::Uuid;

use super::dto::{Certification, CertificationChanges, CertificationFilter, CertificationPage, NewCertification};
use super::service;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::http::{Created, IfMatch, Json, NoContent, Path, Tagged};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;
use crate::staff::policy;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_certifications)
        .service(list_librarian_certifications)
        .service(create_certification)
        .service(read_certification)
        .service(update_certification)
        .service(delete_certification);
}

/// List certificates
///
/// Within reach: one's own, for mentors those of their mentees, for admins all; the latest first (`issued_on`). What ends soon:
/// `expires_within_days`.
#[utoipa::path(params(Listing<CertificationFilter>), responses((status = OK, description = "A page of certificates", body = CertificationPage)))]
#[get("/certifications", wrap = "policy::LIST_CERTIFICATIONS")]
pub async fn list_certifications(
    access: Access,
    db: Data<Db>,
    list: Listing<CertificationFilter>,
) -> Result<CertificationPage> {
    service::list(&db, &access, &list).await
}

/// List the certificates of a person
///
/// The latest first (`issued_on`).
#[utoipa::path(params(Listing<CertificationFilter>), responses((status = OK, description = "A page of certificates", body = CertificationPage)))]
#[get("/librarians/{librarian_id}/certifications", wrap = "policy::LIST_LIBRARIAN_CERTIFICATIONS")]
pub async fn list_librarian_certifications(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    list: Listing<CertificationFilter>,
) -> Result<CertificationPage> {
    service::list_of(&db, &access, *librarian_id, &list).await
}

/// Enter a certificate
///
/// Of an LSP by scheme and cluster, of a competency test for a position, or another. A number is there once in a scheme.
#[utoipa::path(responses((status = CREATED, description = "The new certificate", body = Certification)))]
#[post("/librarians/{librarian_id}/certifications", wrap = "policy::CREATE_CERTIFICATION")]
pub async fn create_certification(
    access: Access,
    db: Data<Db>,
    librarian_id: Path<Uuid>,
    Json(new): Json<NewCertification>,
) -> Result<Created<Certification>> {
    service::create(&db, &access, *librarian_id, new).await.map(Created)
}

/// Read a certificate
///
/// With the days that are left. For the person, their present mentors, and admins.
#[utoipa::path(responses((status = OK, description = "The certificate", body = Certification)))]
#[get("/certifications/{certification_id}", wrap = "policy::READ_CERTIFICATION")]
pub async fn read_certification(
    access: Access,
    db: Data<Db>,
    certification_id: Path<Uuid>,
) -> Result<Tagged<Certification>> {
    service::read(&db, &access, *certification_id).await.map(Tagged)
}

/// Change a certificate
///
/// Fields that are absent stay as they are.
#[utoipa::path(params(IfMatch), responses((status = OK, description = "The certificate", body = Certification)))]
#[patch("/certifications/{certification_id}", wrap = "policy::UPDATE_CERTIFICATION")]
pub async fn update_certification(
    access: Access,
    db: Data<Db>,
    certification_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
    Json(changes): Json<CertificationChanges>,
) -> Result<Tagged<Certification>> {
    service::update(&db, &access, *certification_id, expected, changes).await.map(Tagged)
}

/// Remove a certificate
///
/// For what was entered by mistake; one that has ended stays.
#[utoipa::path(params(IfMatch), responses((status = NO_CONTENT, description = "The certificate is removed")))]
#[delete("/certifications/{certification_id}", wrap = "policy::DELETE_CERTIFICATION")]
pub async fn delete_certification(
    access: Access,
    db: Data<Db>,
    certification_id: Path<Uuid>,
    IfMatch(expected): IfMatch,
) -> Result<NoContent> {
    service::delete(&db, &access, *certification_id, expected).await.map(|()| NoContent)
}
