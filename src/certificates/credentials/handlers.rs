use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use uuid::Uuid;

use super::dto::{Credential, CredentialIssuer, CredentialKey, CredentialKeys};
use super::service::{self, Signed};
use crate::certificates::policy;
use crate::kernel::db::Db;
use crate::kernel::error::Result;
use crate::kernel::gate::Gate;
use crate::kernel::http::{Computed, Path, Rendered, Wanted};
use crate::kernel::policy::Access;
use crate::kernel::routes::ServiceConfig;

/// The media type of a credential as a JWT (W3C VC-JOSE-COSE).
const VC_JWT: &str = "application/vc+jwt";

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(read_credential)
        .service(read_credential_status_list)
        .service(read_credential_issuer)
        .service(list_credential_keys)
        .service(read_credential_key);
}

/// Where clients reach the service.
pub(crate) fn base(gate: &Gate) -> &str {
    gate.tokens.issuer().trim_end_matches('/')
}

/// Something signed: the JWT, or what it says where that is asked for.
pub struct SignedAnswer {
    signed: Signed,
    as_json: bool,
    caching: &'static str,
}

impl Responder for SignedAnswer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut answer = if self.as_json {
            Computed(self.signed.content).respond_to(request)
        } else {
            let body = self.signed.jwt.into_bytes();
            Rendered { media_type: VC_JWT, body, file_name: None }.respond_to(request)
        };
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.caching));
        headers
            .insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
        answer
    }
}

/// Read a credential
///
/// A certificate as an Open Badge 3.0: a JWT that anybody verifies with the key that it names. What it says stands in the JWT;
/// `Accept: application/json` gives it for reading, unsigned. Whether it was taken back stands in the status list that it names.
#[utoipa::path(responses((status = OK, description = "The credential", content((String = "application/vc+jwt"), (Credential = "application/json")))))]
#[get("/credentials/{credential_id}", wrap = "policy::READ_CREDENTIAL")]
pub async fn read_credential(
    _access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    credential_id: Path<Uuid>,
    wanted: Wanted,
) -> Result<SignedAnswer> {
    let signed = service::credential(&db, *credential_id, base(&gate)).await?;
    Ok(SignedAnswer { signed, as_json: wanted.is("application/json"), caching: "no-store" })
}

/// Read a status list of credentials
///
/// Which credentials were taken back (W3C Bitstring Status List), one bit each, as it is now; signed like a credential.
#[utoipa::path(
    params(("number" = i32, Path, description = "Which list; the first is 1", minimum = 1, maximum = 20_000, example = 1)),
    responses((status = OK, description = "The list", content((String = "application/vc+jwt"), (Credential = "application/json"))))
)]
#[get("/credential-status-lists/{number}", wrap = "policy::READ_CREDENTIAL_STATUS_LIST")]
pub async fn read_credential_status_list(
    _access: Access,
    db: Data<Db>,
    gate: Data<Gate>,
    number: Path<i32>,
    wanted: Wanted,
) -> Result<SignedAnswer> {
    let signed = service::status_list(&db, *number, base(&gate)).await?;
    Ok(SignedAnswer { signed, as_json: wanted.is("application/json"), caching: "public, no-cache" })
}

/// Read the issuer of credentials
///
/// The library as a Profile of Open Badges 3.0.
#[utoipa::path(responses((status = OK, description = "The issuer", body = CredentialIssuer)))]
#[get("/credential-issuer", wrap = "policy::READ_CREDENTIAL_ISSUER")]
pub async fn read_credential_issuer(db: Data<Db>, gate: Data<Gate>) -> Result<Computed<CredentialIssuer>> {
    service::issuer(&db, base(&gate)).await.map(Computed)
}

/// List the keys that sign credentials
///
/// As a JWK set (RFC 7517). None is ever taken out, for what it signed is to be verified for decades.
#[utoipa::path(responses((status = OK, description = "The keys", body = CredentialKeys)))]
#[get("/credential-keys", wrap = "policy::LIST_CREDENTIAL_KEYS")]
pub async fn list_credential_keys(db: Data<Db>, gate: Data<Gate>) -> Result<Computed<CredentialKeys>> {
    service::key_set(&db, base(&gate)).await.map(Computed)
}

/// Read a key that signs credentials
///
/// The `kid` of a credential is this address.
#[utoipa::path(responses((status = OK, description = "The key", body = CredentialKey)))]
#[get("/credential-keys/{credential_key_id}", wrap = "policy::READ_CREDENTIAL_KEY")]
pub async fn read_credential_key(
    db: Data<Db>,
    gate: Data<Gate>,
    credential_key_id: Path<Uuid>,
) -> Result<Computed<CredentialKey>> {
    service::key(&db, *credential_key_id, base(&gate)).await.map(Computed)
}
