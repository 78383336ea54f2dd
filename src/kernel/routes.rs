//! Routes: given to the running application, or told to the document.
//!
//! The framework tries one path pattern after the other, most of them by a regular expression. With hundreds of operations that
//! would cost more than many an answer; so the routes of each resource stand behind a guard that looks at the path first.
//! A process that serves does not draw up the document before somebody asks for it; an operation is asked
//! whether it knows parameters of a query when the first query comes.

use std::cell::OnceCell;

use actix_web::dev::HttpServiceFactory;
use actix_web::guard::{Guard, GuardContext};
use actix_web::http::Method;
use actix_web::web;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{HttpMethod, Operation as Description, Parameter, ParameterIn};
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
                let methods = F::methods();
                operations.extend(methods.iter().map(|method| Operation::new(method, &path, F::operation)));
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

/// A part of a path between slashes.
#[derive(Clone)]
enum Segment {
    /// This word.
    Word(String),
    /// An identifier, `{…_id}`, and what follows it: so `imports` is never taken for the id of an object.
    Id(String),
    /// Anything, and what follows it.
    Free(String),
}

impl Segment {
    fn new(known: &str) -> Self {
        match known.strip_prefix('{').and_then(|known| known.split_once('}')) {
            None => Self::Word(known.to_owned()),
            Some((name, end)) if name.ends_with("_id") => Self::Id(end.to_owned()),
            Some((_, end)) => Self::Free(end.to_owned()),
        }
    }

    fn fits(&self, given: &str) -> bool {
        match self {
            Self::Word(known) => known == given,
            Self::Id(end) => given.strip_suffix(end.as_str()).is_some_and(is_id),
            Self::Free(end) => given.strip_suffix(end.as_str()).is_some_and(|given| !given.is_empty()),
        }
    }
}

/// Whether a path is one of those that a template of the document stands for.
pub fn fits(template: &str, path: &str) -> bool {
    let mut given = path.split('/');
    template.split('/').all(|known| given.next().is_some_and(|given| Segment::new(known).fits(given)))
        && given.next().is_none()
}

/// Whether this is a UUID as answers write it: with hyphens and without braces.
fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// An operation as requests show it.
#[derive(Clone)]
struct Operation {
    method: Method,
    segments: Vec<Segment>,
    /// What the document says of it.
    described: fn() -> Description,
    /// Whether it knows any parameter of a query.
    takes_query: OnceCell<bool>,
}

/// Marks a request whose query nobody would read: its operation knows no parameter.
#[derive(Clone, Copy, Debug)]
pub struct UnreadQuery;

impl Operation {
    fn new(method: &HttpMethod, path: &str, described: fn() -> Description) -> Self {
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
        Self {
            method,
            segments: path.split('/').skip(1).map(Segment::new).collect(),
            described,
            takes_query: OnceCell::new(),
        }
    }

    fn takes_query(&self) -> bool {
        let in_query = |known: &RefOr<Parameter>| match known {
            RefOr::T(known) => known.parameter_in == ParameterIn::Query,
            RefOr::Ref(_) => false,
        };
        *self.takes_query.get_or_init(|| (self.described)().parameters.unwrap_or_default().iter().any(in_query))
    }

    fn fits(&self, method: &Method, path: &str) -> bool {
        let mut given = path.split('/').skip(1);
        *method == self.method
            && self.segments.iter().all(|known| given.next().is_some_and(|given| known.fits(given)))
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
        let asks = head.uri.query().is_some_and(|query| !query.is_empty());
        if asks && !path.starts_with(FOREIGN) && !operation.takes_query() {
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
        let operation = Operation::new(&HttpMethod::Post, "/units/{unit_id}/restoration", Description::new);
        let id = "019b76da-a879-7dbb-8951-f1d2431f5e14";
        assert!(operation.fits(&Method::POST, &format!("/units/{id}/restoration")));
        assert!(!operation.fits(&Method::GET, &format!("/units/{id}/restoration")));
        let plain = id.replace('-', "");
        for other in
            ["", "imports", "1", &plain, &format!("{{{id}}}"), &format!("urn:uuid:{id}"), &id.replace('a', "g")]
        {
            assert!(!operation.fits(&Method::POST, &format!("/units/{other}/restoration")), "{other}");
        }
        for other in ["/units/{}", "/units/{}/restoration/", "/positions/{}/restoration", ""] {
            assert!(!operation.fits(&Method::POST, &other.replace("{}", id)), "{other}");
        }
    }
}
