//! Jobs (pekerjaan latar), for those who asked for them: how far they are and what came of them.
//!
//! How jobs are kept and done stands in `kernel/jobs`; each chapter gives its own kinds.

pub(crate) mod handlers;
pub(crate) mod policy;
pub(crate) mod service;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;
use crate::kernel::{idempotency, imports, jobs};

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "jobs",
    tags: &[("jobs", "Jobs (pekerjaan latar): what goes on after the answer, with its progress and report.")],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[jobs::JOB_ABANDONED, imports::IMPORT_REJECTED],
    faults: imports::FAULTS,
    hooks: &[],
    contributions: &[&jobs::FORGET_OLD, &idempotency::FORGET_OLD],
};

fn routes(config: &mut ServiceConfig) {
    config.configure(handlers::routes);
}
