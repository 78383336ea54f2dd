//! Who may do what with mentoring. "Own" of a pair is mentor and mentee alike; of a private note its author alone.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    //                                                                              librarian mentor admin
    pub const LIST_MENTOR_PROFILES:       Rule = rule("list_mentor_profiles",       [All, All, All]).sorted_by(&["created_at", "capacity"]);
    pub const READ_MENTOR_PROFILE:        Rule = rule("read_mentor_profile",        [All, All, All]);
    pub const CREATE_MENTOR_PROFILE:      Rule = rule("create_mentor_profile",      [Own, Own, All]);
    pub const UPDATE_MENTOR_PROFILE:      Rule = rule("update_mentor_profile",      [Own, Own, All]);
    pub const LIST_MENTORING_REQUESTS:    Rule = rule("list_mentoring_requests",    [Own, Own, All]).sorted_by(&["created_at"]);
    pub const CREATE_MENTORING_REQUEST:   Rule = rule("create_mentoring_request",   [Own, Own, All]);
    pub const READ_MENTORING_REQUEST:     Rule = rule("read_mentoring_request",     [Own, Own, All]);
    pub const UPDATE_MENTORING_REQUEST:   Rule = rule("update_mentoring_request",   [Own, Own, All]);
    pub const WITHDRAW_MENTORING_REQUEST: Rule = rule("withdraw_mentoring_request", [Own, Own, All]);
    pub const CLOSE_MENTORING_REQUEST:    Rule = rule("close_mentoring_request",    [No,  No,  All]);
    pub const LIST_MATCHING_ROUNDS:       Rule = rule("list_matching_rounds",       [No,  No,  All]).sorted_by(&["created_at", "starts_on"]);
    pub const CREATE_MATCHING_ROUND:      Rule = rule("create_matching_round",      [No,  No,  All]);
    pub const READ_MATCHING_ROUND:        Rule = rule("read_matching_round",        [No,  No,  All]);
    pub const UPDATE_MATCHING_ROUND:      Rule = rule("update_matching_round",      [No,  No,  All]);
    pub const EXECUTE_MATCHING_ROUND:     Rule = rule("execute_matching_round",     [No,  No,  All]);
    pub const LIST_UNMATCHED_REQUESTS:    Rule = rule("list_unmatched_requests",    [No,  No,  All]).sorted_by(&["mentee_id"]);
    pub const ACCEPT_MATCHING_PROPOSALS:  Rule = rule("accept_matching_proposals",  [No,  No,  All]);
    pub const PUBLISH_MATCHING_ROUND:     Rule = rule("publish_matching_round",     [No,  No,  All]);
    pub const CANCEL_MATCHING_ROUND:      Rule = rule("cancel_matching_round",      [No,  No,  All]);
    pub const LIST_MATCHING_PROPOSALS:    Rule = rule("list_matching_proposals",    [No,  No,  All]).sorted_by(&["score", "mentee_id"]);
    pub const CREATE_MATCHING_PROPOSAL:   Rule = rule("create_matching_proposal",   [No,  No,  All]);
    pub const READ_MATCHING_PROPOSAL:     Rule = rule("read_matching_proposal",     [No,  No,  All]);
    pub const ACCEPT_MATCHING_PROPOSAL:   Rule = rule("accept_matching_proposal",   [No,  No,  All]);
    pub const REJECT_MATCHING_PROPOSAL:   Rule = rule("reject_matching_proposal",   [No,  No,  All]);
    pub const LIST_MENTORSHIPS:           Rule = rule("list_mentorships",           [Own, Own,     All]).sorted_by(&["starts_on"]);
    pub const READ_MENTORSHIP:            Rule = rule("read_mentorship",            [Own, Own,     All]);
    pub const CREATE_MENTORSHIP:          Rule = rule("create_mentorship",          [No, No,      All]);
    pub const UPDATE_MENTORSHIP:          Rule = rule("update_mentorship",          [No, No,      All]);
    pub const ACCEPT_MENTORSHIP:          Rule = rule("accept_mentorship",          [Own, Own,     All]);
    pub const DECLINE_MENTORSHIP:         Rule = rule("decline_mentorship",         [Own, Own,     All]);
    pub const COMPLETE_MENTORSHIP:        Rule = rule("complete_mentorship",        [Own, Own,     All]);
    pub const TERMINATE_MENTORSHIP:       Rule = rule("terminate_mentorship",       [Own, Own,     All]);
    pub const LIST_MENTORSHIP_GOALS:      Rule = rule("list_mentorship_goals",      [Own, Own,     All]).sorted_by(&["created_at"]);
    pub const READ_MENTORSHIP_GOAL:       Rule = rule("read_mentorship_goal",       [Own, Own,     All]);
    pub const CREATE_MENTORSHIP_GOAL:     Rule = rule("create_mentorship_goal",     [Own, Own,     All]);
    pub const UPDATE_MENTORSHIP_GOAL:     Rule = rule("update_mentorship_goal",     [Own, Own,     All]);
    pub const DELETE_MENTORSHIP_GOAL:     Rule = rule("delete_mentorship_goal",     [Own, Own,     All]);
    pub const LIST_MENTORING_MEETINGS:    Rule = rule("list_mentoring_meetings",    [Own, Own,     All]).sorted_by(&["starts_at"]);
    pub const READ_MENTORING_MEETING:     Rule = rule("read_mentoring_meeting",     [Own, Own,     All]);
    pub const CREATE_MENTORING_MEETING:   Rule = rule("create_mentoring_meeting",   [Own, Own,     All]);
    pub const UPDATE_MENTORING_MEETING:   Rule = rule("update_mentoring_meeting",   [Own, Own,     All]);
    pub const COMPLETE_MENTORING_MEETING: Rule = rule("complete_mentoring_meeting", [Own, Own,     All]);
    pub const CANCEL_MENTORING_MEETING:   Rule = rule("cancel_mentoring_meeting",   [Own, Own,     All]);
    pub const READ_PRIVATE_NOTE:          Rule = rule("read_private_note",          [Own, Own,     Own]);
    pub const KEEP_PRIVATE_NOTE:          Rule = rule("keep_private_note",          [Own, Own,     Own]);
    pub const DELETE_PRIVATE_NOTE:        Rule = rule("delete_private_note",        [Own, Own,     Own]);
    pub const LIST_MENTORSHIP_FEEDBACK:   Rule = rule("list_mentorship_feedback",   [Own, Own,     All]).sorted_by(&["created_at"]);
    pub const READ_MENTORSHIP_FEEDBACK:   Rule = rule("read_mentorship_feedback",   [Own, Own,     All]);
    pub const CREATE_MENTORSHIP_FEEDBACK: Rule = rule("create_mentorship_feedback", [Own, Own,     All]);
    pub const UPDATE_MENTORSHIP_FEEDBACK: Rule = rule("update_mentorship_feedback", [Own, Own,     All]);
    pub const READ_MENTORING_REPORT:      Rule = rule("read_mentoring_report",      [No, Mentees, All]).also(&["text/csv"]);
    pub const READ_MENTORING_REPORT_CSV:  Rule = rule("read_mentoring_report_csv",  [No, Mentees, All]).also(&["text/csv"]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_MENTOR_PROFILES,
    READ_MENTOR_PROFILE,
    CREATE_MENTOR_PROFILE,
    UPDATE_MENTOR_PROFILE,
    LIST_MENTORING_REQUESTS,
    CREATE_MENTORING_REQUEST,
    READ_MENTORING_REQUEST,
    UPDATE_MENTORING_REQUEST,
    WITHDRAW_MENTORING_REQUEST,
    CLOSE_MENTORING_REQUEST,
    LIST_MATCHING_ROUNDS,
    CREATE_MATCHING_ROUND,
    READ_MATCHING_ROUND,
    UPDATE_MATCHING_ROUND,
    EXECUTE_MATCHING_ROUND,
    LIST_UNMATCHED_REQUESTS,
    ACCEPT_MATCHING_PROPOSALS,
    PUBLISH_MATCHING_ROUND,
    CANCEL_MATCHING_ROUND,
    LIST_MATCHING_PROPOSALS,
    CREATE_MATCHING_PROPOSAL,
    READ_MATCHING_PROPOSAL,
    ACCEPT_MATCHING_PROPOSAL,
    REJECT_MATCHING_PROPOSAL,
    LIST_MENTORSHIPS,
    READ_MENTORSHIP,
    CREATE_MENTORSHIP,
    UPDATE_MENTORSHIP,
    ACCEPT_MENTORSHIP,
    DECLINE_MENTORSHIP,
    COMPLETE_MENTORSHIP,
    TERMINATE_MENTORSHIP,
    LIST_MENTORSHIP_GOALS,
    READ_MENTORSHIP_GOAL,
    CREATE_MENTORSHIP_GOAL,
    UPDATE_MENTORSHIP_GOAL,
    DELETE_MENTORSHIP_GOAL,
    LIST_MENTORING_MEETINGS,
    READ_MENTORING_MEETING,
    CREATE_MENTORING_MEETING,
    UPDATE_MENTORING_MEETING,
    COMPLETE_MENTORING_MEETING,
    CANCEL_MENTORING_MEETING,
    READ_PRIVATE_NOTE,
    KEEP_PRIVATE_NOTE,
    DELETE_PRIVATE_NOTE,
    LIST_MENTORSHIP_FEEDBACK,
    READ_MENTORSHIP_FEEDBACK,
    CREATE_MENTORSHIP_FEEDBACK,
    UPDATE_MENTORSHIP_FEEDBACK,
    READ_MENTORING_REPORT,
    READ_MENTORING_REPORT_CSV,
];
