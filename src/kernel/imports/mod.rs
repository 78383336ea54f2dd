//! Files that bring many objects in: one way for all chapters.
//!
//! The file is taken whole, kept beside a job, and answered with 202 at once ([`Upload`], [`accept`]). The job reads it row by row
//! ([`TableImport`], [`run`]): a trial writes nothing, `atomic` writes everything or nothing, `partial` leaves the wrong rows out.
//! Rows are found again by what they are about, not by where they stand: the same file, sent again, changes nothing.

mod fault;
mod report;
mod run;
mod table;
mod upload;

pub use fault::{FAULTS, IMPORT_REJECTED, NO_SUCH_CODE, ONE_OF, SAME_AS_ROW, TOO_MANY_ROWS};
pub use report::{ImportFault, ImportMode, ImportOptions, ImportReport, RowOutcome, WholeImportOptions};
pub use run::{TableImport, Verdict, run};
pub use table::{Cells, Numbered, Table, TableColumn};
pub use upload::{CsvFile, FileFormat, Upload, accept, template};
