//! Routes: given to the running application, or told to the document.
//!
//! The framework tries one path pattern after the other, most of them by a regular expression. With hundreds of operations that
//! would cost more than many an answer; so the routes of each resource stand behind a guard that looks at the path first.
//! A process that serves does not draw up the document before somebody asks for it; each operation is asked
//! once whether it knows parameters of a query.

use actix_web::dev::HttpServiceFactory;
use actix_web::guard::{Guard, GuardContext};
use actix_web::http::Method;
use actix_web::web;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{HttpMethod, Parameter, ParameterIn};
use utoipa_actix_web::OpenApiFactory;
use utoipa_actix_web::service_config::ServiceConfig as Document;

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
                let takes_query = takes_query(&F::operation().parameters.unwrap_or_default());
                let methods = F::methods();
                operations.extend(methods.iter().map(|method| Operation::new(method, &path, takes_query)));
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
    /// Whether it knows any parameter of a query.
    takes_query: bool,
}

/// Marks a request whose query nobody would read: its operation knows no parameter.
#[derive(Clone, Copy, Debug)]
pub struct UnreadQuery;

fn takes_query(parameters: &[RefOr<Parameter>]) -> bool {
    let in_query = |known: &RefOr<Parameter>| match known {
        RefOr::T(known) => known.parameter_in == ParameterIn::Query,
        RefOr::Ref(_) => false,
    };
    parameters.iter().any(in_query)
}

impl Operation {
    fn new(method: &HttpMethod, path: &str, takes_query: bool) -> Self {
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
        Self { method, segments: segments.collect(), takes_query }
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
        // What a foreign standard describes ignores what it does not know.
        let reads = operation.takes_query || path.starts_with(FOREIGN);
        if !reads && head.uri.query().is_some_and(|query| !query.is_empty()) {
            context.req_data_mut().insert(UnreadQuery);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_fits_its_own_operation_alone() {
        let operation = Operation::new(&HttpMethod::Post, "/units/{unit_id}/restoration", false);
        assert!(operation.fits(&Method::POST, "/units/1/restoration"));
        assert!(!operation.fits(&Method::GET, "/units/1/restoration"));
        for other in ["/units/1", "/units//restoration", "/units/1/restoration/", "/positions/1/restoration", ""] {
            assert!(!operation.fits(&Method::POST, other), "{other}");
        }
    }
}
