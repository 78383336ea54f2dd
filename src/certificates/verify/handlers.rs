use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, get};

use super::dto::Verification;
use super::{page, service};
use crate::certificates::policy;
use crate::kernel::db::Db;
use crate::kernel::error::{NOT_FOUND, Result};
use crate::kernel::front::OwnWords;
use crate::kernel::http::{Computed, Path, Rendered, Wanted};
use crate::kernel::policy::Access;
use crate::kernel::problem::Problem;
use crate::kernel::routes::ServiceConfig;

/// The routes of this resource.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(verify_certificate);
}

/// What is told of a certificate; a browser gets a page, also where there is no such certificate.
pub struct VerificationAnswer {
    outcome: Result<Verification>,
    as_page: bool,
}

impl Responder for VerificationAnswer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let page = |body: String| {
            let rendered = Rendered { media_type: page::MEDIA_TYPE, body: body.into_bytes(), file_name: None };
            rendered.respond_to(request)
        };
        let mut answer = match self.outcome {
            Ok(found) if self.as_page => page(page::of(&found)),
            Ok(found) => Computed(found).respond_to(request),
            Err(error) if self.as_page && error.refused().refusal == NOT_FOUND => {
                let mut answer = page(page::unknown());
                *answer.status_mut() = actix_web::http::StatusCode::NOT_FOUND;
                answer.extensions_mut().insert(OwnWords);
                answer
            }
            Err(error) => return HttpResponse::from_error(error),
        };
        let headers = answer.headers_mut();
        // It may be revoked a moment later; and any page may ask, for who asks has the code.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
        answer
    }
}

/// Verify a certificate
///
/// What the certificate with this code says, and whether it holds; a page for people where a browser asks. The code is read as
/// people write it: without hyphens, in small letters, with O for 0.
#[utoipa::path(
    params(("code" = String, Path, description = "The code on the certificate", max_length = 100, example = "7Q2M-0VXG-4KZC-91TD-RY5B-3HNE-8WA")),
    responses(
        (status = OK, description = "What it says", content((Verification = "application/json"), (String = "text/html"))),
        (status = NOT_FOUND, description = "There is no such certificate, or the code is mistyped", content((Problem = "application/problem+json"), (String = "text/html"))),
    )
)]
#[get("/verify/{code}", wrap = "policy::VERIFY_CERTIFICATE")]
pub async fn verify_certificate(
    _access: Access,
    db: Data<Db>,
    code: Path<String>,
    wanted: Wanted,
) -> VerificationAnswer {
    VerificationAnswer { outcome: service::verify(&db, &code).await, as_page: wanted.is("text/html") }
}
