//! Evaluation (evaluasi): whether it works. Indicators with their methods, targets and measurements close the cycle.
//!
//! Whoever measures a period, sets its target or closes it holds the indicator's row first.

pub(crate) mod calculators;
pub(crate) mod indicator_dashboard;
pub(crate) mod indicator_methods;
pub(crate) mod indicators;
pub(crate) mod library_figures;
pub(crate) mod measurements;
pub(crate) mod policy;
pub(crate) mod progress;
pub(crate) mod seed;
pub(crate) mod targets;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "evaluation",
    tags: &[
        ("indicator-dashboard", "The dashboard (dasbor indikator): where every indicator stands."),
        (
            "indicators",
            "Indicators (indikator kinerja): what tells whether the programme works, and how it went over time.",
        ),
        (
            "indicator-methods",
            "Methods of indicators (metode perhitungan): formula and bands, each from one day until another.",
        ),
        ("targets", "Targets (target kinerja): what indicators should reach in a period."),
        (
            "measurements",
            "Measurements (hasil pengukuran): what indicators came to, with revisions and closed periods.",
        ),
        (
            "library-figures",
            "Library figures (angka dasar): what indicators are reckoned from: population, visits, loans.",
        ),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[
        indicators::service::INDICATOR_CODE_TAKEN,
        library_figures::service::LIBRARY_FIGURE_EXISTS,
        targets::service::TARGET_EXISTS,
        measurements::service::MEASUREMENT_EXISTS,
        measurements::service::PERIOD_CLOSED,
    ],
    faults: &[
        &indicator_methods::bands::BANDS_GO_UP,
        &indicators::calculation::ENTERED_BY_HAND,
        &measurements::service::NO_METHOD,
        &calculators::FIGURE_MISSING,
        &calculators::TOO_FEW_PEOPLE,
        &calculators::CANNOT_BE_RECKONED,
    ],
    hooks: &[],
    contributions: &[&progress::INDICATORS_OF_A_PROGRAMME, &measurements::service::FILES_OF_MEASUREMENTS],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(indicator_dashboard::handlers::routes)
        .configure(indicators::handlers::routes)
        .configure(indicator_methods::handlers::routes)
        .configure(targets::handlers::routes)
        .configure(measurements::handlers::routes)
        .configure(library_figures::handlers::routes);
}
