//! The OpenAPI document as a judge: what an answer must look like, compiled once for each schema.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use actix_web::http::Method;
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use super::client::Answer;

/// The document with every object closed: an answer holds no field that is not described.
static CLOSED: LazyLock<Value> = LazyLock::new(|| {
    let mut document = bina_pustaka::app::document().clone();
    close(&mut document);
    document["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    document
});

const ADDRESS: &str = "https://bina.example/openapi.json";

fn close(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(close),
        Value::Object(fields) => {
            if fields.contains_key("properties") && !fields.contains_key("additionalProperties") {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
            for (_, field) in fields.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "example" | "examples")) {
                close(field);
            }
        }
        _ => {}
    }
}

/// The validator of the schema at a JSON pointer of the document: types, required and unknown properties, formats, patterns,
/// limits.
pub fn validator(pointer: &str) -> Arc<Validator> {
    static REGISTRY: LazyLock<Registry<'static>> =
        LazyLock::new(|| Registry::new().add(ADDRESS, &*CLOSED).unwrap().prepare().unwrap());
    static COMPILED: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(validator) = compiled.get(pointer) {
        return Arc::clone(validator);
    }
    let validator = jsonschema::options()
        .with_registry(&REGISTRY)
        .should_validate_formats(true)
        .build(&json!({"$ref": format!("{ADDRESS}#{}", pointer.replace('{', "%7B").replace('}', "%7D"))}))
        .unwrap_or_else(|error| panic!("{pointer}: {error}"));
    let validator = Arc::new(validator);
    compiled.insert(pointer.to_owned(), Arc::clone(&validator));
    validator
}

/// A value fits the schema at a JSON pointer of the document.
#[track_caller]
pub fn must_fit(pointer: &str, value: &Value) {
    let validator = validator(pointer);
    let faults: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).take(5).collect();
    assert!(faults.is_empty(), "{pointer}: {faults:#?}\n{value:#}");
}

fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// What a `$ref` of the document stands for, and where.
fn follow(pointer: String) -> (String, &'static Value) {
    let value = bina_pustaka::app::document().pointer(&pointer).unwrap_or_else(|| panic!("{pointer} is missing"));
    match value["$ref"].as_str() {
        Some(target) => follow(target.trim_start_matches('#').to_owned()),
        None => (pointer, value),
    }
}

/// The template and the operation of the document that serve a path.
pub fn operation(method: &Method, path: &str) -> Option<(&'static str, &'static Value)> {
    let path = path.split('?').next().unwrap_or_default();
    let paths = bina_pustaka::app::document()["paths"].as_object()?;
    let fits = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template.split('/').zip(path.split('/')).all(|(known, given)| {
                known == given
                    || known.starts_with('{') && given.ends_with(known.rsplit('}').next().unwrap_or_default())
            })
    };
    let found = paths.iter().filter(|(template, _)| fits(template));
    // The one that says most: fewest parameters, and a suffix rather than none.
    let (template, item) =
        found.min_by_key(|(template, _)| (template.matches('{').count(), template.ends_with('}')))?;
    Some((template.as_str(), item.get(method.as_str().to_lowercase())?))
}

/// The answer is one that the document describes: status, media type, headers, body.
pub fn must_describe(method: &Method, path: &str, answer: &Answer) {
    let Some((template, operation)) = operation(method, path) else { return };
    let place = format!("{method} {template} answered {}", answer.status);
    let status = answer.status.as_u16().to_string();
    if operation["responses"].get(&status).is_none() {
        // A client that asks for what it has already knows of 304.
        assert!(status == "304", "{place}, which is not listed: {}", String::from_utf8_lossy(&answer.body));
        return;
    }
    let verb = method.as_str().to_lowercase();
    let (pointer, response) = follow(format!("/paths/{}/{verb}/responses/{status}", escape(template)));
    for (name, header) in response["headers"].as_object().into_iter().flatten() {
        let (about, header) = follow(
            header["$ref"]
                .as_str()
                .map_or_else(|| format!("{pointer}/headers/{}", escape(name)), |to| to[1..].to_owned()),
        );
        match answer.header(name) {
            None => assert!(header["required"] != true, "{place} without {name}"),
            Some(text) if header["schema"]["type"] == "integer" => {
                must_fit(&format!("{about}/schema"), &json!(text.parse::<i64>().unwrap()));
            }
            Some(text) => must_fit(&format!("{about}/schema"), &json!(text)),
        }
    }
    let Some(content) = response["content"].as_object() else {
        assert!(answer.body.is_empty(), "{place} with a body that is not described");
        return;
    };
    let media = answer.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
    if media == "application/problem+json" && !content.contains_key(media) {
        // CASE has its own errors; a version of it that we do not have is no path at all.
        assert!(template.starts_with("/ims/") && answer.json["code"] == "not_found", "{place} as {media}");
        return must_fit("/components/schemas/Problem", &answer.json);
    }
    assert!(content.contains_key(media), "{place} as {media}, which is not listed");
    if media.ends_with("json") {
        must_fit(&format!("{pointer}/content/{}/schema", escape(media)), &answer.json);
    }
}
