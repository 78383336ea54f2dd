//! The log (jejak perubahan), for those who read it: the change feed of mobile apps and city systems, and the audit trail of admins.
//!
//! Both read numbered events only (see `kernel/event/`): in commit order, with nothing to come in between later.

pub(crate) mod audit;
pub(crate) mod feed;
pub(crate) mod policy;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "events",
    tags: &[
        ("events", "The change feed: what changed, in commit order, as far as the caller may know."),
        ("audit-entries", "The audit trail: who changed what, with values before and after."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[],
    faults: &[],
    hooks: &[],
    contributions: &[],
};

fn routes(config: &mut ServiceConfig) {
    config.configure(feed::handlers::routes).configure(audit::handlers::routes);
}
