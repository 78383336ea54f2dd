//! Bodies that are wrong in one way.

use serde_json::{Value, json};

use super::shape::Shape;
use super::{Blame, Case};
use crate::rules::operations::Operation;
use crate::support::document::validator;

/// The most bytes of an ordinary body.
const LIMIT: usize = bina_pustaka::kernel::http::BODY_LIMIT;

/// Larger files are not tried: they would take the test's time.
const LARGEST_FILE: usize = 16 * 1024 * 1024;

/// Builds the cases of one operation's body.
pub struct Bodies {
    /// Where the schema stands in the document.
    at: String,
    /// A body that the document allows, with every field that it knows.
    whole: Value,
    cases: Vec<Case>,
}

/// All cases of the body whose schema stands at this place; or why there are none.
pub fn cases(at: &str) -> Result<Vec<Case>, String> {
    let shape = Shape::of(at, None);
    let example = shape.schema.get("example").cloned().ok_or_else(|| format!("{} has no example", shape.at))?;
    let shape = Shape::of(at, Some(&example));
    let faults: Vec<_> =
        validator(at).iter_errors(&example).map(|error| format!("{}: {error}", error.instance_path())).collect();
    if !faults.is_empty() {
        return Err(format!("the example of {} does not fit its schema: {faults:?}", shape.at));
    }
    let whole = complete(&shape, example);
    let mut bodies = Bodies { at: at.to_owned(), whole: whole.clone(), cases: Vec::new() };
    bodies.texts();
    bodies.value(&shape, &whole, "#");
    Ok(bodies.cases)
}

/// The cases of a body that is a file.
pub fn files(operation: &Operation) -> Vec<Case> {
    let mut cases = Vec::new();
    for (media, content) in operation.about["requestBody"]["content"].as_object().into_iter().flatten() {
        let body = Some(b"\x89PNG".to_vec());
        let foreign = Case::refused(415, "unsupported_media_type");
        cases.push(Case { what: "a picture", content_type: Some("image/x-unknown"), body, ..foreign });
        let at = format!("{}/requestBody/content/{}/schema", operation.at, media.replace('/', "~1"));
        let shape = Shape::of(&at, None);
        let most = content["schema"]["maxLength"].as_u64().and_then(|most| usize::try_from(most).ok());
        if let Some(most) = most.or(shape.size("maxLength")).filter(|most| *most <= LARGEST_FILE) {
            let body = Some(vec![b'x'; most + 1]);
            let large = Case::refused(413, "body_too_large");
            cases.push(Case { what: "a file over the limit", content_type: Some(media), body, ..large });
        }
    }
    cases
}

/// The example with a value in each field that it leaves out.
fn complete(shape: &Shape, mut example: Value) -> Value {
    for (name, field) in shape.properties(&example.clone()) {
        let given = example.get(name).filter(|value| !value.is_null()).cloned();
        let value = match given {
            Some(Value::Array(items)) if items.is_empty() => one_item(&field).unwrap_or_else(|| json!([])),
            Some(Value::Array(items)) => {
                let item =
                    |value: Value| field.items(Some(&value)).map_or(value.clone(), |shape| complete(&shape, value));
                Value::Array(items.into_iter().map(item).collect())
            }
            Some(value) => complete(&field, value),
            None if field.kind() == "array" => one_item(&field).unwrap_or_else(|| field.sample()),
            None => complete(&field, field.sample()),
        };
        if example.is_object() {
            example[name] = value;
        }
    }
    example
}

fn one_item(array: &Shape) -> Option<Value> {
    let item = array.items(None)?;
    Some(json!([complete(&item, item.sample())]))
}

impl Bodies {
    fn add(&mut self, what: &'static str, pointer: &str, body: Vec<u8>, fault: Option<&'static str>) {
        self.cases.push(Case {
            what,
            blame: Blame::Pointer(pointer.to_owned()),
            body: Some(body),
            fault,
            ..Case::refused(422, "invalid")
        });
    }

    /// The body with another value in one place; left out where the document allows it.
    fn put(&mut self, what: &'static str, pointer: &str, value: Value, fault: Option<&'static str>) {
        let mut body = self.whole.clone();
        let Some(place) = body.pointer_mut(&pointer[1..]) else { return };
        *place = value;
        let text = body.to_string().into_bytes();
        if text.len() > LIMIT || validator(&self.at).is_valid(&body) {
            return;
        }
        self.add(what, pointer, text, fault);
    }

    /// What is wrong before anybody looks at fields.
    fn texts(&mut self) {
        let good = self.whole.to_string();
        let mut add = |what, body: Vec<u8>, content_type, case: Case| {
            self.cases.push(Case { what, body: Some(body), content_type, ..case });
        };
        let json = Some("application/json");
        let broken = || Case::refused(400, "malformed_json");
        add("broken JSON", good.as_bytes()[..good.len() - 1].to_vec(), json, broken());
        add("JSON with something after it", format!("{good}x").into_bytes(), json, broken());
        add("not UTF-8", b"{\"\xff\":1}".to_vec(), json, broken());
        add("no body", Vec::new(), json, broken());
        let foreign = || Case::refused(415, "unsupported_media_type");
        add("text/plain", good.clone().into_bytes(), Some("text/plain"), foreign());
        add("a form", b"a=1".to_vec(), Some("application/x-www-form-urlencoded"), foreign());
        add("no content type", good.clone().into_bytes(), None, foreign());
        let packed = Case { headers: vec![("content-encoding", "gzip".to_owned())], ..foreign() };
        add("a packed body", good.clone().into_bytes(), json, packed);
        let long = format!("{good}{}", " ".repeat(LIMIT + 1 - good.len()));
        add("a body over the limit", long.into_bytes(), json, Case::refused(413, "body_too_large"));
        self.add("a list", "#", b"[]".to_vec(), Some("wrong_type"));
        self.add("a text", "#", b"\"x\"".to_vec(), Some("wrong_type"));
        self.add("null", "#", b"null".to_vec(), Some("wrong_type"));
    }

    fn value(&mut self, shape: &Shape, value: &Value, pointer: &str) {
        match shape.kind() {
            "object" => self.object(shape, value, pointer),
            "array" => self.array(shape, value, pointer),
            "string" => self.text(shape, value, pointer),
            "integer" | "number" => self.number(shape, pointer),
            "boolean" => self.put("wrong type", pointer, json!("yes"), Some("wrong_type")),
            _ => {}
        }
        if !shape.is_nullable && pointer != "#" {
            self.put("null", pointer, Value::Null, None);
        }
    }

    fn object(&mut self, shape: &Shape, value: &Value, pointer: &str) {
        if pointer != "#" {
            self.put("wrong type", pointer, json!("x"), Some("wrong_type"));
        }
        if shape.is_closed() {
            let mut more = value.clone();
            more["no_such_field"] = json!(1);
            let mut body = self.whole.clone();
            *body.pointer_mut(&pointer[1..]).expect("the place is there") = more;
            let text = body.to_string().into_bytes();
            self.add("unknown field", &format!("{pointer}/no_such_field"), text, Some("unknown_field"));
        }
        for (name, field) in shape.properties(value) {
            let place = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
            // Where null will do, a field that is absent means the same.
            if shape.requires(name) && !field.is_nullable {
                let mut less = value.clone();
                less.as_object_mut().expect("an object").remove(name);
                let mut body = self.whole.clone();
                *body.pointer_mut(&pointer[1..]).expect("the place is there") = less;
                self.add("missing", &place, body.to_string().into_bytes(), Some("required"));
            }
            let inner = value[name].clone();
            self.value(&field, &inner, &place);
        }
    }

    fn array(&mut self, shape: &Shape, value: &Value, pointer: &str) {
        self.put("wrong type", pointer, json!("x"), Some("wrong_type"));
        let Some(first) = value.get(0).cloned() else { return };
        if let Some(most) = shape.size("maxItems") {
            self.put("too many", pointer, Value::Array(vec![first.clone(); most + 1]), None);
        }
        if let Some(least @ 1..) = shape.size("minItems") {
            self.put("too few", pointer, Value::Array(vec![first.clone(); least - 1]), None);
        }
        if let Some(item) = shape.items(Some(&first)) {
            self.value(&item, &first, &format!("{pointer}/0"));
        }
    }

    fn text(&mut self, shape: &Shape, value: &Value, pointer: &str) {
        self.put("wrong type", pointer, json!(7), Some("wrong_type"));
        if shape.schema.get("enum").is_some() {
            return self.put("unknown choice", pointer, json!("no_such_choice"), Some("not_a_choice"));
        }
        if let Some(most) = shape.size("maxLength") {
            self.put("too long", pointer, json!("x".repeat(most + 1)), None);
        }
        if shape.size("minLength").is_some_and(|least| least > 0) {
            self.put("empty", pointer, json!(""), None);
        }
        let wrong: &[&str] = match shape.schema["format"].as_str() {
            Some("uuid") => &["not-a-uuid"],
            Some("date") => &["2026-02-30", "02.03.2026"],
            Some("date-time") => &["2026-02-30T01:00:00Z", "2026-03-02"],
            Some("email") => &["nobody"],
            Some("uri") => &["no address", "javascript:alert(1)"],
            _ if shape.schema.get("pattern").is_some() => &["   ", "!!!!!!!!", "ä ö"],
            _ => &[],
        };
        for text in wrong {
            self.put("wrong form", pointer, json!(text), None);
        }
        // A text with U+0000: no schema speaks of it, and no database keeps it.
        if shape.schema.get("format").is_none() && value.is_string() {
            let mut body = self.whole.clone();
            *body.pointer_mut(&pointer[1..]).expect("the place is there") = json!("\0");
            self.add("U+0000", pointer, body.to_string().into_bytes(), None);
        }
    }

    fn number(&mut self, shape: &Shape, pointer: &str) {
        self.put("wrong type", pointer, json!("seven"), Some("wrong_type"));
        if shape.kind() == "integer" {
            self.put("a fraction", pointer, json!(1.5), Some("wrong_type"));
        }
        for (what, word, step) in [("too small", "minimum", -1), ("too great", "maximum", 1)] {
            let beyond = match shape.whole(word) {
                Some(edge) => json!(edge + step),
                None => match shape.number(word) {
                    Some(edge) => json!(if step < 0 { edge - 1.0 } else { edge + 1.0 }),
                    None => continue,
                },
            };
            self.put(what, pointer, beyond, None);
        }
    }
}
