//! The professional record (data kepegawaian): where librarians work and who they are.

pub(crate) mod credit_points;
pub(crate) mod librarians;
pub(crate) mod mentorships;
pub(crate) mod policy;
pub(crate) mod positions;
pub(crate) mod reach;
pub(crate) mod seed;
pub(crate) mod units;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "staff",
    tags: &[("units", "Work units (unit kerja): the departments and branches of the library.")],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[units::service::UNIT_CODE_TAKEN],
    faults: &[],
    hooks: &[],
};

fn routes(config: &mut ServiceConfig) {
    config.configure(units::handlers::routes);
}
