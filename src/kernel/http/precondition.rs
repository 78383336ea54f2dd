//! The version that a client changes, as it names it in `If-Match`.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use crate::kernel::db::Precondition;
use crate::kernel::error::{Error, IF_MATCH_REQUIRED, INVALID_HEADER, Result};
use crate::kernel::validation::{NOT_VALID, Violation};

/// The version that the client changes, required where others may have changed the object meanwhile: 428 without it.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Precondition);

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match precondition(request) {
            Ok(Some(precondition)) => Ok(Self(precondition)),
            Ok(None) => Err(IF_MATCH_REQUIRED.into()),
            Err(error) => Err(error),
        })
    }
}

/// The version that the client changes, where the change is safe without naming one.
#[derive(Clone, Copy, Debug)]
pub struct MaybeIfMatch(pub Precondition);

impl FromRequest for MaybeIfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(precondition(request).map(|given| Self(given.unwrap_or_default())))
    }
}

/// Reads `If-Match: "v17.…"`. Only the version counts: the rest of the tag says how the object looked to this client.
fn precondition(request: &HttpRequest) -> Result<Option<Precondition>> {
    let Some(header) = request.headers().get(header::IF_MATCH) else { return Ok(None) };
    let text = header.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(Some(Precondition(None)));
    }
    // Proxies that compress weaken the tag; it still names the version.
    let tag = text.strip_prefix("W/").unwrap_or(text);
    // Many clients lose the quotes that belong to it.
    let version = tag
        .trim_matches('"')
        .strip_prefix('v')
        .and_then(|rest| rest.split('.').next())
        .and_then(|digits| digits.parse().ok());
    match version {
        Some(version) => Ok(Some(Precondition(Some(version)))),
        None => Err(INVALID_HEADER.at(Violation::header("If-Match", &NOT_VALID))),
    }
}

/// How `If-Match` looks in the OpenAPI.
fn if_match(required: Required, about: &str) -> Vec<Parameter> {
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(200))
        .pattern(Some(r#"^(\*|(W/)?"?v[0-9]{1,9}(\.[A-Za-z0-9_-]{0,64})?"?)$"#));
    let parameter = ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(about))
        .schema(Some(schema))
        .example(Some(r#""v1""#.into()));
    vec![parameter.build()]
}

impl utoipa::IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        if_match(Required::True, "The ETag that you last saw; only its version counts.")
    }
}

impl utoipa::IntoParams for MaybeIfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        if_match(Required::False, "The ETag that you last saw, if the step is to fail when the object changed since.")
    }
}
