//! Who may do what with indicators and what follows from them. They tell of groups, never of one person, so whoever is signed in may
//! read them. Of improvement actions "own" are those that one carries out; of questions about behaviour those that one is asked.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    //                                                                          librarian mentor admin
    pub const LIST_INDICATORS:           Rule = rule("list_indicators",           [All, All, All]).sorted_by(&["code", "created_at"]);
    pub const READ_INDICATOR:            Rule = rule("read_indicator",            [All, All, All]);
    pub const CREATE_INDICATOR:          Rule = rule("create_indicator",          [No,  No,  All]);
    pub const UPDATE_INDICATOR:          Rule = rule("update_indicator",          [No,  No,  All]);
    pub const ARCHIVE_INDICATOR:         Rule = rule("archive_indicator",         [No,  No,  All]);
    pub const RESTORE_INDICATOR:         Rule = rule("restore_indicator",         [No,  No,  All]);
    pub const READ_INDICATOR_CALCULATION: Rule = rule("read_indicator_calculation", [No, No, All]);
    pub const READ_INDICATOR_TREND:      Rule = rule("read_indicator_trend",      [All, All, All]).also(&["text/csv", "image/svg+xml"]);
    pub const READ_INDICATOR_TREND_CSV:  Rule = rule("read_indicator_trend_csv",  [All, All, All]).also(&["text/csv"]);
    pub const READ_INDICATOR_TREND_SVG:  Rule = rule("read_indicator_trend_svg",  [All, All, All]).also(&["image/svg+xml"]);
    pub const LIST_INDICATOR_METHODS:    Rule = rule("list_indicator_methods",    [All, All, All]).sorted_by(&["valid_from"]);
    pub const READ_INDICATOR_METHOD:     Rule = rule("read_indicator_method",     [All, All, All]);
    pub const CREATE_INDICATOR_METHOD:   Rule = rule("create_indicator_method",   [No,  No,  All]);
    pub const UPDATE_INDICATOR_METHOD:   Rule = rule("update_indicator_method",   [No,  No,  All]);
    pub const DELETE_INDICATOR_METHOD:   Rule = rule("delete_indicator_method",   [No,  No,  All]);
    pub const LIST_LIBRARY_FIGURES:      Rule = rule("list_library_figures",      [All, All, All]).sorted_by(&["starts_on", "created_at"]);
    pub const READ_LIBRARY_FIGURE:       Rule = rule("read_library_figure",       [All, All, All]);
    pub const CREATE_LIBRARY_FIGURE:     Rule = rule("create_library_figure",     [No,  No,  All]);
    pub const UPDATE_LIBRARY_FIGURE:     Rule = rule("update_library_figure",     [No,  No,  All]);
    pub const DELETE_LIBRARY_FIGURE:     Rule = rule("delete_library_figure",     [No,  No,  All]);
    pub const LIST_TARGETS:              Rule = rule("list_targets",              [All, All, All]).sorted_by(&["starts_on"]);
    pub const READ_TARGET:               Rule = rule("read_target",               [All, All, All]);
    pub const CREATE_TARGET:             Rule = rule("create_target",             [No,  No,  All]);
    pub const UPDATE_TARGET:             Rule = rule("update_target",             [No,  No,  All]);
    pub const DELETE_TARGET:             Rule = rule("delete_target",             [No,  No,  All]);
    pub const LIST_MEASUREMENTS:         Rule = rule("list_measurements",         [All, All, All]).sorted_by(&["starts_on", "created_at"]);
    pub const READ_MEASUREMENT:          Rule = rule("read_measurement",          [All, All, All]);
    pub const CREATE_MEASUREMENT:        Rule = rule("create_measurement",        [No,  No,  All]);
    pub const CLOSE_MEASUREMENT:         Rule = rule("close_measurement",         [No,  No,  All]);
    pub const READ_INDICATOR_DASHBOARD:  Rule = rule("read_indicator_dashboard",  [All, All, All]);
    pub const LIST_CHANGE_INITIATIVES:   Rule = rule("list_change_initiatives",   [All, All, All]).sorted_by(&["go_live_on", "created_at"]);
    pub const READ_CHANGE_INITIATIVE:    Rule = rule("read_change_initiative",    [All, All, All]);
    pub const CREATE_CHANGE_INITIATIVE:  Rule = rule("create_change_initiative",  [No,  No,  All]);
    pub const UPDATE_CHANGE_INITIATIVE:  Rule = rule("update_change_initiative",  [No,  No,  All]);
    pub const DELETE_CHANGE_INITIATIVE:  Rule = rule("delete_change_initiative",  [No,  No,  All]);
    pub const START_CHANGE_INITIATIVE:   Rule = rule("start_change_initiative",   [No,  No,  All]);
    pub const COMPLETE_CHANGE_INITIATIVE: Rule = rule("complete_change_initiative", [No, No, All]);
    pub const CANCEL_CHANGE_INITIATIVE:  Rule = rule("cancel_change_initiative",  [No,  No,  All]);
    pub const READ_CHANGE_EVALUATION:    Rule = rule("read_change_evaluation",    [No,  No,  All]);
    pub const LIST_ADOPTIONS:            Rule = rule("list_adoptions",            [Own, Mentees, All]).sorted_by(&["reached_on", "created_at"]);
    pub const READ_ADOPTION:             Rule = rule("read_adoption",             [Own, Mentees, All]);
    pub const CREATE_ADOPTION:           Rule = rule("create_adoption",           [All, All, All]);
    pub const READ_ADOPTION_REPORT:      Rule = rule("read_adoption_report",      [All, All, All]).also(&["image/svg+xml"]);
    pub const READ_ADOPTION_REPORT_SVG:  Rule = rule("read_adoption_report_svg",  [All, All, All]).also(&["image/svg+xml"]);
    pub const LIST_CHANGE_ACTIONS:       Rule = rule("list_change_actions",       [All, All, All]).sorted_by(&["held_on"]);
    pub const READ_CHANGE_ACTION:        Rule = rule("read_change_action",        [All, All, All]);
    pub const CREATE_CHANGE_ACTION:      Rule = rule("create_change_action",      [No,  No,  All]);
    pub const UPDATE_CHANGE_ACTION:      Rule = rule("update_change_action",      [No,  No,  All]);
    pub const DELETE_CHANGE_ACTION:      Rule = rule("delete_change_action",      [No,  No,  All]);
    pub const LIST_REVIEWS:              Rule = rule("list_reviews",              [All, All, All]).sorted_by(&["held_on", "created_at"]);
    pub const READ_REVIEW:               Rule = rule("read_review",               [All, All, All]);
    pub const CREATE_REVIEW:             Rule = rule("create_review",             [No,  No,  All]);
    pub const UPDATE_REVIEW:             Rule = rule("update_review",             [No,  No,  All]);
    pub const DELETE_REVIEW:             Rule = rule("delete_review",             [No,  No,  All]);
    pub const HOLD_REVIEW:               Rule = rule("hold_review",               [No,  No,  All]);
    pub const CLOSE_REVIEW:              Rule = rule("close_review",              [No,  No,  All]);
    pub const LIST_FINDINGS:             Rule = rule("list_findings",             [All, All, All]).sorted_by(&["position"]);
    pub const READ_FINDING:              Rule = rule("read_finding",              [All, All, All]);
    pub const CREATE_FINDING:            Rule = rule("create_finding",            [No,  No,  All]);
    pub const UPDATE_FINDING:            Rule = rule("update_finding",            [No,  No,  All]);
    pub const DELETE_FINDING:            Rule = rule("delete_finding",            [No,  No,  All]);
    pub const LIST_IMPROVEMENT_ACTIONS:  Rule = rule("list_improvement_actions",  [All, All, All]).sorted_by(&["due_on", "created_at"]);
    pub const READ_IMPROVEMENT_ACTION:   Rule = rule("read_improvement_action",   [All, All, All]);
    pub const CREATE_IMPROVEMENT_ACTION: Rule = rule("create_improvement_action", [No,  No,  All]);
    pub const UPDATE_IMPROVEMENT_ACTION: Rule = rule("update_improvement_action", [No,  No,  All]);
    pub const START_IMPROVEMENT_ACTION:  Rule = rule("start_improvement_action",  [Own, Own, All]);
    pub const COMPLETE_IMPROVEMENT_ACTION: Rule = rule("complete_improvement_action", [Own, Own, All]);
    pub const RECHECK_IMPROVEMENT_ACTION: Rule = rule("recheck_improvement_action", [Own, Own, All]);
    pub const VERIFY_IMPROVEMENT_ACTION: Rule = rule("verify_improvement_action", [No,  No,  All]);
    pub const REOPEN_IMPROVEMENT_ACTION: Rule = rule("reopen_improvement_action", [Own, Own, All]);
    pub const CANCEL_IMPROVEMENT_ACTION: Rule = rule("cancel_improvement_action", [No,  No,  All]);
    pub const READ_ACTIVITY_EVALUATION:  Rule = rule("read_activity_evaluation",  [All, All, All]);
    pub const LIST_BEHAVIOUR_EVALUATIONS: Rule = rule("list_behaviour_evaluations", [Own, Own, All]).sorted_by(&["due_on", "created_at"]);
    pub const READ_BEHAVIOUR_EVALUATION: Rule = rule("read_behaviour_evaluation", [Own, Own, All]);
    pub const ANSWER_BEHAVIOUR_EVALUATION: Rule = rule("answer_behaviour_evaluation", [Own, Own, All]);
    pub const REASSIGN_BEHAVIOUR_EVALUATION: Rule = rule("reassign_behaviour_evaluation", [No, No, All]);
    pub const LIST_ACTIVITY_INDICATORS:  Rule = rule("list_activity_indicators",  [All, All, All]).sorted_by(&["created_at"]);
    pub const READ_ACTIVITY_INDICATOR:   Rule = rule("read_activity_indicator",   [All, All, All]);
    pub const CREATE_ACTIVITY_INDICATOR: Rule = rule("create_activity_indicator", [No,  No,  All]);
    pub const DELETE_ACTIVITY_INDICATOR: Rule = rule("delete_activity_indicator", [No,  No,  All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_INDICATORS,
    READ_INDICATOR,
    CREATE_INDICATOR,
    UPDATE_INDICATOR,
    ARCHIVE_INDICATOR,
    RESTORE_INDICATOR,
    READ_INDICATOR_CALCULATION,
    READ_INDICATOR_TREND,
    READ_INDICATOR_TREND_CSV,
    READ_INDICATOR_TREND_SVG,
    LIST_INDICATOR_METHODS,
    READ_INDICATOR_METHOD,
    CREATE_INDICATOR_METHOD,
    UPDATE_INDICATOR_METHOD,
    DELETE_INDICATOR_METHOD,
    LIST_LIBRARY_FIGURES,
    READ_LIBRARY_FIGURE,
    CREATE_LIBRARY_FIGURE,
    UPDATE_LIBRARY_FIGURE,
    DELETE_LIBRARY_FIGURE,
    LIST_TARGETS,
    READ_TARGET,
    CREATE_TARGET,
    UPDATE_TARGET,
    DELETE_TARGET,
    LIST_MEASUREMENTS,
    READ_MEASUREMENT,
    CREATE_MEASUREMENT,
    CLOSE_MEASUREMENT,
    READ_INDICATOR_DASHBOARD,
    LIST_CHANGE_INITIATIVES,
    READ_CHANGE_INITIATIVE,
    CREATE_CHANGE_INITIATIVE,
    UPDATE_CHANGE_INITIATIVE,
    DELETE_CHANGE_INITIATIVE,
    START_CHANGE_INITIATIVE,
    COMPLETE_CHANGE_INITIATIVE,
    CANCEL_CHANGE_INITIATIVE,
    READ_CHANGE_EVALUATION,
    LIST_ADOPTIONS,
    READ_ADOPTION,
    CREATE_ADOPTION,
    READ_ADOPTION_REPORT,
    READ_ADOPTION_REPORT_SVG,
    LIST_CHANGE_ACTIONS,
    READ_CHANGE_ACTION,
    CREATE_CHANGE_ACTION,
    UPDATE_CHANGE_ACTION,
    DELETE_CHANGE_ACTION,
    LIST_REVIEWS,
    READ_REVIEW,
    CREATE_REVIEW,
    UPDATE_REVIEW,
    DELETE_REVIEW,
    HOLD_REVIEW,
    CLOSE_REVIEW,
    LIST_FINDINGS,
    READ_FINDING,
    CREATE_FINDING,
    UPDATE_FINDING,
    DELETE_FINDING,
    LIST_IMPROVEMENT_ACTIONS,
    READ_IMPROVEMENT_ACTION,
    CREATE_IMPROVEMENT_ACTION,
    UPDATE_IMPROVEMENT_ACTION,
    START_IMPROVEMENT_ACTION,
    COMPLETE_IMPROVEMENT_ACTION,
    RECHECK_IMPROVEMENT_ACTION,
    VERIFY_IMPROVEMENT_ACTION,
    REOPEN_IMPROVEMENT_ACTION,
    CANCEL_IMPROVEMENT_ACTION,
    READ_ACTIVITY_EVALUATION,
    LIST_BEHAVIOUR_EVALUATIONS,
    READ_BEHAVIOUR_EVALUATION,
    ANSWER_BEHAVIOUR_EVALUATION,
    REASSIGN_BEHAVIOUR_EVALUATION,
    LIST_ACTIVITY_INDICATORS,
    READ_ACTIVITY_INDICATOR,
    CREATE_ACTIVITY_INDICATOR,
    DELETE_ACTIVITY_INDICATOR,
];
