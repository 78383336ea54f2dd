//! What the form of a value says about its bounds, and what the generator says twice or not at all.

use serde_json::{Value, json};

/// Bounds every value whose form bounds it: identifiers, days, instants, whole numbers, and answers that are not JSON.
pub(super) fn finish(document: &mut Value) {
    walk(document);
    let Some(paths) = document["paths"].as_object_mut() else { return };
    let operations = paths.values_mut().filter_map(Value::as_object_mut).flat_map(|item| item.values_mut());
    for operation in operations {
        let Some(responses) = operation["responses"].as_object_mut() else { continue };
        for content in responses.values_mut().filter_map(|response| response.get_mut("content")) {
            let Some(content) = content.as_object_mut() else { continue };
            for (media, entry) in content.iter_mut().filter(|(media, _)| !media.ends_with("json")) {
                if entry["schema"].get("$ref").is_none() {
                    entry["schema"]["maxLength"] = json!(if media == "text/csv" { 100_000_000 } else { 10_000_000 });
                }
            }
        }
    }
}

/// Only schemas have both a `type` and a `format`; examples are left alone.
fn walk(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            merge_described(fields);
            if let Some((least, most)) = fields.get("format").and_then(Value::as_str).and_then(length) {
                fields.entry("minLength").or_insert(json!(least));
                fields.entry("maxLength").or_insert(json!(most));
            }
            if is(fields.get("type"), "integer") && !fields.contains_key("format") {
                let wide = fields.get("maximum").and_then(Value::as_i64).is_some_and(|most| most > i32::MAX.into());
                fields.insert("format".to_owned(), json!(if wide { "int64" } else { "int32" }));
            }
            let nested =
                fields.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "example" | "examples" | "default"));
            nested.for_each(|(_, inner)| walk(inner));
        }
        Value::Array(items) => items.iter_mut().for_each(walk),
        _ => {}
    }
}

/// A field with a default and a type of its own comes as `allOf` of the type and of an object that holds the description;
/// no text is an object too.
fn merge_described(fields: &mut serde_json::Map<String, Value>) {
    let Some([kind, described]) = fields.get("allOf").and_then(Value::as_array).map(Vec::as_slice) else { return };
    if described["type"] != "object" || described.get("properties").is_some() {
        return;
    }
    let (kind, described) = (kind.clone(), described.clone());
    fields.remove("allOf");
    for part in [kind, described] {
        let part = part.as_object().cloned().unwrap_or_default();
        fields.extend(part.into_iter().filter(|(name, value)| name != "type" || value != "object"));
    }
}

fn is(kind: Option<&Value>, name: &str) -> bool {
    kind.is_some_and(|kind| kind == name || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == name)))
}

/// The least and the most characters of a form.
fn length(format: &str) -> Option<(u8, u8)> {
    match format {
        "uuid" => Some((36, 36)),
        "date" => Some((10, 10)),
        "date-time" => Some((20, super::super::clock::LONGEST_INSTANT)),
        _ => None,
    }
}
