use std::collections::HashSet;

use bina_pustaka::app;
use bina_pustaka::kernel::clock::Instant;

#[test]
fn the_committed_document_is_current() {
    let current = serde_json::to_string_pretty(app::document()).unwrap() + "\n";
    let committed = std::fs::read_to_string("openapi/openapi.json").unwrap_or_default();
    assert!(current == committed, "openapi/openapi.json is out of date: refresh it with `cargo openapi`");
}

#[test]
fn operations_are_unique_described_and_have_one_rule_each() {
    let mut seen = HashSet::new();
    for (path, item) in app::document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(seen.insert(id.to_owned()), "{id} stands twice");
            let rules = app::SLICES.iter().flat_map(|slice| slice.rules).filter(|rule| rule.operation == id).count();
            assert_eq!(rules, 1, "{method} {path} ({id}) has {rules} rules");
            let summary = operation["summary"].as_str().unwrap();
            assert!(summary.len() <= 60 && !operation["description"].as_str().unwrap_or_default().is_empty(), "{id}");
            assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{id}");
        }
    }
    for rule in app::SLICES.iter().flat_map(|slice| slice.rules) {
        assert!(seen.contains(rule.operation), "{} is no operation", rule.operation);
    }
}

#[test]
fn texts_lists_and_numbers_of_bodies_have_limits() {
    fn walk(place: &str, schema: &serde_json::Value, faults: &mut Vec<String>) {
        let kind = match &schema["type"] {
            serde_json::Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").cloned().unwrap_or_default(),
            kind => kind.clone(),
        };
        let formatted = ["uuid", "date", "date-time"].iter().any(|format| schema["format"] == *format);
        match kind.as_str() {
            Some("string") if schema.get("enum").is_none() && !formatted && schema.get("maxLength").is_none() => {
                faults.push(format!("{place}: no maxLength"));
            }
            Some("integer") if schema.get("maximum").is_none() || schema.get("minimum").is_none() => {
                faults.push(format!("{place}: no limits"));
            }
            Some("array") if schema.get("maxItems").is_none() => faults.push(format!("{place}: no maxItems")),
            _ => {}
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            walk(&format!("{place}.{name}"), property, faults);
        }
        if let Some(items) = schema.get("items") {
            walk(&format!("{place}[]"), items, faults);
        }
    }
    let mut faults = Vec::new();
    for (name, schema) in app::document()["components"]["schemas"].as_object().unwrap() {
        walk(name, schema, &mut faults);
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// An instant of ours is `kernel::clock::Instant`, which always has milliseconds; CASE has a form of its own.
#[test]
fn every_instant_of_an_answer_has_milliseconds() {
    for (name, schema) in app::document()["components"]["schemas"].as_object().unwrap() {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let plain = property["format"] == "date-time" && !name.starts_with("Case");
            assert!(!plain, "{name}.{field} is a DateTime: make it an Instant (kernel::clock)");
        }
    }
    let instant: serde_json::Value = serde_json::to_value(Instant("2026-03-02T01:00:00Z".parse().unwrap())).unwrap();
    assert_eq!(instant, "2026-03-02T01:00:00.000Z");
}

#[test]
fn every_list_says_what_it_can_be_sorted_by() {
    let mut unsaid = Vec::new();
    for rule in app::SLICES.iter().flat_map(|slice| slice.rules).filter(|rule| rule.operation.starts_with("list_")) {
        let paths = app::document()["paths"].as_object().unwrap();
        let operations = paths.values().flat_map(|item| item.as_object().unwrap().values());
        let operation = operations.into_iter().find(|operation| operation["operationId"] == rule.operation).unwrap();
        let takes_sort = operation["parameters"].as_array().into_iter().flatten().any(|parameter| {
            let shared = parameter["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
            let parameter = shared.map_or(parameter, |pointer| app::document().pointer(pointer).unwrap());
            parameter["name"] == "sort" && parameter["schema"].get("enum").is_none()
        });
        if takes_sort && rule.sorts.is_empty() {
            unsaid.push(rule.operation);
        }
    }
    assert!(unsaid.is_empty(), "their rows in the policy lack `.sorted_by(…)`: {unsaid:?}");
}
