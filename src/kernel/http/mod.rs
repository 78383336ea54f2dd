//! What comes in and what goes out: bodies, paths, preconditions, answers. Nothing unvalidated passes here.

mod answer;
mod body;
mod precondition;

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use serde::de::DeserializeOwned;

pub use answer::{
    Computed, Created, CreatedSecret, NoContent, Rendered, Represented, Secret, Tagged, Wanted, stored, tagged,
};
pub use body::{BODY_LIMIT, Json, parse, read};
pub use precondition::{IfMatch, MaybeIfMatch};

use super::auth::Caller;
use super::error::{Error, INVALID_HEADER, NOT_FOUND, Result};
use super::idempotency::IdempotencyKey;
use super::secret::sha256;
use super::validation::{NOT_VALID, Violation};

/// Path parameters; a path that does not fit is not there.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T> Deref for Path<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Path<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let path = actix_web::web::Path::<T>::from_request(request, payload).into_inner();
        ready(path.map(|path| Self(path.into_inner())).map_err(|_| NOT_FOUND.into()))
    }
}

/// Reads the Idempotency-Key of a POST, with what it is a key of.
pub(super) async fn idempotency_key(
    request: &mut ServiceRequest,
    caller: Option<&Caller>,
) -> Result<Option<IdempotencyKey>> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().unwrap_or_default().trim().trim_matches('"').to_owned();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !(16..=128).contains(&key.len()) || !key.bytes().all(allowed) {
        return Err(INVALID_HEADER.at(Violation::header("Idempotency-Key", &NOT_VALID)));
    }
    // What returns secrets is never kept, and only a POST is not idempotent by itself.
    let Some(caller) = caller.filter(|_| request.method() == Method::POST && !keeps_no_answers(request.path())) else {
        return Ok(None);
    };
    let mut payload = request.take_payload();
    let body = read(&mut payload, BODY_LIMIT).await?;
    let template = request.match_pattern().unwrap_or_default();
    let scope = format!("{}\n{}\n{template}\n{key}", caller.user_id, request.method());
    let mut asked = format!("{}\n{}\n{}\n", request.method(), request.path(), request.query_string()).into_bytes();
    asked.extend_from_slice(&body);
    request.set_payload(Payload::from(body));
    Ok(Some(IdempotencyKey { scope: sha256(scope.as_bytes()).to_vec(), fingerprint: sha256(&asked).to_vec() }))
}

fn keeps_no_answers(path: &str) -> bool {
    ["/auth/", "/oauth/", "/me/", "/invitations", "/password-reset", "/imports", "/tokens", "/link"]
        .iter()
        .any(|part| path.contains(part))
}
