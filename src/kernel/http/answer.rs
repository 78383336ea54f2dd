//! Answers: objects with their ETag, new ones with their place, pictures and tables, secrets.

use std::future::{Ready, ready};

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;

use crate::kernel::error::{Error, Result};
use crate::kernel::idempotency::{Resource, StoredAnswer};
use crate::kernel::secret::sha256;

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
