//! Programmes (program pembinaan): the yearly frame in which activities stand, and where the library wants to be later.
//!
//! Locks are taken in one order: the activity or milestone, then its programme or goal. Closing a programme and adding to it
//! meet at the programme's row.

pub(crate) mod copies;
pub(crate) mod milestones;
pub(crate) mod outcome;
pub(crate) mod policy;
#[expect(clippy::module_inception, reason = "the folder of a resource has the name of its path")]
pub(crate) mod programmes;
pub(crate) mod progress;
pub(crate) mod strategic_goals;
pub(crate) mod templates;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "programmes",
    tags: &[
        ("programmes", "Programmes (program pembinaan): the yearly frame, from the draft to the closure."),
        ("strategic-goals", "Strategic goals (arah ke depan): where the library wants to be."),
        ("milestones", "Milestones (tonggak capaian) of a goal or a programme."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[
        programmes::service::PROGRAMME_CLOSED,
        programmes::lifecycle::PROGRAMME_NOT_READY,
        copies::service::PROGRAMME_TOO_LARGE,
        outcome::SETTLED,
        milestones::service::GOAL_SETTLED,
    ],
    faults: &[&milestones::dto::GOAL_OR_PROGRAMME, &templates::references::COMPETENCY_MISSING],
    hooks: &[programmes::service::KEEP_FRAMEWORKS],
    contributions: &[&templates::imports::PROGRAMME_IMPORT],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(programmes::handlers::routes)
        .configure(progress::handlers::routes)
        .configure(copies::handlers::routes)
        .configure(templates::handlers::routes)
        .configure(strategic_goals::handlers::routes)
        .configure(milestones::handlers::routes);
}
