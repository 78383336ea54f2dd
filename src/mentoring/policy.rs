//! Who may do what with mentoring.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, No, Own}, Rule, rule};

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
];
