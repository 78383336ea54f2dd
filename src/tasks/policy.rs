//! Who may read tasks: everybody their own.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::Own, Rule, rule};

    //                                             librarian  mentor  admin
    pub const READ_TASKS: Rule = rule("read_tasks", [Own,      Own,    Own]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[READ_TASKS];
