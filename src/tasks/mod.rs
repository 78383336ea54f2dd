//! One list of what waits for somebody (tugas dan persetujuan): decisions, answers and unfinished things from all chapters.
//!
//! A task is no row of its own: it is there as long as the object is in the state that asks for it, so it can be neither forgotten
//! nor left over. Each chapter says by a [`source::TaskSource`] what it waits for, and from whom.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod kind;
pub(crate) mod policy;
pub(crate) mod service;
pub mod source;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "tasks",
    tags: &[("tasks", "Tasks and approvals (tugas dan persetujuan): what waits for the caller, from all chapters.")],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[],
    faults: &[],
    hooks: &[],
    contributions: &[],
};

fn routes(config: &mut ServiceConfig) {
    config.configure(handlers::routes);
}
