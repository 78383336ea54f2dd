//! Competencies (kompetensi): what good looks like, and who is where.
//!
//! A published framework says what good looks like; a position's standard says which level it asks; confirmed assessments say
//! where somebody is. From these three follow profile, gap, recommendation and coverage. Levels are 1 to 5
//! (PermenPANRB 38/2017); a gap is `required - actual` where that is above 0, and nobody assessed counts as level 0.

pub(crate) mod aims;
pub(crate) mod assessments;
pub mod case;
pub(crate) mod differences;
pub(crate) mod frameworks;
pub(crate) mod gaps;
pub(crate) mod imports;
pub(crate) mod items;
pub(crate) mod levels;
pub(crate) mod policy;
pub(crate) mod predecessors;
pub(crate) mod profiles;
pub(crate) mod remap;
pub(crate) mod seed;
pub(crate) mod standards;
pub(crate) mod tasks;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "competencies",
    tags: &[
        (
            "frameworks",
            "Competency frameworks (kerangka kompetensi): drafts, and published versions that never change.",
        ),
        ("competencies", "Competencies (kompetensi): areas, units and elements of a framework."),
        ("ims", "The frameworks for everybody, as 1EdTech CASE 1.0 and 1.1 have them."),
        ("assessments", "Assessments (asesmen): judgements of levels, confirmed by somebody else."),
        ("competency-gaps", "Training needs (AKPK): what is missing, and where."),
        ("coverage", "How many people of a unit can, now and later."),
    ],
    routes,
    root_routes: Some(case::handlers::routes),
    rules: policy::RULES,
    refusals: &[
        frameworks::service::FRAMEWORK_VERSION_TAKEN,
        frameworks::service::FRAMEWORK_CLOSED,
        frameworks::service::FRAMEWORK_EMPTY,
        case::INVALID_UUID,
        case::import::FRAMEWORK_EXISTS,
        items::service::COMPETENCY_CODE_TAKEN,
        items::service::COMPETENCY_HAS_PARTS,
        predecessors::service::NOT_A_PREDECESSOR,
        remap::service::FRAMEWORK_NOT_IN_USE,
        remap::service::REMAP_CHANGED,
        assessments::service::OWN_ASSESSMENT,
        assessments::service::OWN_JUDGEMENT,
        assessments::service::ASSESSMENT_CLOSED,
        assessments::service::NOT_THE_AUTHOR,
    ],
    faults: &[
        &frameworks::service::NOT_WITH_THIS_RULE,
        &imports::FRAMEWORK_FIRST,
        &items::service::FIVE_LEVELS,
        &items::tree::WRONG_PLACE,
        &items::tree::PART_OF_ITSELF,
        &standards::service::NOT_A_UNIT_IN_USE,
        &assessments::service::NOT_ASSESSABLE,
    ],
    hooks: &[levels::figures::FOLLOW_PEOPLE],
    contributions: &[
        &imports::FRAMEWORK_IMPORT,
        &assessments::service::FILES_OF_ASSESSMENTS,
        &tasks::ASSESSMENTS_TO_DECIDE,
        &tasks::ASSESSMENTS_TO_MEND,
    ],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(frameworks::handlers::routes)
        .configure(imports::handlers::routes)
        .configure(items::handlers::routes)
        .configure(predecessors::handlers::routes)
        .configure(differences::handlers::routes)
        .configure(remap::handlers::routes)
        .configure(standards::handlers::routes)
        .configure(assessments::handlers::routes)
        .configure(profiles::handlers::routes)
        .configure(gaps::handlers::routes);
}
