//! What the document asks of a value, with its references followed.

use bina_pustaka::app;
use serde_json::{Value, json};

use crate::support::document::{must_fit, validator};

/// A schema of the document.
#[derive(Clone)]
pub struct Shape {
    /// Where it stands in the document, its references followed.
    pub at: String,
    /// What it says.
    pub schema: &'static Value,
    /// Whether null will do.
    pub is_nullable: bool,
}

impl Shape {
    /// The schema at a JSON pointer; of several alternatives the one that the example is of.
    pub fn of(at: &str, example: Option<&Value>) -> Self {
        let schema = app::document().pointer(at).unwrap_or_else(|| panic!("{at} is missing"));
        if let Some(target) = schema["$ref"].as_str() {
            return Self::of(target.trim_start_matches('#'), example);
        }
        for word in ["oneOf", "anyOf"] {
            let Some(choices) = schema[word].as_array() else { continue };
            let real: Vec<_> = (0..choices.len()).filter(|index| choices[*index]["type"] != "null").collect();
            let place = |index: &usize| format!("{at}/{word}/{index}");
            let fits = |index: &&usize| example.is_some_and(|example| validator(&place(index)).is_valid(example));
            let chosen = real.iter().find(fits).or(real.first()).expect("a choice");
            let inner = Self::of(&place(chosen), example);
            return Self { is_nullable: inner.is_nullable || real.len() < choices.len(), ..inner };
        }
        let is_nullable = schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("null")));
        Self { at: at.to_owned(), schema, is_nullable }
    }

    /// The type, null apart.
    pub fn kind(&self) -> &'static str {
        match &self.schema["type"] {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
            kind => kind.as_str(),
        }
        .unwrap_or("any")
    }

    /// The properties of an object, each with what the example says of it.
    pub fn properties(&self, example: &Value) -> Vec<(&'static str, Shape)> {
        let properties = self.schema["properties"].as_object().into_iter().flatten();
        let shape = |name: &str| {
            let at = format!("{}/properties/{}", self.at, name.replace('~', "~0").replace('/', "~1"));
            Self::of(&at, example.get(name).filter(|value| !value.is_null()))
        };
        properties.map(|(name, _)| (name.as_str(), shape(name))).collect()
    }

    pub fn requires(&self, name: &str) -> bool {
        self.schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)))
    }

    /// Whether it lists what an object may hold.
    pub fn is_closed(&self) -> bool {
        self.kind() == "object" && self.schema["additionalProperties"] == false
    }

    /// The shape of an array's items.
    pub fn items(&self, example: Option<&Value>) -> Option<Shape> {
        self.schema.get("items").map(|_| Self::of(&format!("{}/items", self.at), example))
    }

    pub fn whole(&self, word: &str) -> Option<i64> {
        self.schema[word].as_i64()
    }

    pub fn number(&self, word: &str) -> Option<f64> {
        self.schema[word].as_f64()
    }

    pub fn size(&self, word: &str) -> Option<usize> {
        self.schema[word].as_u64().and_then(|size| usize::try_from(size).ok())
    }

    /// A value that fits, where the example has none.
    pub fn sample(&self) -> Value {
        let value = self.guess();
        must_fit(&self.at, &value);
        value
    }

    fn guess(&self) -> Value {
        let given = ["example", "default"].iter().find_map(|word| self.schema.get(*word));
        let listed = ["examples", "enum"].iter().find_map(|word| self.schema[*word].get(0));
        if let Some(value) = given.or(listed).filter(|value| !value.is_null()) {
            return value.clone();
        }
        match self.kind() {
            "string" => self.words(),
            "integer" => {
                let (least, most) = (self.whole("minimum").unwrap_or(1), self.whole("maximum").unwrap_or(1));
                json!(least.max(1).min(most))
            }
            "number" => json!(self.number("minimum").unwrap_or_default()),
            "boolean" => json!(false),
            "array" => {
                let items = (0..self.size("minItems").unwrap_or_default()).filter_map(|_| self.items(None));
                Value::Array(items.map(|item| item.guess()).collect())
            }
            "object" => {
                let all = self.properties(&Value::Null);
                let wanted = all.into_iter().filter(|(name, _)| self.requires(name));
                Value::Object(wanted.map(|(name, shape)| (name.to_owned(), shape.guess())).collect())
            }
            _ => Value::Null,
        }
    }

    fn words(&self) -> Value {
        let candidates = match self.schema["format"].as_str() {
            Some("uuid") => ["019a0000-0000-7000-8000-000000000009"].as_slice(),
            Some("date") => &["2026-03-02"],
            Some("date-time") => &["2026-03-02T01:00:00.000Z"],
            Some("email") => &["somebody@test.example"],
            _ => &[
                "Kata",
                "KATA",
                "kata",
                "https://example.org/x",
                "123456",
                "III/c",
                "id",
                "A",
                "199203142019032005",
                "12345678",
                "1234",
                "+6281234567890",
                "a_kata_panjang_sekali",
            ],
        };
        let validator = validator(&self.at);
        let fits = candidates.iter().map(|text| json!(text)).find(|text| validator.is_valid(text));
        fits.unwrap_or_else(|| panic!("no text is known for {}: give its schema an example", self.at))
    }
}
