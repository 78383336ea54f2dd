use actix_web::web::Data;
use actix_web::{get, post};
use uuid::Uuid;

use super::dto::{Certificate, CertificateFilter, CertificatePage, Replacement, RevocationReason};
use super::service;
use crate::certificates::credentials::handlers::base;
use crate::certificates::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Created, Json, MaybeIfMatch, Path, Rendered, Represented, Tagged, Wanted};
use crate::kernel::page::Listing;
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

const PDF: &str = "application/pdf";

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_certificates)
        .service(download_certificate)
        .service(read_certificate)
        .service(revoke_certificate)
        .service(replace_certificate);
}

/// List certificates
///
/// Of everybody within reach, the last issued first.
#[utoipa::path(params(Listing<CertificateFilter>), responses((status = OK, description = "A page of certificates", body = CertificatePage)))]
#[get("/certificates", wrap = "policy::LIST_CERTIFICATES")]
pub async fn list_certificates(
    access: Access,
    db: Data<Db>,
    list: Listing<CertificateFilter>,
) -> Result<CertificatePage> {
    service::list(&db, &access, &list).await
}

/// Read a certificate
///
/// What it says, whether it holds, and the code by which others verify it; the sheet itself where PDF is asked for.
#[utoipa::path(responses((status = OK, description = "The certificate", content((Certificate = "application/json"), (String = "application/pdf")))))]
#[get("/certificates/{certificate_id}", wrap = "policy::READ_CERTIFICATE")]
pub async fn read_certificate(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    certificate_id: Path<Uuid>,
    wanted: Wanted,
) -> Result<Represented<Tagged<Certificate>>> {
    if wanted.is(PDF) {
        return sheet(&db, &access, &gate, *certificate_id).await.map(Represented::Other);
    }
    let certificate = service::read(&db, &access, *certificate_id).await?;
    Ok(Represented::Json(Tagged(certificate)))
}

/// Download a certificate
///
/// The sheet as PDF (A4 across, PDF/A-2b), with a QR code that leads to its verification; stamped where it was revoked.
#[utoipa::path(responses((status = OK, description = "The sheet", body = String, content_type = "application/pdf")))]
#[get("/certificates/{certificate_id}.pdf", wrap = "policy::DOWNLOAD_CERTIFICATE")]
pub async fn download_certificate(
    access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    certificate_id: Path<Uuid>,
) -> Result<Rendered> {
    sheet(&db, &access, &gate, *certificate_id).await
}

async fn sheet(db: &Db, access: &Access, gate: &Gate, id: Uuid) -> Result<Rendered> {
    let (file_name, body) = service::sheet(db, access, id, base(gate)).await?;
    Ok(Rendered { media_type: PDF, body, file_name: Some(file_name) })
}

/// Revoke a certificate
///
/// At once, for everybody who verifies it; the credit that it gave is taken back in the ledger.
#[utoipa::path(params(MaybeIfMatch), responses((status = OK, description = "The certificate", body = Certificate)))]
#[post("/certificates/{certificate_id}/revocation", wrap = "policy::REVOKE_CERTIFICATE")]
pub async fn revoke_certificate(
    access: Access,
    db: Data<Db>,
    certificate_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(reason): Json<RevocationReason>,
) -> Result<Tagged<Certificate>> {
    service::revoke(&db, &access, *certificate_id, expected, reason).await.map(Tagged)
}

/// Replace a certificate
///
/// Puts another, with a number of its own, in the place of one with a mistake; that one is revoked, and the credit that it gave
/// is corrected. One that was revoked can be replaced too.
#[utoipa::path(params(MaybeIfMatch), responses((status = CREATED, description = "The new certificate", body = Certificate)))]
#[post("/certificates/{certificate_id}/replacement", wrap = "policy::REPLACE_CERTIFICATE")]
pub async fn replace_certificate(
    access: Access,
    db: Data<Db>,
    certificate_id: Path<Uuid>,
    MaybeIfMatch(expected): MaybeIfMatch,
    Json(change): Json<Replacement>,
) -> Result<Created<Certificate>> {
    service::replace(&db, &access, *certificate_id, expected, change).await.map(Created)
}
