//! What is counted of requests, for Prometheus.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use actix_web::http::Method;
use metrics::{Counter, Histogram};

/// The meters of one kind of request with one outcome. Looking them up by their labels costs more than counting.
struct Meter {
    method: &'static str,
    status: u16,
    requests: Counter,
    took: Histogram,
}

thread_local! {
    /// The meters that this thread has used, by route.
    static METERS: RefCell<HashMap<String, Vec<Meter>>> = RefCell::default();
}

/// Counts a request by its route, never by its path: paths hold ids.
pub(super) fn count(route: &str, method: &'static str, status: u16, took: Duration) {
    METERS.with_borrow_mut(|meters| {
        let known = meters.get(route).is_some_and(|meters| meters.iter().any(|meter| meter.is_of(method, status)));
        if !known {
            meters.entry(route.to_owned()).or_default().push(Meter::new(route, method, status));
        }
        let meter = meters.get(route).and_then(|meters| meters.iter().find(|meter| meter.is_of(method, status)));
        if let Some(meter) = meter {
            meter.requests.increment(1);
            meter.took.record(took.as_secs_f64());
        }
    });
}

impl Meter {
    fn new(route: &str, method: &'static str, status: u16) -> Self {
        let labels = [("route", route.to_owned()), ("method", method.to_owned()), ("status", status.to_string())];
        Self {
            method,
            status,
            requests: metrics::counter!("http_requests_total", &labels),
            took: metrics::histogram!("http_request_duration_seconds", &labels[..2]),
        }
    }

    fn is_of(&self, method: &str, status: u16) -> bool {
        self.method == method && self.status == status
    }
}

/// The method as it is counted: whatever a client may invent is one kind.
pub(super) fn method_of(method: &Method) -> &'static str {
    let known = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    let names = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known.iter().zip(names).find(|(known, _)| *known == method).map_or("other", |(_, name)| name)
}
