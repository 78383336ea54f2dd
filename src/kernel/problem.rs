//! Errors on the wire: problem details (RFC 9457) in the caller's language.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::error::Refused;
use super::language::Language;
use super::validation::{Place, Violation};

/// The media type of problem details.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// An error answer. Clients branch on `code` alone: the other texts are for people and may change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "/problems/not_found", "title": "Tidak ditemukan", "status": 404, "detail": "Tidak ditemukan",
    "instance": "urn:uuid:019a0000-0000-7000-8000-000000000000", "code": "not_found", "errors": [], "current_version": null
}))]
pub struct Problem {
    /// The page that explains this kind of problem.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", max_length = 200)]
    pub kind: String,
    /// The kind of problem, in the caller's language.
    #[schema(max_length = 500)]
    pub title: String,
    /// The HTTP status again.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What happened here, in the caller's language.
    #[schema(max_length = 2000)]
    pub detail: String,
    /// The request's id: quote it when you ask for help.
    #[schema(format = "uri", max_length = 60)]
    pub instance: String,
    /// The stable code of the problem.
    #[schema(max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub code: &'static str,
    /// Every part of the request that is wrong.
    #[schema(max_items = 10000)]
    pub errors: Vec<ProblemPart>,
    /// The version that the object has now, when yours was stale; else null.
    #[schema(required, minimum = 1, maximum = 2_147_483_647)]
    pub current_version: Option<i32>,
}

/// One wrong part of a request. Exactly one of `pointer`, `parameter` and `header` says where.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "pointer": "#/name", "parameter": null, "header": null, "code": "required", "detail": "Wajib diisi", "params": {}
}))]
pub struct ProblemPart {
    /// A JSON pointer into the body, as a URI fragment: `#/levels/0`.
    #[schema(required, max_length = 500)]
    pub pointer: Option<String>,
    /// The name of a query or path parameter.
    #[schema(required, max_length = 100)]
    pub parameter: Option<String>,
    /// The name of a header.
    #[schema(required, max_length = 100)]
    pub header: Option<&'static str>,
    /// The stable code of the mistake.
    #[schema(max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub code: &'static str,
    /// The mistake, in the caller's language.
    #[schema(max_length = 2000)]
    pub detail: String,
    /// The figures behind the sentence, such as `min` and `max`.
    #[schema(value_type = Object)]
    pub params: Map<String, Value>,
}

impl ProblemPart {
    /// Renders a violation.
    pub fn new(violation: &Violation, language: Language) -> Self {
        let (mut pointer, mut parameter, mut header) = (None, None, None);
        match &violation.place {
            Place::Pointer(text) => pointer = Some(text.clone()),
            Place::Parameter(name) => parameter = Some(name.clone()),
            Place::Header(name) => header = Some(*name),
        }
        let params = violation.params.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
        Self { pointer, parameter, header, code: violation.fault.code, detail: violation.detail(language), params }
    }
}

/// Renders a refusal as an answer.
pub fn render(refused: &Refused, language: Language, request_id: Uuid) -> HttpResponse {
    let refusal = refused.refusal;
    let title = language.pick(refusal.id, refusal.en);
    let errors: Vec<_> = refused.violations.iter().map(|violation| ProblemPart::new(violation, language)).collect();
    let detail = match errors.as_slice() {
        [only] => only.detail.clone(),
        _ => title.to_owned(),
    };
    let problem = Problem {
        kind: format!("/problems/{}", refusal.code),
        title: title.to_owned(),
        status: refusal.status,
        detail,
        instance: format!("urn:uuid:{request_id}"),
        code: refusal.code,
        errors,
        current_version: refused.current_version,
    };
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CONTENT_TYPE, PROBLEM_JSON));
    answer.insert_header((header::CONTENT_LANGUAGE, language.tag()));
    if status == StatusCode::UNAUTHORIZED {
        answer.insert_header((header::WWW_AUTHENTICATE, r#"Bearer realm="bina""#));
    }
    if let Some(seconds) = refused.retry_after {
        answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if let Some((name, value)) = &refused.allowed
        && let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::from_str(value))
    {
        answer.insert_header((name, value));
    }
    answer.body(serde_json::to_vec(&problem).unwrap_or_default())
}
