//! Competencies (kompetensi): what good looks like, and who is where.

pub(crate) mod assessments;
pub(crate) mod frameworks;
pub(crate) mod items;
pub(crate) mod policy;
pub(crate) mod standards;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "competencies",
    tags: &[],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[],
    faults: &[],
    hooks: &[],
};

fn routes(_config: &mut ServiceConfig) {}
