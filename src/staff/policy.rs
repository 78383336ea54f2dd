//! Who may do what with the professional record.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    //                                                           librarian  mentor  admin
    pub const LIST_UNITS:         Rule = rule("list_units",         [All,  All,    All]).sorted_by(&["code", "name", "created_at"]);
    pub const READ_UNIT:          Rule = rule("read_unit",          [All,  All,    All]);
    pub const CREATE_UNIT:        Rule = rule("create_unit",        [No,   No,     All]);
    pub const UPDATE_UNIT:        Rule = rule("update_unit",        [No,   No,     All]);
    pub const ARCHIVE_UNIT:       Rule = rule("archive_unit",       [No,   No,     All]);
    pub const RESTORE_UNIT:       Rule = rule("restore_unit",       [No,   No,     All]);
    pub const LIST_POSITIONS:     Rule = rule("list_positions",     [All,  All,     All]).sorted_by(&["level", "code"]);
    pub const READ_POSITION:      Rule = rule("read_position",      [All,  All,     All]);
    pub const LIST_LIBRARIANS:    Rule = rule("list_librarians",    [All,  All,     All]).sorted_by(&["name", "created_at"]);
    pub const READ_LIBRARIAN:     Rule = rule("read_librarian",     [Own,  Mentees, All]);
    pub const CREATE_LIBRARIAN:   Rule = rule("create_librarian",   [No,   No,      All]);
    pub const UPDATE_LIBRARIAN:   Rule = rule("update_librarian",   [Own,  Own,     All]);
    pub const ARCHIVE_LIBRARIAN:  Rule = rule("archive_librarian",  [No,   No,      All]);
    pub const RESTORE_LIBRARIAN:  Rule = rule("restore_librarian",  [No,   No,      All]);
    pub const IMPORT_LIBRARIANS:  Rule = rule("import_librarians",  [No,   No,      All]);
    pub const READ_LIBRARIAN_IMPORT_TEMPLATE: Rule = rule("read_librarian_import_template", [No, No, All]).also(&["text/csv"]);
    pub const LIST_MENTORSHIPS:   Rule = rule("list_mentorships",   [Own,  Own,     All]).sorted_by(&["starts_on"]);
    pub const READ_MENTORSHIP:    Rule = rule("read_mentorship",    [Own,  Own,     All]);
    pub const CREATE_MENTORSHIP:  Rule = rule("create_mentorship",  [No,   No,      All]);
    pub const UPDATE_MENTORSHIP:  Rule = rule("update_mentorship",  [No,   No,      All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    LIST_UNITS,
    READ_UNIT,
    CREATE_UNIT,
    UPDATE_UNIT,
    ARCHIVE_UNIT,
    RESTORE_UNIT,
    LIST_POSITIONS,
    READ_POSITION,
    LIST_LIBRARIANS,
    READ_LIBRARIAN,
    CREATE_LIBRARIAN,
    UPDATE_LIBRARIAN,
    ARCHIVE_LIBRARIAN,
    RESTORE_LIBRARIAN,
    IMPORT_LIBRARIANS,
    READ_LIBRARIAN_IMPORT_TEMPLATE,
    LIST_MENTORSHIPS,
    READ_MENTORSHIP,
    CREATE_MENTORSHIP,
    UPDATE_MENTORSHIP,
];
