//! Every body is shown once: the example of its schema stands among the components, and bodies refer to it.

use serde_json::{Map, Value, json};

/// What answers that are not JSON look like.
const TEXTS: &[(&str, &str)] = &[
    ("application/pdf", "%PDF-1.7\n"),
    (
        "application/vc+jwt",
        "eyJhbGciOiJSUzI1NiIsInR5cCI6InZjK2p3dCJ9.eyJ0eXBlIjpbIlZlcmlmaWFibGVDcmVkZW50aWFsIl19.c2lnbmF0dXJl",
    ),
    ("image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\"></svg>"),
    ("text/calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bina Pustaka//ID\r\nEND:VCALENDAR\r\n"),
    ("text/csv", "code,title\r\nPRP.LP02.003.01,Melakukan Pengatalogan Deskriptif\r\n"),
    ("text/html", "<!DOCTYPE html><html lang=\"id\"><title>Tidak ditemukan</title></html>"),
    ("text/plain", "Contact: mailto:keamanan@pustaka.example\nExpires: 2027-01-01T00:00:00Z\n"),
];

/// Shows every body of every operation.
pub(super) fn show(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let mut kept = Map::new();
    let Some(paths) = document["paths"].as_object_mut() else { return };
    let operations = paths.values_mut().filter_map(Value::as_object_mut).flat_map(|item| item.values_mut());
    for operation in operations {
        if let Some(content) = operation.get_mut("requestBody").and_then(|body| body["content"].as_object_mut()) {
            show_content(content, &schemas, &mut kept);
        }
        let Some(responses) = operation["responses"].as_object_mut() else { continue };
        for content in responses.values_mut().filter_map(|response| response.get_mut("content")) {
            if let Some(content) = content.as_object_mut() {
                show_content(content, &schemas, &mut kept);
            }
        }
    }
    kept.sort_keys();
    document["components"]["examples"] = Value::Object(kept);
}

fn show_content(content: &mut Map<String, Value>, schemas: &Value, kept: &mut Map<String, Value>) {
    for (media, entry) in content.iter_mut() {
        if entry.get("example").is_some() || entry.get("examples").is_some() {
            continue;
        }
        if let Some((_, text)) = TEXTS.iter().find(|(known, _)| known == media) {
            entry["example"] = json!(text);
            continue;
        }
        let Some(name) = entry["schema"]["$ref"].as_str().and_then(|target| target.rsplit('/').next()) else {
            continue;
        };
        let Some(example) = example_of(&schemas[name], schemas) else { continue };
        let reference = format!("#/components/examples/{name}");
        kept.entry(name).or_insert_with(|| json!({"summary": summary(&schemas[name], name), "value": example}));
        entry["examples"] = json!({"example": {"$ref": reference}});
    }
}

/// The schema's own example; a page is shown with one row.
fn example_of(schema: &Value, schemas: &Value) -> Option<Value> {
    if let Some(example) = schema.get("example").or_else(|| schema.get("examples").and_then(|examples| examples.get(0)))
    {
        return Some(example.clone());
    }
    if let Some(target) = schema["$ref"].as_str() {
        return example_of(&schemas[target.rsplit('/').next()?], schemas);
    }
    let properties = schema["properties"].as_object()?;
    let item = example_of(&properties.get("items")?["items"], schemas)?;
    let page = example_of(properties.get("page")?, schemas)?;
    Some(json!({"items": [item], "page": page}))
}

/// The first sentence of what the schema is, or its name.
fn summary(schema: &Value, name: &str) -> String {
    let about = schema["description"].as_str().unwrap_or_default();
    let first = about.split(['\n', '.', ';', ':']).next().unwrap_or_default().trim();
    if first.is_empty() { name.to_owned() } else { first.to_owned() }
}
