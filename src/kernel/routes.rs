//! Routes: given to the running application, or told to the document.
//!
//! The framework tries one path pattern after the other, most of them by a regular expression. With hundreds of operations that
//! would cost more than many an answer; so the routes of each resource stand behind a guard that looks at the path first.
//! A process that serves does not draw up the document before somebody asks for it; what it states of query parameters holds all
//! the same, for each operation is asked once.

use std::sync::Arc;

use actix_web::dev::HttpServiceFactory;
use actix_web::guard::{Guard, GuardContext};
use actix_web::http::Method;
use actix_web::web;
use url::form_urlencoded;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{HttpMethod, Parameter, ParameterIn};
use utoipa_actix_web::OpenApiFactory;
use utoipa_actix_web::service_config::ServiceConfig as Document;

use super::validation::{OUT_OF_RANGE, TOO_LONG, UNKNOWN_PARAMETER, Violation};

/// Where the API begins.
pub const ROOT: &str = "/api/v1";

/// Where the operations of a foreign standard (CASE) begin.
const FOREIGN: &str = "/ims/";

/// Takes the routes of a chapter.
pub struct ServiceConfig<'a, 'd>(Taker<'a, 'd>);

enum Taker<'a, 'd> {
    /// The application, under a prefix; with the operations that it has taken.
    Application { config: &'a mut web::ServiceConfig, prefix: &'static str, operations: Vec<Operation> },
    /// The document.
    Document(&'a mut Document<'d>),
}

impl<'a, 'd> ServiceConfig<'a, 'd> {
    /// Takes routes into the application, under a prefix.
    pub fn serving(config: &'a mut web::ServiceConfig, prefix: &'static str) -> Self {
        Self(Taker::Application { config, prefix, operations: Vec::new() })
    }

    /// Takes routes into the document.
    pub fn describing(document: &'a mut Document<'d>) -> Self {
        Self(Taker::Document(document))
    }

    /// Takes an operation.
    pub fn service<F>(&mut self, operation: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + utoipa::Path + 'static,
    {
        match &mut self.0 {
            Taker::Application { config, operations, .. } => {
                let path = F::path();
                let parameters = F::operation().parameters.unwrap_or_default();
                let query: Arc<[Known]> = parameters.iter().filter_map(Known::of).collect();
                let methods = F::methods();
                operations.extend(methods.iter().map(|method| Operation::new(method, &path, Arc::clone(&query))));
                config.service(operation);
            }
            Taker::Document(document) => {
                document.service(operation);
            }
        }
        self
    }

    /// Takes the routes of a resource, which are tried only for requests that fit one of them.
    pub fn configure(&mut self, routes: impl FnOnce(&mut ServiceConfig<'_, '_>)) -> &mut Self {
        match &mut self.0 {
            Taker::Application { config, prefix, operations } => {
                let mut taken = Vec::new();
                let resource = web::scope("").configure(|inner| {
                    let mut inner = ServiceConfig::serving(inner, prefix);
                    routes(&mut inner);
                    if let Taker::Application { operations, .. } = inner.0 {
                        taken = operations;
                    }
                });
                operations.extend(taken.iter().cloned());
                config.service(resource.guard(Fits { prefix, operations: taken }));
            }
            Taker::Document(document) => routes(&mut ServiceConfig::describing(document)),
        }
        self
    }
}

/// An operation as requests show it.
#[derive(Clone)]
struct Operation {
    method: Method,
    /// The segments of its path; none for a parameter.
    segments: Vec<Option<String>>,
    /// The parameters of a query that it knows.
    query: Arc<[Known]>,
}

/// A parameter of a query, with its limits in the document.
struct Known {
    name: String,
    longest: Option<u64>,
    least: Option<i64>,
    greatest: Option<i64>,
}

/// What is wrong with the query of a request, for the guard of the operation to say.
#[derive(Clone, Debug)]
pub struct WrongQuery(pub Violation);

impl Known {
    fn of(parameter: &RefOr<Parameter>) -> Option<Self> {
        let RefOr::T(parameter) = parameter else { return None };
        if parameter.parameter_in != ParameterIn::Query {
            return None;
        }
        let schema = serde_json::to_value(&parameter.schema).unwrap_or_default();
        Some(Self {
            name: parameter.name.clone(),
            longest: schema.get("maxLength").and_then(serde_json::Value::as_u64),
            least: schema.get("minimum").and_then(serde_json::Value::as_i64),
            greatest: schema.get("maximum").and_then(serde_json::Value::as_i64),
        })
    }

    /// What is wrong with a value that can be read, which is for the handler to do.
    fn fault(&self, value: &str) -> Option<Violation> {
        let fault = |fault| Violation::parameter(self.name.clone(), fault);
        if let Some(longest) = self.longest.filter(|longest| value.chars().count() as u64 > *longest) {
            return Some(fault(&TOO_LONG).with("max", longest));
        }
        let (least, greatest) = (self.least.unwrap_or(i64::MIN), self.greatest.unwrap_or(i64::MAX));
        let number: i64 = value.parse().ok().filter(|number| !(least..=greatest).contains(number))?;
        let limits = (self.least.is_some() || self.greatest.is_some()).then_some(number);
        limits.map(|_| fault(&OUT_OF_RANGE).with("min", least).with("max", greatest))
    }
}

/// What is wrong with a query, whatever its operation: it holds a parameter that the operation does not know, or one beyond the
/// limits that the document states.
fn wrong_query(query: &str, known: &[Known]) -> Option<Violation> {
    form_urlencoded::parse(query.as_bytes()).find_map(|(name, value)| {
        match known.iter().find(|parameter| parameter.name == name) {
            Some(parameter) => parameter.fault(&value),
            None => Some(Violation::parameter(name.replace('\0', "�"), &UNKNOWN_PARAMETER)),
        }
    })
}

impl Operation {
    fn new(method: &HttpMethod, path: &str, query: Arc<[Known]>) -> Self {
        let method = match method {
            HttpMethod::Get => Method::GET,
            HttpMethod::Post => Method::POST,
            HttpMethod::Put => Method::PUT,
            HttpMethod::Patch => Method::PATCH,
            HttpMethod::Delete => Method::DELETE,
            HttpMethod::Options => Method::OPTIONS,
            HttpMethod::Head => Method::HEAD,
            HttpMethod::Trace => Method::TRACE,
        };
        let segments = path.split('/').skip(1).map(|known| (!known.starts_with('{')).then(|| known.to_owned()));
        Self { method, segments: segments.collect(), query }
    }

    fn fits(&self, method: &Method, path: &str) -> bool {
        let mut given = path.split('/').skip(1);
        *method == self.method
            && self.segments.iter().all(|known| match (known, given.next()) {
                (Some(known), Some(given)) => known == given,
                (None, Some(given)) => !given.is_empty(),
                (_, None) => false,
            })
            && given.next().is_none()
    }
}

/// Lets requests pass that fit one of these operations.
struct Fits {
    prefix: &'static str,
    operations: Vec<Operation>,
}

impl Guard for Fits {
    fn check(&self, context: &GuardContext<'_>) -> bool {
        let head = context.head();
        let Some(path) = head.uri.path().strip_prefix(self.prefix) else { return false };
        let Some(operation) = self.operations.iter().find(|operation| operation.fits(&head.method, path)) else {
            return false;
        };
        // What a foreign standard describes has its own way to say what is wrong.
        let query = head.uri.query().filter(|_| !path.starts_with(FOREIGN));
        let fault = query.and_then(|query| wrong_query(query, &operation.query));
        if let Some(fault) = fault {
            context.req_data_mut().insert(WrongQuery(fault));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_fits_its_own_operation_alone() {
        let operation = Operation::new(&HttpMethod::Post, "/units/{unit_id}/restoration", Arc::from([]));
        assert!(operation.fits(&Method::POST, "/units/1/restoration"));
        assert!(!operation.fits(&Method::GET, "/units/1/restoration"));
        for other in ["/units/1", "/units//restoration", "/units/1/restoration/", "/positions/1/restoration", ""] {
            assert!(!operation.fits(&Method::POST, other), "{other}");
        }
    }
}
