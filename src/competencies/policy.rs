//! Who may do what with frameworks, standards and assessments.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    //                                                           librarian  mentor  admin
}

/// Every row of the table.
pub const RULES: &[Rule] = &[];
