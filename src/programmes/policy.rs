//! Who may do what with programmes, goals and milestones: everybody reads, admins write.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, No}, Rule, rule};

    //                                                                         librarian mentor admin
    pub const LIST_PROGRAMMES:         Rule = rule("list_programmes",         [All, All, All]).sorted_by(&["year", "title", "created_at"]);
    pub const READ_PROGRAMME:          Rule = rule("read_programme",          [All, All, All]);
    pub const CREATE_PROGRAMME:        Rule = rule("create_programme",        [No,  No,  All]);
    pub const UPDATE_PROGRAMME:        Rule = rule("update_programme",        [No,  No,  All]);
    pub const ARCHIVE_PROGRAMME:       Rule = rule("archive_programme",       [No,  No,  All]);
    pub const RESTORE_PROGRAMME:       Rule = rule("restore_programme",       [No,  No,  All]);
    pub const ACTIVATE_PROGRAMME:      Rule = rule("activate_programme",      [No,  No,  All]);
    pub const CLOSE_PROGRAMME:         Rule = rule("close_programme",         [No,  No,  All]);
    pub const COPY_PROGRAMME:          Rule = rule("copy_programme",          [No,  No,  All]);
    pub const READ_PROGRAMME_TEMPLATE: Rule = rule("read_programme_template", [No,  No,  All]);
    pub const IMPORT_PROGRAMME:        Rule = rule("import_programme",        [No,  No,  All]);
    pub const READ_PROGRAMME_PROGRESS: Rule = rule("read_programme_progress", [All, All, All]);
    pub const LIST_STRATEGIC_GOALS:    Rule = rule("list_strategic_goals",    [All, All, All]).sorted_by(&["due_on", "title", "created_at"]);
    pub const READ_STRATEGIC_GOAL:     Rule = rule("read_strategic_goal",     [All, All, All]);
    pub const CREATE_STRATEGIC_GOAL:   Rule = rule("create_strategic_goal",   [No,  No,  All]);
    pub const UPDATE_STRATEGIC_GOAL:   Rule = rule("update_strategic_goal",   [No,  No,  All]);
    pub const ARCHIVE_STRATEGIC_GOAL:  Rule = rule("archive_strategic_goal",  [No,  No,  All]);
    pub const RESTORE_STRATEGIC_GOAL:  Rule = rule("restore_strategic_goal",  [No,  No,  All]);
    pub const ACHIEVE_STRATEGIC_GOAL:  Rule = rule("achieve_strategic_goal",  [No,  No,  All]);
    pub const MISS_STRATEGIC_GOAL:     Rule = rule("miss_strategic_goal",     [No,  No,  All]);
    pub const CANCEL_STRATEGIC_GOAL:   Rule = rule("cancel_strategic_goal",   [No,  No,  All]);
    pub const REOPEN_STRATEGIC_GOAL:   Rule = rule("reopen_strategic_goal",   [No,  No,  All]);
    pub const LIST_MILESTONES:         Rule = rule("list_milestones",         [All, All, All]).sorted_by(&["due_on", "title", "created_at"]);
    pub const READ_MILESTONE:          Rule = rule("read_milestone",          [All, All, All]);
    pub const CREATE_MILESTONE:        Rule = rule("create_milestone",        [No,  No,  All]);
    pub const UPDATE_MILESTONE:        Rule = rule("update_milestone",        [No,  No,  All]);
    pub const ARCHIVE_MILESTONE:       Rule = rule("archive_milestone",       [No,  No,  All]);
    pub const RESTORE_MILESTONE:       Rule = rule("restore_milestone",       [No,  No,  All]);
    pub const ACHIEVE_MILESTONE:       Rule = rule("achieve_milestone",       [No,  No,  All]);
    pub const MISS_MILESTONE:          Rule = rule("miss_milestone",          [No,  No,  All]);
    pub const CANCEL_MILESTONE:        Rule = rule("cancel_milestone",        [No,  No,  All]);
    pub const REOPEN_MILESTONE:        Rule = rule("reopen_milestone",        [No,  No,  All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_PROGRAMMES,
    READ_PROGRAMME,
    CREATE_PROGRAMME,
    UPDATE_PROGRAMME,
    ARCHIVE_PROGRAMME,
    RESTORE_PROGRAMME,
    ACTIVATE_PROGRAMME,
    CLOSE_PROGRAMME,
    COPY_PROGRAMME,
    READ_PROGRAMME_PROGRESS,
    READ_PROGRAMME_TEMPLATE,
    IMPORT_PROGRAMME,
    LIST_STRATEGIC_GOALS,
    READ_STRATEGIC_GOAL,
    CREATE_STRATEGIC_GOAL,
    UPDATE_STRATEGIC_GOAL,
    ARCHIVE_STRATEGIC_GOAL,
    RESTORE_STRATEGIC_GOAL,
    ACHIEVE_STRATEGIC_GOAL,
    MISS_STRATEGIC_GOAL,
    CANCEL_STRATEGIC_GOAL,
    REOPEN_STRATEGIC_GOAL,
    LIST_MILESTONES,
    READ_MILESTONE,
    CREATE_MILESTONE,
    UPDATE_MILESTONE,
    ARCHIVE_MILESTONE,
    RESTORE_MILESTONE,
    ACHIEVE_MILESTONE,
    MISS_MILESTONE,
    CANCEL_MILESTONE,
    REOPEN_MILESTONE,
];
