//! What comes in and what goes out: bodies, paths, preconditions, answers. Nothing unvalidated passes here.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::body::BoxBody;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, Responder};
use data_encoding::BASE64URL_NOPAD;
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use validator::Validate;

use super::auth::Caller;
use super::db::Precondition;
use super::error::{
    BODY_TOO_LARGE, Error, IF_MATCH_REQUIRED, INVALID_HEADER, MALFORMED_JSON, NOT_FOUND, Refused, Result,
    UNSUPPORTED_MEDIA_TYPE,
};
use super::idempotency::{IdempotencyKey, Resource, StoredAnswer};
use super::secret::sha256;
use super::validation::{self, CONTROL_CHARACTER, NOT_VALID, REQUIRED, TOO_DEEP, UNKNOWN_FIELD, Violation};

/// The most bytes of an ordinary body.
pub const BODY_LIMIT: usize = 512 * 1024;
/// How deeply a body may nest.
const DEPTH_LIMIT: usize = 32;
/// The media type of merge patches (RFC 7396).
const MERGE_PATCH: &str = "application/merge-patch+json";

/// A JSON body, read and checked by its rules.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media = check_media_type(request);
        let mut payload = payload.take();
        Box::pin(async move {
            media?;
            let bytes = read(&mut payload, BODY_LIMIT).await?;
            must_be_an_object(&bytes)?;
            let value = parse(&bytes)?;
            validation::check(&value)?;
            Ok(Self(value))
        })
    }
}

/// Reads a body up to a limit.
pub async fn read(payload: &mut Payload, limit: usize) -> Result<Bytes> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::from(super::error::BAD_REQUEST))?;
        if bytes.len() + chunk.len() > limit {
            return Err(BODY_TOO_LARGE.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

fn check_media_type(request: &HttpRequest) -> Result<()> {
    let patch = request.method() == Method::PATCH;
    let given = request.content_type();
    if given.eq_ignore_ascii_case("application/json") || (patch && given.eq_ignore_ascii_case(MERGE_PATCH)) {
        // A body in a transport coding would have to be unpacked, without knowing how large it is.
        return match request.headers().get(header::CONTENT_ENCODING) {
            Some(coding) if coding.as_bytes() != b"identity" => Err(UNSUPPORTED_MEDIA_TYPE.into()),
            _ => Ok(()),
        };
    }
    let allowed = if patch {
        ("Accept-Patch", format!("{MERGE_PATCH}, application/json"))
    } else {
        ("Accept-Post", "application/json".to_owned())
    };
    Err(Refused { allowed: Some(allowed), ..Refused::from(UNSUPPORTED_MEDIA_TYPE) }.into())
}

fn is_json(bytes: &[u8]) -> bool {
    // What is skipped is not looked at for its encoding.
    std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}

/// Every body is an object; the reader would take a list for one, its values in the order of the fields.
fn must_be_an_object(bytes: &[u8]) -> Result<()> {
    let is_list = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    if is_list && is_json(bytes) {
        let violation = validation::misread("expected a map", |fault| Violation::pointer("#".to_owned(), fault));
        return Err(Error::invalid(vec![violation]));
    }
    Ok(())
}

/// Reads JSON, and says where it goes wrong.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize::<_, T>(&mut deserializer);
    let value = match parsed {
        Ok(value) => value,
        Err(error) => return Err(wrong_content(bytes, &error)),
    };
    deserializer.end().map_err(|_| Error::from(MALFORMED_JSON))?;
    check_characters(bytes)?;
    Ok(value)
}

fn wrong_content(bytes: &[u8], error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    let inner = error.inner();
    // Whether the JSON itself can be read decides between 400 and 422, and not how far the typed reading came.
    if !is_json(bytes) {
        return MALFORMED_JSON.into();
    }
    let text = inner.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    let mut pointer = pointer(error.path());
    let named = |prefix: &str| reason.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
    let violation = if let Some(field) = named("missing field `") {
        Violation::pointer(format!("{pointer}/{field}"), &REQUIRED)
    } else if let Some(field) = named("unknown field `") {
        // The path already ends with the unknown field.
        if !pointer.ends_with(&format!("/{field}")) {
            pointer = format!("{pointer}/{field}");
        }
        Violation::pointer(pointer, &UNKNOWN_FIELD)
    } else if let Some(field) = named("duplicate field `") {
        Violation::pointer(format!("{pointer}/{field}"), &validation::REPEATED)
    } else {
        validation::misread(reason, |fault| Violation::pointer(pointer.clone(), fault))
    };
    Error::invalid(vec![violation])
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = "#".to_owned();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
            Segment::Map { key } | Segment::Enum { variant: key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Unknown => {}
        }
    }
    pointer
}

/// Refuses what a database cannot keep: the character U+0000; and what nests too deeply.
fn check_characters(bytes: &[u8]) -> Result<()> {
    let suspicious = bytes.windows(6).any(|window| window == b"\\u0000");
    let deep = bytes.iter().filter(|byte| matches!(byte, b'{' | b'[')).count() > DEPTH_LIMIT;
    if !suspicious && !deep {
        return Ok(());
    }
    let value = serde_json::from_slice(bytes).map_err(|_| Error::from(MALFORMED_JSON))?;
    let mut violations = Vec::new();
    walk(&value, "#", 1, &mut violations);
    if violations.is_empty() { Ok(()) } else { Err(Error::invalid(violations)) }
}

fn walk(value: &serde_json::Value, pointer: &str, depth: usize, violations: &mut Vec<Violation>) {
    use serde_json::Value;
    if depth > DEPTH_LIMIT {
        violations.push(Violation::pointer(pointer.to_owned(), &TOO_DEEP));
        return;
    }
    match value {
        Value::String(text) if text.contains('\0') => {
            violations.push(Violation::pointer(pointer.to_owned(), &CONTROL_CHARACTER));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{pointer}/{index}"), depth + 1, violations);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let inner = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                if name.contains('\0') {
                    violations.push(Violation::pointer(inner.clone(), &CONTROL_CHARACTER));
                }
                walk(field, &inner, depth + 1, violations);
            }
        }
        _ => {}
    }
}

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

/// An object with its ETag; 304 when the client has it already.
#[derive(Debug)]
pub struct Tagged<T>(pub T);

impl<T: Resource> Responder for Tagged<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match serde_json::to_vec(&self.0) {
            Ok(body) => tagged(request, Some(self.0.version()), body, "application/json"),
            Err(error) => HttpResponse::from_error(Error::internal(error)),
        }
    }
}

/// A new object: 201, where it is, and its ETag.
#[derive(Debug)]
pub struct Created<T>(pub T);

impl<T: Resource> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        match serde_json::to_string(&self.0) {
            Ok(body) => stored(&StoredAnswer {
                status: 201,
                location: Some(self.0.path()),
                version: Some(self.0.version()),
                body: Some(body),
            }),
            Err(error) => HttpResponse::from_error(Error::internal(error)),
        }
    }
}

/// Something that is computed, not kept: its ETag is the hash of what it says.
#[derive(Debug)]
pub struct Computed<T>(pub T);

impl<T: Serialize> Responder for Computed<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match serde_json::to_vec(&self.0) {
            Ok(body) => tagged(request, None, body, "application/json"),
            Err(error) => HttpResponse::from_error(Error::internal(error)),
        }
    }
}

/// An answer in another media type: a picture, a table.
#[derive(Debug)]
pub struct Rendered {
    /// The media type.
    pub media_type: &'static str,
    /// The content.
    pub body: Vec<u8>,
    /// The name under which a browser saves it; shown in place without one.
    pub file_name: Option<String>,
}

impl Responder for Rendered {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut answer = tagged(request, None, self.body, self.media_type);
        if let Some(name) = self.file_name
            && let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        {
            answer.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
        answer
    }
}

/// Done, and nothing to say: 204.
#[derive(Clone, Copy, Debug)]
pub struct NoContent;

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::new(StatusCode::NO_CONTENT)
    }
}

/// A body with its tag, or 304 when the client has just that.
pub fn tagged(request: &HttpRequest, version: Option<i32>, body: Vec<u8>, media_type: &'static str) -> HttpResponse {
    let tag = etag(version, &body);
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::ETAG, tag.as_str()));
    if matches!(*request.method(), Method::GET | Method::HEAD) && has_already(request, &tag) {
        return answer.status(StatusCode::NOT_MODIFIED).finish();
    }
    answer.insert_header((header::CONTENT_TYPE, media_type)).body(body)
}

fn etag(version: Option<i32>, body: &[u8]) -> String {
    let hash = sha256(body);
    let hash = BASE64URL_NOPAD.encode(&hash[..9]);
    version.map_or_else(|| format!("\"{hash}\""), |version| format!("\"v{version}.{hash}\""))
}

fn has_already(request: &HttpRequest, tag: &str) -> bool {
    let Some(known) = request.headers().get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()) else {
        return false;
    };
    known.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// An answer that was kept, as it was given the first time.
pub fn stored(answer: &StoredAnswer) -> HttpResponse {
    let status = u16::try_from(answer.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let mut response = HttpResponse::build(status.unwrap_or(StatusCode::OK));
    if let Some(location) = &answer.location {
        response.insert_header((header::LOCATION, location.as_str()));
    }
    let Some(body) = &answer.body else { return response.finish() };
    if answer.version.is_some() {
        response.insert_header((header::ETAG, etag(answer.version, body.as_bytes())));
    }
    response.content_type("application/json").body(body.clone())
}

/// An answer that nobody may keep: tokens, links, codes.
#[derive(Debug)]
pub struct Secret<T>(pub T);

impl<T: Serialize> Responder for Secret<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut answer = if request.method() == Method::GET {
            Computed(self.0).respond_to(request)
        } else {
            HttpResponse::Ok().json(self.0)
        };
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    }
}

/// A new object with a secret: 201, where it is, and nobody may keep the answer.
#[derive(Debug)]
pub struct CreatedSecret<T>(pub T);

impl<T: Resource> Responder for CreatedSecret<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut answer = Created(self.0).respond_to(request);
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    }
}

/// How `If-Match` looks in the OpenAPI.
fn if_match(required: utoipa::openapi::Required, about: &str) -> Vec<utoipa::openapi::path::Parameter> {
    use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
    use utoipa::openapi::schema::{ObjectBuilder, Type};
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
    fn into_params(
        _: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
    ) -> Vec<utoipa::openapi::path::Parameter> {
        if_match(utoipa::openapi::Required::True, "The ETag that you last saw; only its version counts.")
    }
}

impl utoipa::IntoParams for MaybeIfMatch {
    fn into_params(
        _: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
    ) -> Vec<utoipa::openapi::path::Parameter> {
        if_match(
            utoipa::openapi::Required::False,
            "The ETag that you last saw, if the step is to fail when the object changed since.",
        )
    }
}

/// An answer in the representation that the client likes best.
#[derive(Debug)]
pub enum Represented<T> {
    /// JSON.
    Json(T),
    /// Anything else.
    Other(Rendered),
}

impl<T: Responder<Body = BoxBody>> Responder for Represented<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::Json(answer) => answer.respond_to(request),
            Self::Other(rendered) => rendered.respond_to(request),
        }
    }
}

/// Which of these media types the client asks for by name before JSON; none where JSON will do.
#[derive(Clone, Debug)]
pub struct Wanted(Vec<String>);

impl Wanted {
    /// Whether this media type is named before JSON.
    pub fn is(&self, media_type: &str) -> bool {
        self.0
            .iter()
            .find(|range| *range == media_type || *range == "application/json" || *range == "*/*")
            .is_some_and(|range| range == media_type)
    }
}

impl FromRequest for Wanted {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get(header::ACCEPT).and_then(|header| header.to_str().ok()).unwrap_or_default();
        let ranges = header.split(',').map(|range| range.split(';').next().unwrap_or_default().trim().to_lowercase());
        ready(Ok(Self(ranges.collect())))
    }
}
