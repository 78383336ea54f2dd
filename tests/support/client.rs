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
        super::document::must_describe(&method, &path, &answer);
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
}
