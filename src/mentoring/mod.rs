//! Mentoring (pembimbingan): who offers to help, who asks for help, and how the two are brought together.
//!
//! Locks are taken in one order: the round of matching, librarians by ascending id, requests.

pub mod availability;
pub(crate) mod matching;
pub(crate) mod matching_proposals;
pub(crate) mod matching_rounds;
pub(crate) mod mentor_profiles;
pub(crate) mod mentoring_requests;
pub(crate) mod places;
pub(crate) mod policy;
pub(crate) mod tasks;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "mentoring",
    tags: &[
        (
            "mentor-profiles",
            "Mentor profiles (profil mentor): what somebody can help others with, when, and for how many at once.",
        ),
        (
            "mentoring-requests",
            "Mentoring requests (permohonan pembimbingan): what somebody wants to reach with a mentor's help.",
        ),
        (
            "matching-rounds",
            "Matching rounds (putaran pemasangan): the best pairs for everybody at once, and who is left, and why.",
        ),
        ("matching-proposals", "Matching proposals (usulan pasangan): the pairs of a round, each score explained."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[
        mentor_profiles::service::MENTOR_PROFILE_EXISTS,
        mentoring_requests::service::MENTORING_REQUEST_OPEN,
        mentoring_requests::service::MENTORING_REQUEST_CLOSED,
        matching_rounds::service::MATCHING_ROUND_CLOSED,
        matching_rounds::cohort::MATCHING_TOO_LARGE,
        matching_rounds::execution::MATCHING_UNDER_WAY,
        matching_rounds::publication::MENTORS_OVERLOADED,
        matching_proposals::service::REQUEST_HAS_PAIR,
        matching_proposals::service::MATCHING_PROPOSAL_EXISTS,
    ],
    faults: &[&matching_rounds::publication::OVER_CAPACITY, &matching_proposals::service::NEVER_A_PAIR],
    hooks: &[],
    contributions: &[
        &mentor_profiles::recommendations::MENTORS,
        &matching_rounds::execution::MATCHING,
        &tasks::PAIRS_TO_DECIDE,
    ],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(mentor_profiles::handlers::routes)
        .configure(mentoring_requests::handlers::routes)
        .configure(matching_rounds::handlers::routes)
        .configure(matching_proposals::handlers::routes);
}
