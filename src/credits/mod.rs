//! Credit hours (jam pelajaran, JP): the ledger.
//!
//! Chapters above call [`service::credit_in`] in the transaction in which something was learned. The rule of that day says how
//! many hours it is worth, its caps how many of them count. What the ledger says it says for ever: a mistake is made good by a row
//! that takes it back, and a balance is the sum of its rows. Hours are kept in hundredths.

pub mod balances;
pub mod entries;
pub(crate) mod policy;
pub(crate) mod professionalism;
pub mod rule;
pub mod service;
pub(crate) mod siasn_courses;
pub mod year;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "credits",
    tags: &[
        ("credit-entries", "The ledger of credit hours (JP): what was learned, what it is worth, what counts."),
        ("siasn-courses", "Credit as SIASN takes it (rw-kursus)."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[service::CERTIFICATE_CREDITED, service::NO_CREDIT_RULE],
    faults: &[&professionalism::service::NO_INDEX_FORMULA],
    hooks: &[],
    contributions: &[&professionalism::service::FUNCTIONAL_TRAININGS],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(balances::handlers::routes)
        .configure(entries::handlers::routes)
        .configure(professionalism::handlers::routes)
        .configure(siasn_courses::handlers::routes);
}
