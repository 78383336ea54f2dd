//! What the library is, and the tables that its rules are read from (pengaturan dan data rujukan).
//!
//! Every figure of a regulation is a dated row: whoever changes one adds a row that begins on a later day, and what was in force
//! stays as it was.

pub mod credit_requirements;
pub mod credit_rules;
pub(crate) mod policy;
pub(crate) mod seed;
pub mod training_types;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "settings",
    tags: &[],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[],
    faults: &[],
    hooks: &[],
    contributions: &[],
};

fn routes(_config: &mut ServiceConfig) {}
