//! Callers, and what they are answered. Every answer is compared with the OpenAPI document before a test sees it.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use serde_json::Value;

use super::app::TestApp;

/// Somebody who calls.
#[derive(Clone)]
pub struct Client {
    app: TestApp,
    token: Option<String>,
    headers: Vec<(String, String)>,
    /// The account.
    pub user_id: Option<uuid::Uuid>,
    /// The professional record.
    pub librarian_id: Option<uuid::Uuid>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub json: Value,
}

impl Client {
    pub fn new(app: TestApp, token: Option<String>) -> Self {
        Self { app, token, headers: Vec::new(), user_id: None, librarian_id: None }
    }

    /// The same caller with another header.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, &[]).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string().into_bytes()), &[]).await
    }

    /// A step without a body.
    pub async fn step(&self, path: &str) -> Answer {
        self.send(Method::POST, path, None, &[]).await
    }

    pub async fn put(&self, path: &str, tag: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(body.to_string().into_bytes()), &[("if-match", tag)]).await
    }

    /// Changes an object with the tag of an answer that holds it.
    pub async fn patch(&self, path: &str, tag: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(body.to_string().into_bytes()), &[("if-match", tag)]).await
    }

    pub async fn delete(&self, path: &str, tag: &str) -> Answer {
        self.send(Method::DELETE, path, None, &[("if-match", tag)]).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<Vec<u8>>, headers: &[(&str, &str)]) -> Answer {
        let path = if path.starts_with('/') && !path.starts_with("/api") && !is_root(path) {
            format!("/api/v1{path}")
        } else {
            path.to_owned()
        };
        let mut request =
            TestRequest::with_uri(&path).method(method.clone()).peer_addr("127.0.0.1:5555".parse().unwrap());
        let own: Vec<_> = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        for (name, value) in own.iter().chain(headers) {
            request = request.insert_header((*name, *value));
        }
        if let Some(token) = &self.token {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        if let Some(body) = body {
            let typed = own.iter().chain(headers).any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            if !typed {
                request = request.insert_header(("content-type", "application/json"));
            }
            request = request.set_payload(body);
        }
        let response = (self.app.call)(request.to_request()).await.expect("every error is answered");
        let status = response.status();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
            .collect();
        let Ok(body) = actix_web::body::to_bytes(response.into_body()).await.map_err(|_| ()) else {
            panic!("the body of an answer can be read");
        };
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        let answer = Answer { status, headers, body: body.to_vec(), json };
        answer.must_fit_the_document(&method, &path);
        answer
    }
}

fn is_root(path: &str) -> bool {
    ["/health", "/openapi.json", "/docs", "/.well-known", "/ims", "/problems"].iter().any(|root| path.starts_with(root))
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn tag(&self) -> &str {
        self.header("etag").expect("an object has a tag")
    }

    pub fn id(&self) -> String {
        self.json["id"].as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{text}");
        self
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        self.is(200)
    }

    #[track_caller]
    pub fn created(self) -> Self {
        let answer = self.is(201);
        assert!(answer.header("location").is_some(), "a new object says where it is");
        answer
    }

    #[track_caller]
    pub fn no_content(self) -> Self {
        self.is(204)
    }

    /// Refused with this code.
    #[track_caller]
    pub fn refused(self, code: &str) -> Self {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.json["code"], code, "{text}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        self
    }

    /// Says that this part of the request is wrong in this way.
    #[track_caller]
    pub fn blames(self, place: &str, code: &str) -> Self {
        let found = self.json["errors"].as_array().unwrap().iter().any(|error| {
            (error["pointer"] == place || error["parameter"] == place || error["header"] == place)
                && error["code"] == code
        });
        assert!(found, "{place} {code} is not among {}", self.json["errors"]);
        self
    }

    /// The values of a field of all items of a page.
    pub fn column(&self, field: &str) -> Vec<Value> {
        self.json["items"].as_array().unwrap().iter().map(|item| item[field].clone()).collect()
    }

    /// The document lists this status for the operation, and the body has all that its schema requires.
    fn must_fit_the_document(&self, method: &Method, path: &str) {
        let Some((template, operation)) = operation(method, path) else { return };
        let status = self.status.as_u16().to_string();
        let Some(response) = operation["responses"].get(&status) else {
            assert!(
                self.status == StatusCode::NOT_MODIFIED,
                "{method} {template} answered {status}, which is not listed"
            );
            return;
        };
        if !self.status.is_success() && path.starts_with("/ims/") {
            // CASE has its own errors; a version of it that we do not have is no path at all.
            assert!(self.json["imsx_codeMajor"] == "failure" || self.json["code"] == "not_found", "{}", self.json);
            return;
        }
        if !self.status.is_success() {
            for field in ["type", "title", "status", "detail", "instance", "code", "errors", "current_version"] {
                assert!(self.json.get(field).is_some(), "a problem has {field}: {}", self.json);
            }
            return;
        }
        let Some(schema) = response["content"]["application/json"].get("schema") else { return };
        if self.header("content-type") == Some("application/json") {
            fits(schema, &self.json, &format!("{method} {template}"));
        }
    }
}

/// The operation of the document that serves a path.
pub fn operation(method: &Method, path: &str) -> Option<(String, &'static Value)> {
    let path = path.split('?').next().unwrap_or_default();
    let paths = bina_pustaka::app::document()["paths"].as_object()?;
    let fits = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template.split('/').zip(path.split('/')).all(|(known, given)| known == given || known.starts_with('{'))
    };
    let mut found: Vec<_> = paths.iter().filter(|(template, _)| fits(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    let (template, item) = found.first()?;
    Some(((*template).clone(), item.get(method.as_str().to_lowercase())?))
}

/// A value against a schema of the document: types, required and unknown properties, enums.
fn fits(schema: &'static Value, value: &Value, place: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return fits(&bina_pustaka::app::document()["components"]["schemas"][name], value, place);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let chosen = choices.iter().find(|choice| (choice["type"] == "null") == value.is_null());
        return fits(chosen.unwrap_or_else(|| panic!("{place}: {value} fits no choice")), value, place);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allows = |known: &Value| known == kind || known == "number" && kind == "integer";
    match &schema["type"] {
        Value::Null => {}
        Value::Array(kinds) => assert!(kinds.iter().any(allows), "{place}: {value} is none of {kinds:?}"),
        one => assert!(allows(one), "{place}: {value} is not {one}"),
    }
    if let Some(words) = schema["enum"].as_array() {
        assert!(value.is_null() || words.contains(value), "{place}: {value} is not among {words:?}");
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for (index, value) in values.iter().enumerate() {
            fits(items, value, &format!("{place}/{index}"));
        }
    }
    if let (Some(properties), Some(fields)) = (schema["properties"].as_object(), value.as_object()) {
        for required in schema["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(required.as_str().unwrap()), "{place}: {required} is missing");
        }
        for (name, value) in fields {
            let property = properties.get(name).unwrap_or_else(|| panic!("{place}: {name} is not in the document"));
            fits(property, value, &format!("{place}/{name}"));
        }
    }
}
