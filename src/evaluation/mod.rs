//! Evaluation (evaluasi): whether it works. Indicators with their methods, targets and measurements close the cycle.
//!
//! Whoever measures a period, sets its target or closes it holds the indicator's row first.

pub(crate) mod activity_evaluations;
pub(crate) mod activity_indicators;
pub(crate) mod adoptions;
pub(crate) mod behaviour_evaluations;
pub(crate) mod calculators;
pub(crate) mod change_actions;
pub(crate) mod change_initiatives;
pub(crate) mod findings;
pub(crate) mod improvement_actions;
pub(crate) mod indicator_dashboard;
pub(crate) mod indicator_methods;
pub(crate) mod indicators;
pub(crate) mod library_figures;
pub(crate) mod measured;
pub(crate) mod measurements;
pub(crate) mod needs;
pub(crate) mod policy;
pub(crate) mod progress;
pub(crate) mod reviews;
pub(crate) mod seed;
pub(crate) mod surveyed;
pub(crate) mod targets;
pub(crate) mod tasks;

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
        (
            "change-initiatives",
            "Change initiatives (inisiatif perubahan): new techniques and tools, how far they have spread, what helped.",
        ),
        ("adoptions", "Adoption (adopsi): how far each person has taken a change up, from day to day."),
        (
            "change-actions",
            "What is done so that a change is taken up (intervensi perubahan), with audience and evidence.",
        ),
        ("reviews", "Reviews (rapat evaluasi berkala): agenda, minutes, decisions, findings."),
        ("findings", "Findings (temuan) of reviews, and what shows them."),
        (
            "improvement-actions",
            "Improvement actions (rencana tindak lanjut): owner, last day, state, and the effect that was measured.",
        ),
        (
            "behaviour-evaluations",
            "Behaviour after a training (evaluasi pascapelatihan): asked of participants, superiors and colleagues.",
        ),
        ("activity-indicators", "Indicators that activities are meant to move."),
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
        change_initiatives::service::INITIATIVE_CLOSED,
        adoptions::service::STAGE_RECORDED,
        reviews::service::REVIEW_CLOSED,
        reviews::lifecycle::FINDINGS_OPEN,
        reviews::lifecycle::NOT_HELD_YET,
        findings::service::FINDING_FOLLOWED,
        improvement_actions::service::IMPROVEMENT_CLOSED,
        improvement_actions::lifecycle::OWN_IMPROVEMENT,
        improvement_actions::lifecycle::NOT_RECHECKED,
        improvement_actions::lifecycle::TOO_MANY_RECHECKS,
        behaviour_evaluations::service::NOT_ASKED,
        activity_indicators::service::INDICATOR_LINKED,
        activity_indicators::service::TOO_MANY_ACTIVITY_INDICATORS,
    ],
    faults: &[
        &indicator_methods::bands::BANDS_GO_UP,
        &indicators::calculation::ENTERED_BY_HAND,
        &indicators::calculation::NOT_BY_DISTRICT,
        &needs::NOT_AN_ELEMENT,
        &measurements::service::NO_METHOD,
        &calculators::FIGURE_MISSING,
        &calculators::TOO_FEW_PEOPLE,
        &calculators::NOTHING_RECORDED,
        &calculators::CANNOT_BE_RECKONED,
        &adoptions::service::NOT_CONCERNED,
    ],
    hooks: &[behaviour_evaluations::tasks::ASK_LATER],
    contributions: &[
        &progress::INDICATORS_OF_A_PROGRAMME,
        &measurements::service::FILES_OF_MEASUREMENTS,
        &change_initiatives::target::CHANGE_INITIATIVES,
        &tasks::REVIEWS_TO_HOLD,
        &tasks::IMPROVEMENTS_TO_MAKE,
        &tasks::IMPROVEMENTS_TO_RECHECK,
        &tasks::IMPROVEMENTS_TO_VERIFY,
        &tasks::BEHAVIOUR_TO_RATE,
        &behaviour_evaluations::tasks::ASK_DUE,
        &tasks::BEHAVIOUR_TO_ASSIGN,
    ],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(indicator_dashboard::handlers::routes)
        .configure(indicators::handlers::routes)
        .configure(indicator_methods::handlers::routes)
        .configure(targets::handlers::routes)
        .configure(measurements::handlers::routes)
        .configure(library_figures::handlers::routes)
        .configure(change_initiatives::handlers::routes)
        .configure(adoptions::handlers::routes)
        .configure(change_actions::handlers::routes)
        .configure(reviews::handlers::routes)
        .configure(findings::handlers::routes)
        .configure(improvement_actions::handlers::routes)
        .configure(activity_evaluations::handlers::routes)
        .configure(behaviour_evaluations::handlers::routes)
        .configure(activity_indicators::handlers::routes);
}
