//! Who may do what with the professional record.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, No}, Rule, rule};

    //                                                           librarian  mentor  admin
    pub const LIST_UNITS:         Rule = rule("list_units",         [All,  All,    All]);
    pub const READ_UNIT:          Rule = rule("read_unit",          [All,  All,    All]);
    pub const CREATE_UNIT:        Rule = rule("create_unit",        [No,   No,     All]);
    pub const UPDATE_UNIT:        Rule = rule("update_unit",        [No,   No,     All]);
    pub const ARCHIVE_UNIT:       Rule = rule("archive_unit",       [No,   No,     All]);
    pub const RESTORE_UNIT:       Rule = rule("restore_unit",       [No,   No,     All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[LIST_UNITS, READ_UNIT, CREATE_UNIT, UPDATE_UNIT, ARCHIVE_UNIT, RESTORE_UNIT];
