//! What all operations share: refusals, headers, the key of idempotent requests, how to sign in.

use serde_json::{Map, Value, json};

use super::super::error::{REFUSALS, Refusal};
use super::super::problem::PROBLEM_JSON;

/// Statuses of refusals, with the component that describes each.
pub(super) const PROBLEMS: &[(u16, &str, &str)] = &[
    (400, "BadRequest", "The request cannot be read: broken JSON, an unknown parameter, a wrong header"),
    (401, "Unauthorized", "No sign-in, or a token that no longer holds"),
    (403, "Forbidden", "The caller's role may not do this"),
    (404, "NotFound", "There is no such object, or it is out of the caller's reach"),
    (405, "MethodNotAllowed", "This method is not available here; see Allow"),
    (406, "NotAcceptable", "The representation asked for is not available"),
    (409, "Conflict", "The state of the object does not allow this"),
    (410, "Gone", "The cursor is too old: events after it are no longer kept"),
    (412, "PreconditionFailed", "The object was changed meanwhile"),
    (413, "PayloadTooLarge", "The body is too large"),
    (415, "UnsupportedMediaType", "The content type is not supported"),
    (416, "RangeNotSatisfiable", "The part asked for lies outside the file; see Content-Range"),
    (422, "UnprocessableContent", "Some fields are wrong; all of them are named"),
    (428, "PreconditionRequired", "If-Match is missing"),
    (429, "TooManyRequests", "Too many requests; see Retry-After"),
    (500, "InternalServerError", "The service made a mistake"),
    (503, "ServiceUnavailable", "The service is busy; see Retry-After"),
];

/// Writes the components that all operations refer to.
pub(super) fn describe(document: &mut Value) {
    let components = &mut document["components"];
    components["responses"] = responses();
    components["headers"] = headers();
    components["parameters"] = json!({
        "IdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "A key of your own for this request: sent again with the same key, it is done once and answered alike, for 48 hours.",
            "schema": {"type": "string", "minLength": 16, "maxLength": 128, "pattern": "^[A-Za-z0-9_-]+$"},
            "example": "3f0b7c1e-9d2a-4c58-8a51-0d5a6f1b2c3d",
        },
    });
    components["securitySchemes"] = json!({
        "bearer": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "The `access_token` of `POST /api/v1/auth/login` (RFC 9068). Tokens follow the best practices of RFC8725: one algorithm, a type of their own, issuer and audience checked.",
        },
    });
}

fn responses() -> Value {
    let mut responses = Map::new();
    for (status, name, about) in PROBLEMS {
        let headers = refusal_headers(*status);
        let mut content = json!({"schema": {"$ref": "#/components/schemas/Problem"}});
        if let Some(refusal) = REFUSALS.iter().find(|refusal| refusal.status == *status) {
            content["example"] = problem(refusal);
        }
        let response = json!({"description": about, "headers": headers, "content": {PROBLEM_JSON: content}});
        responses.insert((*name).to_owned(), response);
    }
    Value::Object(responses)
}

/// What goes with every refusal.
fn refusal_headers(status: u16) -> Value {
    let mut headers = json!({"X-Request-Id": {"$ref": "#/components/headers/RequestId"}});
    if matches!(status, 429 | 503) {
        headers["Retry-After"] = json!({"$ref": "#/components/headers/RetryAfter"});
    }
    if status < 500 {
        headers["RateLimit-Policy"] = json!({"$ref": "#/components/headers/RateLimitPolicy"});
        headers["RateLimit"] = json!({"$ref": "#/components/headers/RateLimit"});
    }
    headers
}

/// Refusals in a form of their own, as CASE prescribes it, stand among the components too.
pub(super) fn share_refusals(document: &mut Value) {
    let mut shared = document["components"]["responses"].as_object().cloned().unwrap_or_default();
    let Some(paths) = document["paths"].as_object_mut() else { return };
    let operations = paths.values_mut().filter_map(Value::as_object_mut).flat_map(|item| item.values_mut());
    for responses in operations.filter_map(|operation| operation["responses"].as_object_mut()) {
        for (status, name, _) in PROBLEMS {
            let own = responses.get_mut(&status.to_string()).filter(|response| response.get("$ref").is_none());
            let Some(response) = own else { continue };
            let form = response["content"]["application/json"]["schema"]["$ref"].as_str().unwrap_or_default();
            let name = format!("{}{name}", form.rsplit('/').next().unwrap_or_default());
            response["headers"] = refusal_headers(*status);
            if shared.entry(name.clone()).or_insert_with(|| response.clone()) == response {
                *response = json!({"$ref": format!("#/components/responses/{name}")});
            }
        }
    }
    shared.sort_keys();
    document["components"]["responses"] = Value::Object(shared);
}

/// A refusal as it goes over the wire.
fn problem(refusal: &Refusal) -> Value {
    json!({
        "type": format!("/problems/{}", refusal.code), "title": refusal.id, "status": refusal.status, "detail": refusal.id,
        "instance": "urn:uuid:019a0000-0000-7000-8000-000000000000", "code": refusal.code, "errors": [],
        "current_version": null,
    })
}

fn headers() -> Value {
    let text = |about: &str, example: &str| json!({"description": about, "schema": {"type": "string", "maxLength": 8000, "examples": [example]}});
    let always = |mut header: Value| {
        header["required"] = json!(true);
        header
    };
    let number = |about: &str| json!({"description": about, "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86400, "examples": [1]}});
    json!({
        "RequestId": always(text("The request's id.", "019a0000-0000-7000-8000-000000000000")),
        "RateLimitPolicy": text("How many requests a window allows (draft-ietf-httpapi-ratelimit-headers); absent where no limits hold.", "\"user\";q=600;w=60"),
        "RateLimit": text("How many requests are left, and the seconds until all are there again; absent where no limits hold.", "\"user\";r=598;t=1"),
        "ETag": always(text("The object's version and the hash of this representation; send it as If-Match or If-None-Match.", "\"v1.3q2-7wAAAAAA\"")),
        "Location": always(text("The canonical address of the new object.", "/api/v1/units/019a0000-0000-7000-8000-000000000000")),
        "Link": always(text("The first page, the next and the one before, as far as there are such (RFC 8288).", "</api/v1/units?>; rel=\"first\"")),
        "RetryAfter": always(number("Seconds after which to try again.")),
    })
}
