//! Query parameters and headers that are wrong in one way.

use serde_json::Value;

use super::shape::Shape;
use super::{Blame, Case};
use crate::rules::operations::Operation;

/// A parameter of the document, its reference followed.
pub struct Parameter {
    pub name: &'static str,
    pub is_required: bool,
    pub is_query: bool,
    pub shape: Shape,
    /// A value that will do.
    pub good: String,
}

/// The parameters of an operation, but for those of its path.
pub fn parameters(operation: &Operation) -> Vec<Parameter> {
    let count = operation.about["parameters"].as_array().map_or(0, Vec::len);
    let mut all = Vec::new();
    for index in 0..count {
        let mut at = format!("{}/parameters/{index}", operation.at);
        let document = bina_pustaka::app::document();
        if let Some(target) = document.pointer(&at).and_then(|about| about["$ref"].as_str()) {
            target[1..].clone_into(&mut at);
        }
        let about = document.pointer(&at).expect("a parameter");
        if about["in"] == "path" {
            continue;
        }
        let shape = Shape::of(&format!("{at}/schema"), None);
        let good = match &about["example"] {
            Value::Null if shape.kind() == "boolean" => "true".to_owned(),
            Value::Null => shape.schema["enum"].get(0).and_then(Value::as_str).unwrap_or("1").to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        all.push(Parameter {
            name: about["name"].as_str().expect("a name"),
            is_required: about["required"] == true,
            is_query: about["in"] == "query",
            shape,
            good,
        });
    }
    all
}

/// All cases of an operation's query and headers.
pub fn cases(operation: &Operation) -> Vec<Case> {
    let all = parameters(operation);
    let needed = |but: &str| -> Vec<(String, String)> {
        let needed = all.iter().filter(|known| known.is_query && known.is_required && known.name != but);
        needed.map(|known| (known.name.to_owned(), known.good.clone())).collect()
    };
    let mut cases = Vec::new();
    let mut add = |what, name: &str, values: &[&str], code, fault| {
        let mut query = needed(name);
        query.extend(values.iter().map(|value| (name.to_owned(), (*value).to_owned())));
        let blame = if code == "invalid_cursor" { Blame::Nothing } else { Blame::Parameter(name.to_owned()) };
        // A cursor of the right form that is not of this list: there is no such page.
        let status = if code == "invalid_cursor" { 404 } else { 400 };
        cases.push(Case { what, query, blame, fault, ..Case::refused(status, code) });
    };
    let wrong = "invalid_parameter";
    // CASE describes servers that ignore what they do not know.
    if !operation.path.starts_with("/ims/") {
        add("unknown parameter", "no_such_parameter", &["1"], wrong, Some("unknown_parameter"));
    }
    for parameter in all.iter().filter(|parameter| parameter.is_query) {
        let name = parameter.name;
        if parameter.is_required {
            add("missing", name, &[], wrong, Some("required"));
        }
        add("given twice", name, &[&parameter.good, &parameter.good], wrong, Some("repeated"));
        if name == "cursor" {
            for cursor in ["AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
                add("a foreign cursor", name, &[cursor], "invalid_cursor", None);
            }
            add("wrong form", name, &["!"], wrong, Some("not_valid"));
            continue;
        }
        if name == "sort" {
            add("unknown key", name, &["no_such_key"], wrong, Some("not_sortable"));
            add("too many keys", name, &["a,b,c,d"], wrong, Some("out_of_range"));
            continue;
        }
        for (what, value) in values(&parameter.shape) {
            add(what, name, &[&value], wrong, None);
        }
    }
    cases.extend(headers(operation, &all));
    cases
}

fn values(shape: &Shape) -> Vec<(&'static str, String)> {
    let mut values = Vec::new();
    match shape.kind() {
        "integer" | "number" => {
            values.push(("wrong type", "seven".to_owned()));
            for (what, word, step) in [("too small", "minimum", -1), ("too great", "maximum", 1)] {
                values.extend(shape.whole(word).map(|edge| (what, (edge + step).to_string())));
            }
        }
        "boolean" => values.push(("wrong type", "yes".to_owned())),
        "array" => {
            if let Some(item) = shape.items(None) {
                values.extend(self::values(&item));
            }
        }
        _ if shape.schema.get("enum").is_some() => values.push(("unknown choice", "no_such_choice".to_owned())),
        _ => match shape.schema["format"].as_str() {
            Some("uuid") => values.push(("wrong form", "not-a-uuid".to_owned())),
            Some("date") => values.push(("wrong form", "2026-02-30".to_owned())),
            Some("date-time") => values.push(("wrong form", "2026-02-30T01:00:00Z".to_owned())),
            _ => {
                values.extend(shape.size("maxLength").map(|most| ("too long", "x".repeat(most + 1))));
                values.push(("U+0000", "\0".to_owned()));
            }
        },
    }
    values
}

fn headers(operation: &Operation, all: &[Parameter]) -> Vec<Case> {
    let mut cases = Vec::new();
    let (media, body) = match operation.least() {
        Some(body) => ("application/json", Some(body.to_string().into_bytes())),
        None => operation.file().map_or(("application/json", None), |(media, content)| (media, Some(content))),
    };
    let content_type = Some(media);
    for header in all.iter().filter(|parameter| !parameter.is_query) {
        let with = |what, value: &str, status, code| {
            let headers = vec![(header.name, value.to_owned())];
            let blame = if status == 400 { Blame::Header(header.name) } else { Blame::Nothing };
            Case { what, headers, blame, body: body.clone(), content_type, ..Case::refused(status, code) }
        };
        match header.name {
            "If-Match" => {
                cases.push(with("not a version", "yesterday", 400, "invalid_header"));
                if header.is_required {
                    cases.push(Case {
                        body: body.clone(),
                        content_type,
                        without_version: true,
                        what: "no version",
                        ..Case::refused(428, "if_match_required")
                    });
                }
                let stale = with("another version", "\"v999\"", 412, "stale_version");
                // What is closed may say so first.
                cases.push(Case { or_conflict: true, ..stale });
            }
            "Idempotency-Key" => cases.push(with("too short a key", "short", 400, "invalid_header")),
            _ => {}
        }
    }
    cases
}
