//! What the library is, and the tables that its rules are read from (pengaturan dan data rujukan).
//!
//! Every figure of a regulation is a dated row: whoever changes one adds a row that begins on a later day, and what was in force
//! stays as it was.

pub mod credit_requirements;
pub mod credit_rules;
pub mod holidays;
pub mod library_settings;
pub(crate) mod policy;
pub(crate) mod professionalism_formulas;
pub(crate) mod seed;
pub mod training_types;
pub mod venues;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "settings",
    tags: &[
        ("settings", "Settings (pengaturan): what the library is, and what stands on its letters and certificates."),
        ("venues", "Venues (tempat kegiatan): rooms and other places for activities."),
        ("holidays", "Holidays (hari libur)."),
        ("training-types", "Types of training (jenis diklat): SIASN's reference table."),
        ("credit-rules", "Credit rules: how training becomes credit hours (JP), each from one day until another."),
        ("credit-requirements", "Credit requirements: the 20 JP duty of PNS and the 24 JP ceiling of PPPK."),
        (
            "professionalism-formulas",
            "Formulas of the professionalism index (IP ASN), each from one day until another.",
        ),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[venues::service::VENUE_CODE_TAKEN, holidays::service::HOLIDAY_EXISTS],
    faults: &[&professionalism_formulas::entity::NOT_A_SIASN_TYPE, &library_settings::numbering::NOT_A_NUMBERING],
    hooks: &[],
    contributions: &[],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(library_settings::handlers::routes)
        .configure(venues::handlers::routes)
        .configure(holidays::handlers::routes)
        .configure(training_types::handlers::routes)
        .configure(credit_rules::handlers::routes)
        .configure(credit_requirements::handlers::routes)
        .configure(professionalism_formulas::handlers::routes);
}
