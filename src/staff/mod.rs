//! The professional record (data kepegawaian): where librarians work and who they are.

pub mod appointments;
pub mod appraisals;
pub mod certifications;
pub mod credit_point_rates;
pub mod credit_point_rules;
pub mod credit_points;
pub mod disciplinary_measures;
pub mod education;
pub(crate) mod grade;
pub(crate) mod leaves;
pub mod librarians;
pub(crate) mod mentorships;
pub(crate) mod policy;
pub(crate) mod positions;
pub mod promotion_readiness;
pub(crate) mod reach;
pub mod records;
pub(crate) mod seed;
pub(crate) mod superiors;
pub(crate) mod units;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "staff",
    tags: &[
        ("librarians", "Librarians (pustakawan): the directory and the professional records."),
        ("appointments", "Positions held (riwayat jabatan): unit, position and grade, from which day on."),
        ("education", "Formal education (riwayat pendidikan)."),
        (
            "certifications",
            "Certificates (sertifikasi): of competence, of competency tests, and others, with their expiry.",
        ),
        ("appraisals", "Yearly appraisals (predikat kinerja)."),
        ("disciplinary-measures", "Disciplinary measures (hukuman disiplin)."),
        ("leaves", "Leave (cuti)."),
        ("units", "Work units (unit kerja): the departments and branches of the library."),
        ("credit-point-rates", "Rates of credit points (angka kredit) by position, each from one day until another."),
        (
            "credit-point-rules",
            "Rules of credit points: what predicates give and promotions ask, each from one day until another.",
        ),
        ("positions", "Positions (jabatan): the reference table."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[
        units::service::UNIT_CODE_TAKEN,
        positions::service::POSITION_CODE_TAKEN,
        librarians::service::EMPLOYEE_NUMBER_TAKEN,
        appointments::service::APPOINTMENT_EXISTS,
        certifications::service::CERTIFICATE_NUMBER_TAKEN,
        appraisals::service::APPRAISAL_OVERLAPS,
        leaves::service::LEAVE_OVERLAPS,
    ],
    faults: &[
        &librarians::service::NUMBER_NOT_EXPECTED,
        &librarians::service::NUMBER_LENGTH,
        &librarians::service::NUMBER_BIRTH_DATE,
        &librarians::service::NUMBER_APPOINTMENT,
        &librarians::service::NUMBER_SEQUENCE,
        &librarians::imports::RECORD_ARCHIVED,
        &librarians::imports::NAME_NOT_UNIQUE,
        &grade::NOT_A_GRADE,
        &librarians::placement::FOLLOWS_APPOINTMENTS,
        &librarians::placement::BEFORE_THE_LATEST,
        &certifications::service::FOR_POSITION_TESTS,
        &credit_points::service::NO_CREDIT_POINT_RATE,
        &librarians::supervision::CIRCLE_OF_SUPERIORS,
    ],
    hooks: &[],
    contributions: &[&librarians::imports::STAFF_IMPORT],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(librarians::handlers::routes)
        .configure(appointments::handlers::routes)
        .configure(education::handlers::routes)
        .configure(certifications::handlers::routes)
        .configure(appraisals::handlers::routes)
        .configure(disciplinary_measures::handlers::routes)
        .configure(leaves::handlers::routes)
        .configure(credit_points::handlers::routes)
        .configure(credit_point_rates::handlers::routes)
        .configure(credit_point_rules::handlers::routes)
        .configure(promotion_readiness::handlers::routes)
        .configure(units::handlers::routes)
        .configure(positions::handlers::routes);
}
