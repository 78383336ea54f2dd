//! Who may do what with settings and reference tables.

use crate::kernel::policy::Rule;

/// Every row of the table.
pub const RULES: &[Rule] = &[];
