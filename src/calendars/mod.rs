//! Calendars (kalender): activities in whatever calendar people use, by a link (iCalendar, RFC 5545).
//!
//! One feed is public and has what is announced; the other is personal, found by a secret in its link, and has what somebody is
//! registered for and their mentoring meetings. An entry keeps its UID, its SEQUENCE grows with each change, and what is called off stays as cancelled.

pub(crate) mod feeds;
pub(crate) mod ical;
pub(crate) mod links;
pub(crate) mod policy;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "calendars",
    tags: &[
        ("calendars", "Personal calendars (kalender pribadi), by a secret link."),
        (
            "public",
            "What anybody may do without an account: see what is announced, answer a survey, \
             read its published results, write to the library.",
        ),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[],
    faults: &[],
    hooks: &[feeds::removed::REMEMBER],
    contributions: &[],
};

fn routes(config: &mut ServiceConfig) {
    config.configure(links::handlers::routes).configure(feeds::handlers::routes);
}
