//! What an import did, or would do.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::kernel::error::Refusal;
use crate::kernel::language::{Language, Localized};
use crate::kernel::validation::{Fault, Place, Violation};

/// What happens to the right rows of a file when others are wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    /// Nothing is written when anything is wrong.
    #[default]
    Atomic,
    /// The right rows are written, the wrong ones are left out.
    Partial,
}

/// How a file is brought in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ImportOptions {
    /// Only say what would happen, and write nothing.
    #[serde(default)]
    #[param(example = true)]
    pub dry_run: bool,
    /// What happens to the right rows when others are wrong.
    #[serde(default)]
    #[param(inline)]
    pub mode: ImportMode,
}

/// What happens to the right rows of a file that is one object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WholeImportMode {
    /// Nothing is written when anything is wrong.
    #[default]
    Atomic,
}

/// How a file that comes whole or not at all is brought in.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct WholeImportOptions {
    /// Only say what would happen, and write nothing.
    #[serde(default)]
    #[param(example = true)]
    pub dry_run: bool,
    /// What happens to the right parts when others are wrong.
    #[serde(default)]
    #[param(inline)]
    pub mode: WholeImportMode,
}

impl From<WholeImportOptions> for ImportOptions {
    fn from(options: WholeImportOptions) -> Self {
        let WholeImportMode::Atomic = options.mode;
        Self { dry_run: options.dry_run, mode: ImportMode::Atomic }
    }
}

/// One mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "row": 14, "column": "unit_code", "pointer": null, "code": "no_such_code",
    "message": {"id": "Tidak ada data dengan kode PUSAT", "en": "There is nothing with the code PUSAT"}
}))]
pub struct ImportFault {
    /// The row as a spreadsheet counts it: the header is row 1. Null where the mistake is not in one row.
    #[schema(required, minimum = 1, maximum = 2_147_483_647)]
    pub row: Option<i32>,
    /// The column; null where the mistake is not in one.
    #[schema(required, max_length = 200)]
    pub column: Option<String>,
    /// Where the mistake is in a JSON file: a JSON pointer in the fragment form of RFC 9457; null in a table.
    #[schema(required, max_length = 2000)]
    pub pointer: Option<String>,
    /// What is wrong: a stable code.
    #[schema(max_length = 60)]
    pub code: String,
    /// The same in words.
    pub message: Localized,
}

/// What an import did, or, with `dry_run`, would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "dry_run": false, "mode": "partial", "applied": true, "rows": 300, "created": 293, "updated": 0, "unchanged": 0, "failed": 7,
    "errors": [{"row": 14, "column": "unit_code", "pointer": null, "code": "no_such_code",
        "message": {"id": "Tidak ada data dengan kode PUSAT", "en": "There is nothing with the code PUSAT"}}],
    "errors_omitted": 0
}))]
pub struct ImportReport {
    /// Whether it was asked for as a trial that writes nothing.
    pub dry_run: bool,
    /// What happens to right rows when others are wrong.
    pub mode: ImportMode,
    /// Whether the right rows were written: not by a trial, and not from a file that was rejected.
    pub applied: bool,
    /// Rows (objects) in the file.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub rows: i32,
    /// Those that are new.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub created: i32,
    /// Those that change something.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub updated: i32,
    /// Those that say what is here already.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub unchanged: i32,
    /// Those that are wrong.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub failed: i32,
    /// The mistakes, in the order of the file: the first 1,000.
    #[schema(max_items = 1000)]
    pub errors: Vec<ImportFault>,
    /// How many mistakes there are beyond those listed.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub errors_omitted: i32,
}

/// How many mistakes a report lists.
const LISTED: usize = 1000;

impl ImportFault {
    /// A mistake in a row of a table.
    pub fn in_row(row: i32, violation: &Violation) -> Self {
        let column = match &violation.place {
            Place::Pointer(pointer) => pointer.trim_start_matches("#/").to_owned(),
            Place::Parameter(name) => name.clone(),
            Place::Header(name) => (*name).to_owned(),
        };
        let column = (!column.is_empty()).then_some(column);
        Self { row: Some(row), column, pointer: None, ..Self::of(violation) }
    }

    /// A mistake in the header of a table.
    pub fn in_header(column: String, fault: &'static Fault) -> Self {
        Self { row: Some(1), column: Some(column), ..Self::of(&Violation::field("", fault)) }
    }

    /// A mistake in a JSON file.
    pub fn in_json(violation: &Violation) -> Self {
        let pointer = match &violation.place {
            Place::Pointer(pointer) => Some(pointer.clone()),
            _ => None,
        };
        Self { pointer, ..Self::of(violation) }
    }

    /// A file that is refused as a whole.
    pub fn refused(refusal: Refusal) -> Self {
        let message = Localized::new(refusal.id, refusal.en);
        Self { row: None, column: None, pointer: None, code: refusal.code.to_owned(), message }
    }

    fn of(violation: &Violation) -> Self {
        let message = Localized::new(violation.detail(Language::Indonesian), violation.detail(Language::English));
        Self { row: None, column: None, pointer: None, code: violation.fault.code.to_owned(), message }
    }
}

impl ImportReport {
    /// A report of which nothing has come yet.
    pub fn new(options: ImportOptions) -> Self {
        Self { dry_run: options.dry_run, mode: options.mode, ..Self::default() }
    }

    /// Counts a row and what became of it.
    pub fn count(&mut self, outcome: RowOutcome) {
        self.rows += 1;
        match outcome {
            RowOutcome::Created => self.created += 1,
            RowOutcome::Updated => self.updated += 1,
            RowOutcome::Unchanged => self.unchanged += 1,
        }
    }

    /// Counts a row that is wrong.
    pub fn fail(&mut self, faults: Vec<ImportFault>) {
        self.rows += 1;
        self.failed += 1;
        self.blame(faults);
    }

    /// Lists mistakes, as far as there is room.
    pub fn blame(&mut self, faults: Vec<ImportFault>) {
        for fault in faults {
            if self.errors.len() < LISTED {
                self.errors.push(fault);
            } else {
                self.errors_omitted += 1;
            }
        }
    }

    /// Whether anything is wrong.
    pub fn is_wrong(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// What becomes of a row that is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// It is new.
    Created,
    /// It changes something.
    Updated,
    /// It says what is here already.
    Unchanged,
}
