//! Routes: given to the running application, or told to the document.
//!
//! The framework tries one path pattern after the other, most of them by a regular expression. With hundreds of operations that
//! would cost more than many an answer; so the routes of each resource stand behind a guard that looks at the path first.
//! A process that serves does not draw up the document before somebody asks for it.

use actix_web::dev::HttpServiceFactory;
use actix_web::guard::{Guard, GuardContext};
use actix_web::http::Method;
use actix_web::web;
use utoipa::openapi::path::HttpMethod;
use utoipa_actix_web::OpenApiFactory;
use utoipa_actix_web::service_config::ServiceConfig as Document;

/// Where the API begins.
pub const ROOT: &str = "/api/v1";

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
                operations.extend(F::methods().iter().map(|method| Operation::new(method, &path)));
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
}

impl Operation {
    fn new(method: &HttpMethod, path: &str) -> Self {
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
        Self { method, segments: segments.collect() }
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
        self.operations.iter().any(|operation| operation.fits(&head.method, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_fits_its_own_operation_alone() {
        let operation = Operation::new(&HttpMethod::Post, "/units/{unit_id}/restoration");
        assert!(operation.fits(&Method::POST, "/units/1/restoration"));
        assert!(!operation.fits(&Method::GET, "/units/1/restoration"));
        for other in ["/units/1", "/units//restoration", "/units/1/restoration/", "/positions/1/restoration", ""] {
            assert!(!operation.fits(&Method::POST, other), "{other}");
        }
    }
}
