//! Who may do what with credit hours.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    // librarian, mentor, admin
    pub const READ_CREDITS: Rule = rule("read_credits", [Own, Mentees, All]);
    pub const READ_PROFESSIONALISM_INDEX: Rule = rule("read_professionalism_index", [Own, Mentees, All]);
    pub const LIST_CREDIT_ENTRIES: Rule = rule("list_credit_entries", [Own, Mentees, All]).sorted_by(&["counted_on"]);
    pub const READ_CREDIT_ENTRY: Rule = rule("read_credit_entry", [Own, Mentees, All]);
    pub const REVERSE_CREDIT_ENTRY: Rule = rule("reverse_credit_entry", [No, No, All]);
    pub const LIST_SIASN_COURSES: Rule = rule("list_siasn_courses", [No, No, All]).sorted_by(&["counted_on"]);
    pub const DOWNLOAD_SIASN_COURSES: Rule = rule("download_siasn_courses", [No, No, All]).also(&["text/csv"]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[
    READ_CREDITS,
    READ_PROFESSIONALISM_INDEX,
    LIST_CREDIT_ENTRIES,
    READ_CREDIT_ENTRY,
    REVERSE_CREDIT_ENTRY,
    LIST_SIASN_COURSES,
    DOWNLOAD_SIASN_COURSES,
];
