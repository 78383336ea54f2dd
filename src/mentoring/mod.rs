//! Mentoring (pembimbingan): who offers to help, who asks for help, how the two are brought together, and what they do with one another.
//!
//! The relation itself stands with the staff, for everybody's reach depends on it. Locks are taken in one order: the round of matching,
//! librarians by ascending id, requests; what belongs to a pair or a meeting is held by its people and has no lock of its own.

pub mod availability;
pub(crate) mod departures;
pub(crate) mod matching;
pub(crate) mod matching_proposals;
pub(crate) mod matching_rounds;
pub(crate) mod mentor_profiles;
pub(crate) mod mentoring_meetings;
pub(crate) mod mentoring_report;
pub(crate) mod mentoring_requests;
pub(crate) mod mentorship_feedback;
pub(crate) mod mentorship_goals;
pub(crate) mod mentorships;
pub(crate) mod places;
pub(crate) mod policy;
pub(crate) mod private_notes;
pub(crate) mod subject;
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
        (
            "mentorships",
            "Who mentors whom (pembimbingan), from when until when: proposed, agreed, under way, brought to an end.",
        ),
        ("mentorship-goals", "Goals of mentorships (sasaran): levels of competencies, and how far they have come."),
        ("mentoring-meetings", "Meetings (pertemuan) of mentors and mentees, with notes; those held are credited."),
        ("mentorship-feedback", "Feedback (umpan balik) on mentorships, hidden until both sides are in."),
        ("mentoring-report", "How mentoring goes: who meets, who has gone quiet, how far the goals have come."),
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
        mentorships::service::MENTORSHIP_EXISTS,
        mentorships::service::MENTORSHIP_NOT_STANDING,
        places::MENTOR_FULL,
        mentorships::lifecycle::MENTOR_DECIDES,
        mentorship_goals::service::GOAL_EXISTS,
        mentorship_goals::service::TOO_MANY_GOALS,
        mentoring_meetings::service::MEETING_CLOSED,
        mentoring_meetings::lifecycle::MEETING_NOT_BEGUN,
        mentoring_meetings::lifecycle::MEETING_OVERLAPS,
        mentorship_feedback::service::FEEDBACK_EXISTS,
        mentorship_feedback::service::FEEDBACK_OF_ANOTHER,
        mentorship_feedback::service::FEEDBACK_CLOSED,
    ],
    faults: &[
        &matching_rounds::publication::OVER_CAPACITY,
        &matching_proposals::service::NEVER_A_PAIR,
        &mentorships::service::ONESELF,
        &mentoring_meetings::service::OUTSIDE_MENTORSHIP,
    ],
    hooks: &[departures::END_WHAT_REMAINS],
    contributions: &[
        &mentor_profiles::recommendations::MENTORS,
        &matching_rounds::execution::MATCHING,
        &tasks::REQUESTS_TO_MATCH,
        &tasks::PAIRS_TO_DECIDE,
        &tasks::PAIRS_TO_ANSWER,
        &tasks::MEETINGS_TO_COMPLETE,
        &tasks::MEETINGS_LEFT_OPEN,
        &subject::MENTORSHIPS,
        &tasks::ACTION_ITEMS_TO_DO,
        &tasks::MID_TERM_FEEDBACK_TO_GIVE,
        &tasks::FINAL_FEEDBACK_TO_GIVE,
    ],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(mentor_profiles::handlers::routes)
        .configure(mentoring_requests::handlers::routes)
        .configure(matching_rounds::handlers::routes)
        .configure(matching_proposals::handlers::routes)
        .configure(mentorships::handlers::routes)
        .configure(mentorship_goals::handlers::routes)
        .configure(mentoring_meetings::handlers::routes)
        .configure(private_notes::handlers::routes)
        .configure(mentorship_feedback::handlers::routes)
        .configure(mentoring_report::handlers::routes);
}
