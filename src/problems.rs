//! The pages that explain each problem: what the `type` of a problem points to, and the list of all codes in the repository.

use std::fmt::Write as _;

use actix_web::http::header;
use actix_web::{HttpRequest, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::SLICES;
use crate::kernel::error::{Error, NOT_FOUND, REFUSALS, Result};
use crate::kernel::http::{Path, Rendered};
use crate::kernel::language::Localized;
use crate::kernel::policy::{Rule, open};
use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;
use crate::kernel::validation::FAULTS;

const HTML: &str = "text/html";
const READ_PROBLEM: Rule = open("read_problem").also(&[HTML]);

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "problems",
    tags: &[("problems", "What each problem code means.")],
    routes: |_| {},
    root_routes: Some(routes),
    rules: &[READ_PROBLEM],
    refusals: &[],
    faults: &[],
    hooks: &[],
    contributions: &[],
};

fn routes(config: &mut ServiceConfig) {
    config.service(read_problem);
}

/// What a code means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "not_found", "status": 404, "is_part": false, "message": {"id": "Tidak ditemukan", "en": "Not found"}
}))]
pub struct ProblemExplanation {
    /// The stable code.
    #[schema(max_length = 60, pattern = "^[a-z0-9_]+$")]
    pub code: &'static str,
    /// The HTTP status with which it comes; 400 or 422 for a part of a request.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// Whether it is told of a part of a request, in `errors`.
    pub is_part: bool,
    /// The sentence, in both languages; `{…}` are parameters.
    pub message: Localized,
}

/// Every code: of whole requests first, then of their parts, each in the order of the alphabet.
pub fn all() -> Vec<ProblemExplanation> {
    let refusals = REFUSALS.iter().chain(SLICES.iter().flat_map(|slice| slice.refusals));
    let faults = FAULTS.iter().chain(SLICES.iter().flat_map(|slice| slice.faults));
    let whole = refusals.map(|refusal| ProblemExplanation {
        code: refusal.code,
        status: refusal.status,
        is_part: false,
        message: Localized::new(refusal.id, refusal.en),
    });
    let parts = faults.map(|fault| ProblemExplanation {
        code: fault.code,
        status: 422,
        is_part: true,
        message: Localized::new(fault.id, fault.en),
    });
    let mut all: Vec<_> = whole.chain(parts).collect();
    all.sort_by_key(|problem| (problem.is_part, problem.code));
    all.dedup();
    all
}

/// The list of all codes, as it is kept in the repository.
pub fn markdown() -> String {
    let mut text = "# Problem codes\n\nRendered from the code by `bina openapi --write`; do not edit. Clients branch on the code alone; \
the sentences are for people and may change.\n"
        .to_owned();
    for (is_part, title) in [(false, "Of a request (`code`)"), (true, "Of a part of a request (`errors[].code`)")] {
        let _ = write!(text, "\n## {title}\n\n| code | status | Indonesian | English |\n|---|---|---|---|\n");
        for problem in all().iter().filter(|problem| problem.is_part == is_part) {
            let status = if is_part { "400, 422".to_owned() } else { problem.status.to_string() };
            let en = problem.message.en.as_deref().unwrap_or_default();
            let _ = writeln!(text, "| `{}` | {status} | {} | {en} |", problem.code, problem.message.id);
        }
    }
    text
}

fn page(problem: &ProblemExplanation) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (id, en) = (escape(&problem.message.id), escape(problem.message.en.as_deref().unwrap_or_default()));
    let place = if problem.is_part {
        ("Bagian permintaan yang salah (errors)", "A wrong part of a request (errors)")
    } else {
        ("Permintaan ditolak", "The request was refused")
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"id\"><head><meta charset=\"utf-8\"><title>{code}</title>\
<meta name=\"viewport\" content=\"width=device-width\"><style>body{{font:1.1em/1.6 sans-serif;margin:3em auto;max-width:40em;padding:0 1em}}</style>\
</head><body><h1><code>{code}</code> · {status}</h1><p>{id}.</p><p><small>{here}.</small></p>\
<div lang=\"en\"><p>{en}.</p><p><small>{there}.</small></p></div></body></html>\n",
        code = problem.code,
        status = problem.status,
        here = place.0,
        there = place.1,
    )
}

/// Explain a problem
///
/// What the `type` of a problem points to: the code, its status and its sentence in both languages. A page for browsers.
#[utoipa::path(
    params(("code" = String, Path, description = "The code", max_length = 60, pattern = "^[a-z0-9_]+$", example = "not_found")),
    responses((status = OK, description = "What the code means", content(
        (ProblemExplanation = "application/json"), (String = "text/html"),
    )))
)]
#[get("/problems/{code}", wrap = "READ_PROBLEM")]
pub async fn read_problem(request: HttpRequest, code: Path<String>) -> Result<Rendered> {
    let problem = all().into_iter().find(|problem| problem.code == *code).ok_or(NOT_FOUND)?;
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    // Browsers name text/html first; whoever names JSON before it, or neither, gets JSON.
    let html = accept.find(HTML).is_some_and(|at| accept.find("application/json").is_none_or(|json| at < json));
    Ok(if html {
        Rendered { media_type: "text/html; charset=utf-8", body: page(&problem).into_bytes(), file_name: None }
    } else {
        let body = serde_json::to_vec(&problem).map_err(Error::internal)?;
        Rendered { media_type: "application/json", body, file_name: None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_means_one_thing_in_both_languages() {
        let all = all();
        for part in [false, true] {
            let codes: Vec<_> = all.iter().filter(|problem| problem.is_part == part).map(|one| one.code).collect();
            assert!(codes.array_windows().all(|[one, other]| one != other), "{codes:?}");
        }
        for problem in all {
            assert!(!problem.message.id.is_empty() && problem.message.en.is_some_and(|en| !en.is_empty()));
        }
    }

    #[test]
    fn the_list_in_the_repository_is_current() {
        let kept = std::fs::read_to_string("openapi/problems.md").unwrap_or_default();
        assert!(kept == markdown(), "openapi/problems.md is out of date: run `cargo run -- openapi --write`");
    }
}
