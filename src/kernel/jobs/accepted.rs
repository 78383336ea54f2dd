//! The answer to a request whose work goes on.

use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};

use super::dto::Job;
use crate::kernel::error::Error;
use crate::kernel::http::stored;
use crate::kernel::idempotency::{Resource, StoredAnswer};

/// Accepted: 202, where the job is, and when to look.
#[derive(Debug)]
pub struct Accepted(pub Job);

impl Responder for Accepted {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        match serde_json::to_string(&self.0) {
            Ok(body) => {
                let (location, version) = (Some(self.0.path()), Some(self.0.version()));
                let mut answer = stored(&StoredAnswer { status: 202, location, version, body: Some(body) });
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
                answer
            }
            Err(error) => HttpResponse::from_error(Error::internal(error)),
        }
    }
}
