//! The professional record (data kepegawaian): where librarians work and who they are.

pub mod credit_points;
pub mod librarians;
pub(crate) mod mentorships;
pub(crate) mod policy;
pub(crate) mod positions;
pub(crate) mod reach;
pub(crate) mod seed;
pub(crate) mod units;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "staff",
    tags: &[
        ("librarians", "Librarians (pustakawan): the directory and the professional records."),
        ("mentorships", "Who mentors whom (pembimbingan), from when until when."),
        ("units", "Work units (unit kerja): the departments and branches of the library."),
        ("positions", "Positions (jabatan): the reference table."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[
        units::service::UNIT_CODE_TAKEN,
        librarians::service::EMPLOYEE_NUMBER_TAKEN,
        mentorships::service::MENTORSHIP_EXISTS,
    ],
    faults: &[
        &librarians::service::NUMBER_NOT_EXPECTED,
        &librarians::service::NUMBER_LENGTH,
        &librarians::service::NUMBER_BIRTH_DATE,
        &librarians::service::NUMBER_APPOINTMENT,
        &librarians::service::NUMBER_SEQUENCE,
        &librarians::imports::RECORD_ARCHIVED,
        &librarians::imports::NAME_NOT_UNIQUE,
        &mentorships::service::ONESELF,
    ],
    hooks: &[],
    contributions: &[&librarians::imports::STAFF_IMPORT],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(librarians::handlers::routes)
        .configure(mentorships::handlers::routes)
        .configure(units::handlers::routes)
        .configure(positions::handlers::routes);
}
