//! Parameters: what is always true of them is said once, and what several operations take stands in one place.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// An identifier as examples show it.
const SOME_ID: &str = "019a0000-0000-7000-8000-000000000000";

/// Completes the parameters of one operation. `sorts` holds what its list can be sorted by.
pub(super) fn complete(operation: &mut Map<String, Value>, sorts: &[&str]) {
    let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { return };
    for parameter in parameters.iter_mut().filter(|parameter| parameter.get("$ref").is_none()) {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        never_null(&mut parameter["schema"]);
        if parameter.get("description").is_none() {
            let about = name.strip_suffix("_id").unwrap_or(&name).replace('_', " ");
            parameter["description"] = json!(format!("The id of the {about}."));
        }
        if name == "sort" && !sorts.is_empty() {
            let any = sorts.join("|");
            parameter["schema"]["pattern"] = json!(format!("^-?({any})(,-?({any})){{0,2}}$"));
            parameter["example"] = json!(format!("-{}", sorts.first().copied().unwrap_or_default()));
        }
        let schema = &mut parameter["schema"];
        let free = ["enum", "format", "pattern"].iter().all(|form| schema.get(form).is_none());
        if schema["type"] == "string" && free && parameter["in"] == "query" {
            // No database keeps it.
            parameter["schema"]["pattern"] = json!(r"^[^\u0000]*$");
        }
        if parameter.get("example").is_none() && parameter["schema"]["format"] == "uuid" {
            parameter["example"] = json!(SOME_ID);
        }
    }
}

/// What is optional in a query is left out; nobody can write null there.
fn never_null(schema: &mut Value) {
    let null = json!("null");
    if let Some(kinds) = schema["type"].as_array_mut() {
        kinds.retain(|kind| *kind != null);
        if let [only] = kinds.as_slice() {
            schema["type"] = only.clone();
        }
    }
    let choices = schema["oneOf"].as_array();
    if let Some([choice, other]) = choices.map(Vec::as_slice)
        && other["type"] == null
    {
        *schema = choice.clone();
    }
    if let Some(fields) = schema.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
}

/// Moves every parameter that several operations take alike among the components.
pub(super) fn share(document: &mut Value) {
    let mut uses: HashMap<String, u32> = HashMap::new();
    let count = |parameter: &mut Value| {
        if parameter.get("$ref").is_none() {
            *uses.entry(parameter.to_string()).or_default() += 1;
        }
    };
    each(document, count);
    let mut shared = document["components"]["parameters"].as_object().cloned().unwrap_or_default();
    let refer = |parameter: &mut Value| {
        if uses.get(&parameter.to_string()).is_some_and(|uses| *uses > 1) {
            let name = keep(&mut shared, parameter);
            *parameter = json!({"$ref": format!("#/components/parameters/{name}")});
        }
    };
    each(document, refer);
    shared.sort_keys();
    document["components"]["parameters"] = Value::Object(shared);
}

fn each(document: &mut Value, mut act: impl FnMut(&mut Value)) {
    let Some(paths) = document["paths"].as_object_mut() else { return };
    let operations = paths.values_mut().filter_map(Value::as_object_mut).flat_map(|item| item.values_mut());
    for operation in operations {
        operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten().for_each(&mut act);
    }
}

/// The name under which this parameter stands among the components.
fn keep(shared: &mut Map<String, Value>, parameter: &Value) -> String {
    let plain = pascal(parameter["name"].as_str().unwrap_or_default());
    let by = parameter["example"].as_str().filter(|_| plain == "Sort").map(pascal).unwrap_or_default();
    let place = if parameter["required"] == true { "" } else { "Optional" };
    let numbered = (2..100).map(|number| format!("{plain}{number}"));
    let names = [format!("{plain}{by}"), format!("{plain}{place}")].into_iter().chain(numbered);
    for name in names {
        match shared.get(&name) {
            Some(known) if known == parameter => return name,
            Some(_) => {}
            None => {
                shared.insert(name.clone(), parameter.clone());
                return name;
            }
        }
    }
    plain
}

fn pascal(name: &str) -> String {
    let words = name.split(['_', '-']).map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    });
    words.collect()
}
