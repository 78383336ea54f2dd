//! Who may do what with plans and learning. For plans "own" includes, besides what only the person writes, those of the people
//! whose direct superior one is.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    //                                                                          librarian mentor   admin
    pub const LIST_DEVELOPMENT_PLANS:   Rule = rule("list_development_plans",   [Own, Mentees, All]).sorted_by(&["created_at", "year"]);
    pub const READ_DEVELOPMENT_PLAN:    Rule = rule("read_development_plan",    [Own, Mentees, All]);
    pub const CREATE_DEVELOPMENT_PLAN:  Rule = rule("create_development_plan",  [Own, Own,     All]);
    pub const UPDATE_DEVELOPMENT_PLAN:  Rule = rule("update_development_plan",  [Own, Own,     All]);
    pub const DELETE_DEVELOPMENT_PLAN:  Rule = rule("delete_development_plan",  [Own, Own,     All]);
    pub const SUBMIT_DEVELOPMENT_PLAN:  Rule = rule("submit_development_plan",  [Own, Own,     All]);
    pub const APPROVE_DEVELOPMENT_PLAN: Rule = rule("approve_development_plan", [Own, Mentees, All]);
    pub const RETURN_DEVELOPMENT_PLAN:  Rule = rule("return_development_plan",  [Own, Mentees, All]);
    pub const CLOSE_DEVELOPMENT_PLAN:   Rule = rule("close_development_plan",   [Own, Mentees, All]);
    pub const COMPLETE_PLAN_ACTION:     Rule = rule("complete_plan_action",     [Own, Own,     All]);
    pub const REOPEN_PLAN_ACTION:       Rule = rule("reopen_plan_action",       [Own, Own,     All]);
    pub const LIST_LEARNING_ENTRIES:   Rule = rule("list_learning_entries",   [Own, Mentees, All]).sorted_by(&["created_at", "ends_on"]);
    pub const READ_LEARNING_ENTRY:     Rule = rule("read_learning_entry",     [Own, Mentees, All]);
    pub const CREATE_LEARNING_ENTRY:   Rule = rule("create_learning_entry",   [Own, Own,     All]);
    pub const UPDATE_LEARNING_ENTRY:   Rule = rule("update_learning_entry",   [Own, Own,     All]);
    pub const DELETE_LEARNING_ENTRY:   Rule = rule("delete_learning_entry",   [Own, Own,     All]);
    pub const SUBMIT_LEARNING_ENTRY:   Rule = rule("submit_learning_entry",   [Own, Own,     All]);
    pub const VERIFY_LEARNING_ENTRY:   Rule = rule("verify_learning_entry",   [No,  Mentees, All]);
    pub const RETURN_LEARNING_ENTRY:   Rule = rule("return_learning_entry",   [No,  Mentees, All]);
    pub const CORRECT_LEARNING_ENTRY:  Rule = rule("correct_learning_entry",  [No,  Mentees, All]);
    pub const WITHDRAW_LEARNING_ENTRY: Rule = rule("withdraw_learning_entry", [Own, Own,     All]);
    pub const LIST_LEARNING_RESOURCES:   Rule = rule("list_learning_resources",   [All, All, All]).sorted_by(&["created_at", "rating", "reader_count"]);
    pub const READ_LEARNING_RESOURCE:    Rule = rule("read_learning_resource",    [All, All, All]);
    pub const CREATE_LEARNING_RESOURCE:  Rule = rule("create_learning_resource",  [No,  All, All]);
    pub const UPDATE_LEARNING_RESOURCE:  Rule = rule("update_learning_resource",  [No,  All, All]);
    pub const ARCHIVE_LEARNING_RESOURCE: Rule = rule("archive_learning_resource", [No,  No,  All]);
    pub const RESTORE_LEARNING_RESOURCE: Rule = rule("restore_learning_resource", [No,  No,  All]);
    pub const READ_LEARNING_CULTURE:     Rule = rule("read_learning_culture",     [No, Mentees, All]).also(&["text/csv", "image/svg+xml"]);
    pub const READ_LEARNING_CULTURE_CSV: Rule = rule("read_learning_culture_csv", [No, Mentees, All]).also(&["text/csv"]);
    pub const READ_LEARNING_CULTURE_SVG: Rule = rule("read_learning_culture_svg", [No, Mentees, All]).also(&["image/svg+xml"]);
    pub const LIST_READINGS:  Rule = rule("list_readings",  [All, All, All]).sorted_by(&["created_at", "read_on"]);
    pub const READ_READING:   Rule = rule("read_reading",   [All, All, All]);
    pub const CREATE_READING: Rule = rule("create_reading", [All, All, All]);
    pub const UPDATE_READING: Rule = rule("update_reading", [Own, Own, All]);
    pub const DELETE_READING: Rule = rule("delete_reading", [Own, Own, All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_DEVELOPMENT_PLANS,
    READ_DEVELOPMENT_PLAN,
    CREATE_DEVELOPMENT_PLAN,
    UPDATE_DEVELOPMENT_PLAN,
    DELETE_DEVELOPMENT_PLAN,
    SUBMIT_DEVELOPMENT_PLAN,
    APPROVE_DEVELOPMENT_PLAN,
    RETURN_DEVELOPMENT_PLAN,
    CLOSE_DEVELOPMENT_PLAN,
    COMPLETE_PLAN_ACTION,
    REOPEN_PLAN_ACTION,
    LIST_LEARNING_ENTRIES,
    READ_LEARNING_ENTRY,
    CREATE_LEARNING_ENTRY,
    UPDATE_LEARNING_ENTRY,
    DELETE_LEARNING_ENTRY,
    SUBMIT_LEARNING_ENTRY,
    VERIFY_LEARNING_ENTRY,
    RETURN_LEARNING_ENTRY,
    CORRECT_LEARNING_ENTRY,
    WITHDRAW_LEARNING_ENTRY,
    LIST_LEARNING_RESOURCES,
    READ_LEARNING_RESOURCE,
    CREATE_LEARNING_RESOURCE,
    UPDATE_LEARNING_RESOURCE,
    ARCHIVE_LEARNING_RESOURCE,
    RESTORE_LEARNING_RESOURCE,
    READ_LEARNING_CULTURE,
    READ_LEARNING_CULTURE_CSV,
    READ_LEARNING_CULTURE_SVG,
    LIST_READINGS,
    READ_READING,
    CREATE_READING,
    UPDATE_READING,
    DELETE_READING,
];
