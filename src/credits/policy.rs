//! Who may do what with credit hours.

use crate::kernel::policy::Rule;

/// Every row of the table.
pub const RULES: &[Rule] = &[];
