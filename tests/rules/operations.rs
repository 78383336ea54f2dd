//! What the served document says of the operations.

use actix_web::http::Method;
use bina_pustaka::app;
use serde_json::{Value, json};

use super::bad_input::shape::Shape;
use crate::support::document::validator;

/// An operation of the document.
pub struct Operation {
    pub id: &'static str,
    pub method: Method,
    pub path: &'static str,
    /// Where it stands in the document.
    pub at: String,
    pub about: &'static Value,
}

/// All operations.
pub fn operations() -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in app::document()["paths"].as_object().unwrap() {
        for (method, about) in item.as_object().unwrap() {
            operations.push(Operation {
                id: about["operationId"].as_str().unwrap(),
                method: method.to_uppercase().parse().unwrap(),
                path,
                at: format!("/paths/{}/{method}", path.replace('~', "~0").replace('/', "~1")),
                about,
            });
        }
    }
    operations
}

impl Operation {
    /// Whether nobody needs to sign in.
    pub fn is_public(&self) -> bool {
        !self.about["x-reach"]["public"].is_null()
    }

    /// How far a role reaches.
    pub fn reach(&self, role: &str) -> &'static str {
        if self.is_public() { "public" } else { self.about["x-reach"][role].as_str().unwrap() }
    }

    /// The names of the path's parameters.
    pub fn names(&self) -> Vec<&'static str> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    /// Whether it looks at `If-Match`.
    pub fn takes_version(&self) -> bool {
        let parameters = self.about["parameters"].as_array().into_iter().flatten();
        let mut resolved = parameters.map(|known| match known["$ref"].as_str() {
            Some(target) => app::document().pointer(&target[1..]).expect("a parameter"),
            None => known,
        });
        resolved.any(|known| known["name"] == "If-Match")
    }

    /// Where the schema of its JSON body stands.
    pub fn body_at(&self) -> Option<String> {
        self.about.pointer("/requestBody/content/application~1json/schema")?;
        Some(format!("{}/requestBody/content/application~1json/schema", self.at))
    }

    /// The body that the document shows.
    pub fn example(&self) -> Option<Value> {
        Shape::of(&self.body_at()?, None).schema.get("example").cloned()
    }

    /// A file where it takes one: its type, and content that begins as it should.
    pub fn file(&self) -> Option<(&'static str, Vec<u8>)> {
        let content = self.about["requestBody"]["content"].as_object()?;
        let (media, _) = content.iter().find(|(media, _)| !media.ends_with("json"))?;
        Some((media.as_str(), b"%PDF-1.7".to_vec()))
    }

    /// A body that the document allows: as little as will do.
    pub fn least(&self) -> Option<Value> {
        let empty = json!({});
        if validator(&self.body_at()?).is_valid(&empty) { Some(empty) } else { self.example() }
    }
}
