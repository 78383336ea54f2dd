//! The front of the house: every request passes here first and every answer last.
//!
//! It gives the request its id and language, refuses what is too much before anything is read, renders every error as a problem,
//! and puts the headers on that every answer carries.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpResponse};

use super::db::Db;
use super::error::{
    BAD_REQUEST, BODY_TOO_LARGE, Error, HEADERS_TOO_LARGE, INTERNAL, METHOD_NOT_ALLOWED, NOT_FOUND, OVERLOADED, Refused,
};
use super::language::Language;
use super::limits::Allowance;
use super::policy::RequestContext;
use super::{http, problem, traffic};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long it may take where a file comes in: ten megabytes over a village's mobile network.
const PATIENCE_WITH_FILES: Duration = Duration::from_mins(2);
/// What is kept of a client's name for itself.
const USER_AGENT_LENGTH: usize = 200;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const UNCOMPRESSED: HeaderValue = HeaderValue::from_static("identity");
/// Answers of fewer bytes are not compressed: it would cost more than it saves.
const LEAST_COMPRESSED: u64 = 1024;
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What the front needs to know.
pub struct Front {
    /// The database, for its clock and ids.
    pub db: Db,
    /// How many requests may be under way at once in this process.
    pub capacity: usize,
    /// How many are.
    pub busy: AtomicUsize,
    /// Whether the process stops: the last answer on each connection says that it is the last.
    pub stopping: AtomicBool,
    /// Whether a proxy in front says where requests come from.
    pub trust_proxy: bool,
}

/// One request under way.
struct Turn(Arc<Front>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

fn take_turn(front: &Arc<Front>) -> Option<Turn> {
    if front.busy.fetch_add(1, Ordering::Relaxed) < front.capacity {
        return Some(Turn(Arc::clone(front)));
    }
    front.busy.fetch_sub(1, Ordering::Relaxed);
    None
}

/// The outermost middleware of ours.
pub async fn front(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let Some(front) = request.app_data::<actix_web::web::Data<Arc<Front>>>().map(|front| Arc::clone(front)) else {
        return Err(Error::internal("the application has no front").into());
    };
    let front = Arc::clone(&front);
    let context = Arc::new(context_of(&request, &front));
    let is_head = request.method() == Method::HEAD;
    if is_head {
        request.head_mut().method = Method::GET;
    }
    let exempt = request.path().starts_with("/health/");
    request.extensions_mut().insert(Arc::clone(&context));
    let turn = take_turn(&front);
    if turn.is_none() && !exempt {
        let response = problem::render(&overload(), context.language, context.id);
        return Ok(dress(request.into_response(response), &context, is_head));
    }
    let brings_file = request.method() == Method::PUT && request.path().ends_with("/content");
    let patience = if brings_file { PATIENCE_WITH_FILES } else { PATIENCE };
    let outcome = tokio::time::timeout(patience, next.call(request)).await;
    drop(turn);
    let response = match outcome {
        Ok(Ok(response)) => response.map_into_boxed_body(),
        // Every middleware within answers errors itself; what comes as an error here has no request to answer to.
        Ok(Err(error)) => return Err(error),
        Err(_) => {
            return Err(Late(
                problem::render(&overload(), context.language, context.id).map_into_boxed_body(),
                context.id,
            )
            .into_error());
        }
    };
    let mut response = explain(response, &context);
    if front.stopping.load(Ordering::Relaxed) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    observe(&response, &context, started.elapsed());
    Ok(dress(response, &context, is_head))
}

/// An answer that did not come in time: nobody knows whether the write took place, which an Idempotency-Key resolves.
struct Late(HttpResponse, uuid::Uuid);

impl Late {
    fn into_error(self) -> actix_web::Error {
        actix_web::error::InternalError::from_response(format!("request {} took too long", self.1), self.0).into()
    }
}

fn overload() -> Refused {
    Refused { retry_after: Some(1), ..Refused::from(OVERLOADED) }
}

fn context_of(request: &ServiceRequest, front: &Front) -> RequestContext {
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let peer = request.peer_addr().map(|peer| peer.ip());
    let address = if front.trust_proxy { forwarded(request).or(peer) } else { peer };
    RequestContext {
        id: front.db.context().ids.next(front.db.now()),
        language: Language::negotiate(text(header::ACCEPT_LANGUAGE)),
        address,
        user_agent: text(header::USER_AGENT).map(|agent| agent.get(..USER_AGENT_LENGTH).unwrap_or(agent).to_owned()),
        idempotency: None,
    }
}

/// The last address that the proxy in front wrote: what stands before it anybody could have written.
fn forwarded(request: &ServiceRequest) -> Option<IpAddr> {
    let header = request.headers().get("x-forwarded-for")?.to_str().ok()?;
    header.rsplit(',').next()?.trim().parse().ok()
}

/// Marks an error answer that is to go out as it is: a foreign standard has words of its own for what went wrong.
#[derive(Clone, Copy, Debug)]
pub struct OwnWords;

/// Turns errors, ours and the framework's, into problem details.
fn explain(response: ServiceResponse<BoxBody>, context: &RequestContext) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let ours = response.response().error().and_then(|error| error.as_error::<Error>());
    let answer = match ours {
        Some(Error::Replayed(answer)) => {
            let mut replay = http::stored(answer);
            replay.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
            replay
        }
        Some(error) => {
            if let Error::Internal(cause) = error {
                // The route, for a path may hold a secret.
                let route = response.request().match_pattern();
                tracing::error!(request_id = %context.id, route, cause = %cause, "internal error");
            }
            problem::render(&error.refused(), context.language, context.id)
        }
        None if is_problem(&response) || response.response().extensions().contains::<OwnWords>() => return response,
        None => {
            if status.is_server_error() {
                tracing::error!(request_id = %context.id, error = ?response.response().error(), "framework error");
            }
            problem::render(&framework_refusal(status), context.language, context.id)
        }
    };
    response.into_response(answer)
}

fn is_problem(response: &ServiceResponse<BoxBody>) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == problem::PROBLEM_JSON.as_bytes())
}

fn framework_refusal(status: StatusCode) -> Refused {
    match status {
        StatusCode::NOT_FOUND => NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED => METHOD_NOT_ALLOWED,
        StatusCode::PAYLOAD_TOO_LARGE => BODY_TOO_LARGE,
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => HEADERS_TOO_LARGE,
        StatusCode::SERVICE_UNAVAILABLE => OVERLOADED,
        status if status.is_client_error() => BAD_REQUEST,
        _ => INTERNAL,
    }
    .into()
}

/// The headers of every answer (OWASP secure headers; RFC 9111 for caches).
fn dress(mut response: ServiceResponse<BoxBody>, context: &RequestContext, is_head: bool) -> ServiceResponse<BoxBody> {
    let page = response.request().path().starts_with("/docs");
    let public = !response.request().path().starts_with("/api/");
    let allowance = response.request().extensions().get::<Allowance>().copied();
    let small = match response.response().body().size() {
        BodySize::Sized(size) => size < LEAST_COMPRESSED,
        BodySize::None => true,
        BodySize::Stream => false,
    };
    let headers = response.headers_mut();
    if let Some(allowance) = allowance {
        for (name, value) in [(RATE_LIMIT_POLICY, allowance.policy()), (RATE_LIMIT, allowance.state())] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
    // What nobody may keep holds secrets, and secrets are not compressed beside what a client can choose (BREACH).
    let secret = headers.get(header::CACHE_CONTROL).is_some_and(|value| value.as_bytes() == b"no-store");
    if (small || secret || is_head) && !headers.contains_key(header::CONTENT_ENCODING) {
        headers.insert(header::CONTENT_ENCODING, UNCOMPRESSED);
    }
    if let Ok(id) = HeaderValue::from_str(&context.id.to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    let mut put = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    put(RESOURCE_POLICY, if public { "cross-origin" } else { "same-origin" });
    put(header::CACHE_CONTROL, if public { "public, max-age=300" } else { "private, no-cache" });
    put(header::VARY, "Authorization, Accept, Accept-Language, Accept-Encoding");
    put(
        header::CONTENT_SECURITY_POLICY,
        if page {
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self'; frame-ancestors 'none'"
        } else {
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        },
    );
    if is_head {
        return response.map_body(|_, body| match body.size() {
            BodySize::Sized(length) => BoxBody::new(Withheld(length)),
            BodySize::None | BodySize::Stream => BoxBody::new(()),
        });
    }
    response
}

/// The content that a HEAD request does not get: its length is told, nothing else.
struct Withheld(u64);

impl MessageBody for Withheld {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.0)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Poll::Ready(None)
    }
}

/// Stands outside the compressor: takes away the mark by which the front kept an answer from being compressed.
pub async fn unmark(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    if headers.get(header::CONTENT_ENCODING) == Some(&UNCOMPRESSED) {
        headers.remove(header::CONTENT_ENCODING);
    }
    Ok(response)
}

/// Counts and logs a request by its route, never by its path: paths hold ids.
fn observe(response: &ServiceResponse<BoxBody>, context: &RequestContext, took: Duration) {
    let route = response.request().match_pattern().unwrap_or_else(|| "unknown".to_owned());
    let (method, status) = (traffic::method_of(response.request().method()), response.status().as_u16());
    traffic::count(&route, method, status, took);
    tracing::info!(
        request_id = %context.id,
        method,
        route,
        status,
        took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        "request"
    );
}
