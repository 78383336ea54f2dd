//! Who may read the log.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Mentees, No, Own}, Rule, rule};

    //                                                           librarian  mentor    admin
    pub const LIST_EVENTS:        Rule = rule("list_events",        [Own,  Mentees,  All]);
    pub const LIST_AUDIT_ENTRIES: Rule = rule("list_audit_entries", [No,   No,       All]).sorted_by(&["seq"]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[LIST_EVENTS, LIST_AUDIT_ENTRIES];
