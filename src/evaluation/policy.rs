//! Who may do what with indicators and what follows from them. They tell of groups, never of one person, so whoever is signed in may
//! read them.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, No}, Rule, rule};

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
];
