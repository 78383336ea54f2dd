//! The OpenAPI document: what follows from policy and shape is added here, once for all operations.
//!
//! Handlers say what is theirs alone: path, parameters, body, the answer that succeeds.

#![expect(clippy::indexing_slicing, reason = "a JSON object grows when it is indexed")]

mod components;
mod examples;
mod parameters;
mod shapes;

use serde_json::{Map, Value, json};

use components::PROBLEMS;

use super::policy::{Reach, Rule};
use super::slice::Slice;

/// Completes the document from the slices' tables.
pub fn finish(document: &mut Value, slices: &[Slice]) {
    untangle(document);
    let mut used = Vec::new();
    let schemas = document["components"]["schemas"].clone();
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, item) in paths.iter_mut() {
            let Some(item) = item.as_object_mut() else { continue };
            for (method, operation) in item.iter_mut() {
                if let Some(operation) = operation.as_object_mut() {
                    complete(path, method, operation, &schemas, slices, &mut used);
                }
            }
        }
        let mut sorted: Vec<_> = std::mem::take(paths).into_iter().collect();
        sorted.sort_by_key(|(path, _)| (order_of(path, slices), path.clone()));
        paths.extend(sorted);
    }
    let tags: Vec<_> = slices
        .iter()
        .flat_map(|slice| slice.tags)
        .filter(|(name, _)| used.iter().any(|tag| tag == name))
        .map(|(name, about)| json!({"name": name, "description": about}))
        .collect();
    document["servers"][0]["x-internal"] = json!(false);
    document["tags"] = Value::Array(tags);
    shapes::finish(document);
    components::describe(document);
    examples::show(document);
    components::share_refusals(document);
    parameters::share(document);
}

/// The generator describes an inlined choice as if it were an object too (`allOf` with a second, empty one), which no value is.
fn untangle(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(untangle),
        Value::Object(fields) => {
            let plain = match fields.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
                Some([choice, about]) if about["type"] == "object" && about.get("properties").is_none() => {
                    let mut choice = choice.clone();
                    choice["description"] = about["description"].clone();
                    choice.as_object().cloned()
                }
                _ => None,
            };
            if let Some(plain) = plain {
                fields.remove("allOf");
                fields.extend(plain);
            }
            fields.values_mut().for_each(untangle);
        }
        _ => {}
    }
}

/// The resource that a path belongs to.
fn tag_of(path: &str) -> &str {
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    path.trim_start_matches(['/', '.']).split(['/', '.']).next().unwrap_or_default()
}

fn order_of(path: &str, slices: &[Slice]) -> usize {
    let tag = tag_of(path);
    slices.iter().flat_map(|slice| slice.tags).position(|(name, _)| *name == tag).unwrap_or(usize::MAX)
}

fn complete(
    path: &str,
    method: &str,
    operation: &mut Map<String, Value>,
    schemas: &Value,
    slices: &[Slice],
    used: &mut Vec<String>,
) {
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some(rule) = slices.iter().flat_map(|slice| slice.rules).find(|rule| rule.operation == id) else { return };
    let tag = tag_of(path).to_owned();
    operation.insert("tags".to_owned(), json!([tag]));
    used.push(tag);
    operation.insert("security".to_owned(), if rule.open { json!([]) } else { json!([{"bearer": []}]) });
    operation.insert("x-roles".to_owned(), roles(rule));
    operation.insert("x-reach".to_owned(), reach(rule));
    if rule.fresh {
        operation.insert("x-step-up".to_owned(), json!(true));
    }
    let has_body = operation.contains_key("requestBody");
    let takes_key = method == "post" && !rule.open && keeps_answers(path);
    let needs_match = has_parameter(operation, "If-Match");
    let pages = has_parameter(operation, "cursor");
    // What is asked for a day may not be there yet.
    let dated = ["as_of", "on", "year"].iter().any(|name| has_parameter(operation, name));
    let in_parts = has_parameter(operation, "Range");
    if takes_key {
        push_parameter(operation, json!({"$ref": "#/components/parameters/IdempotencyKey"}));
    }
    parameters::complete(operation, rule.sorts);
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    enrich_success(method, pages, schemas, responses);
    let writes = method != "get";
    let wanted = |status: u16| match status {
        401 | 403 => !rule.open || status == 401 && path.contains("/auth/"),
        404 => pages || dated || path.contains('{') || path.ends_with("/security.txt"),
        410 => path.ends_with("/events"),
        409 => writes,
        412 => needs_match,
        428 => needs_match && matches!(method, "put" | "patch" | "delete"),
        413 | 415 => has_body,
        416 => in_parts,
        422 => has_body || takes_key,
        400 | 405 | 406 | 429 | 500 | 503 => true,
        _ => false,
    };
    for (status, name, _) in PROBLEMS.iter().filter(|(status, ..)| wanted(*status)) {
        responses
            .entry(status.to_string())
            .or_insert_with(|| json!({"$ref": format!("#/components/responses/{name}")}));
    }
    responses.sort_keys();
}

fn keeps_answers(path: &str) -> bool {
    !["/auth/", "/me/", "/invitations", "/password-reset", "/imports", "/tokens", "/link"]
        .iter()
        .any(|part| path.contains(part))
}

fn roles(rule: &Rule) -> Value {
    if rule.open {
        return json!(["public"]);
    }
    let names = ["librarian", "mentor", "admin"];
    let allowed = names.iter().zip(rule.reach).filter(|(_, reach)| *reach != Reach::No).map(|(name, _)| *name);
    json!(allowed.collect::<Vec<_>>())
}

fn reach(rule: &Rule) -> Value {
    if rule.open {
        return json!({"public": "all"});
    }
    let word = |reach| match reach {
        Reach::No => "no",
        Reach::Own => "own",
        Reach::Mentees => "mentees",
        Reach::All => "all",
    };
    let [librarian, mentor, admin] = rule.reach.map(word);
    json!({"librarian": librarian, "mentor": mentor, "admin": admin})
}

fn has_parameter(operation: &Map<String, Value>, name: &str) -> bool {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters.is_some_and(|parameters| parameters.iter().any(|parameter| parameter["name"] == name))
}

fn push_parameter(operation: &mut Map<String, Value>, parameter: Value) {
    if let Some(parameters) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() {
        parameters.push(parameter);
    }
}

/// Headers of answers that succeed: where a new object is, and its tag.
fn enrich_success(method: &str, pages: bool, schemas: &Value, responses: &mut Map<String, Value>) {
    for (status, response) in responses.iter_mut() {
        let Some(response) = response.as_object_mut().filter(|_| status.starts_with('2')) else { continue };
        let mut headers = json!({
            "X-Request-Id": {"$ref": "#/components/headers/RequestId"},
            "RateLimit-Policy": {"$ref": "#/components/headers/RateLimitPolicy"},
            "RateLimit": {"$ref": "#/components/headers/RateLimit"},
        });
        if response.contains_key("content") && (method == "get" || status == "201" || is_versioned(response, schemas)) {
            headers["ETag"] = json!({"$ref": "#/components/headers/ETag"});
        }
        if pages {
            headers["Link"] = json!({"$ref": "#/components/headers/Link"});
        }
        let is_job = status == "202" && schema_of(response) == Some("Job");
        if is_job {
            headers["Retry-After"] = json!({"$ref": "#/components/headers/RetryAfter"});
        }
        if status == "201" || is_job {
            headers["Location"] = json!({"$ref": "#/components/headers/Location"});
        }
        response.insert("headers".to_owned(), headers);
    }
}

/// Whether the answer is an object that counts its changes: only such have a tag when they were written.
fn is_versioned(response: &Map<String, Value>, schemas: &Value) -> bool {
    schema_of(response).is_some_and(|name| schemas[name]["properties"].get("version").is_some())
}

/// What kind of object the answer is.
fn schema_of(response: &Map<String, Value>) -> Option<&str> {
    let schema = response.get("content").map(|content| &content["application/json"]["schema"])?;
    schema["$ref"].as_str()?.rsplit('/').next()
}
