//! Who may do what with jobs: they belong to the account that asked for them.

use crate::kernel::policy::Rule;

#[rustfmt::skip]
mod table {
    use crate::kernel::policy::{Reach::{All, Own}, Rule, rule};

    //                                             librarian  mentor  admin
    pub const LIST_JOBS: Rule = rule("list_jobs", [Own,       Own,    All]).sorted_by(&["created_at"]);
    pub const READ_JOB:  Rule = rule("read_job",  [Own,       Own,    All]);
}
pub use table::*;

/// Every row of the table.
pub const RULES: &[Rule] = &[LIST_JOBS, READ_JOB];
