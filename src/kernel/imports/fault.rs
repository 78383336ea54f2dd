//! Kinds of mistakes in files, beyond those of fields.

use crate::kernel::error::Refusal;
use crate::kernel::validation::Fault;

/// All of them.
pub const FAULTS: &[&Fault] = &[
    &NOT_UTF8,
    &BROKEN_TABLE,
    &UNKNOWN_COLUMN,
    &WRONG_FIELD_COUNT,
    &TOO_MANY_ROWS,
    &NOT_A_DATE,
    &ONE_OF,
    &NO_SUCH_CODE,
    &SAME_AS_ROW,
];

/// Some rows are wrong; nothing was written.
pub const IMPORT_REJECTED: Refusal = Refusal {
    code: "import_rejected",
    status: 422,
    id: "Berkas ini salah atau memuat baris yang salah; tidak ada yang disimpan",
    en: "The file is wrong, or has rows that are; nothing was written",
};

/// The text is not UTF-8.
pub const NOT_UTF8: Fault = Fault {
    code: "not_utf8",
    id: "Bukan teks UTF-8; simpan berkas sebagai CSV UTF-8",
    en: "Not UTF-8 text; save the file as CSV UTF-8",
};
/// The table cannot be read on.
pub const BROKEN_TABLE: Fault =
    Fault { code: "broken_table", id: "Tabel tidak dapat dibaca di sini", en: "The table cannot be read here" };
/// There is no such column.
pub const UNKNOWN_COLUMN: Fault =
    Fault { code: "unknown_column", id: "Kolom ini tidak dikenal", en: "This column is unknown" };
/// The row has another number of cells than the header.
pub const WRONG_FIELD_COUNT: Fault = Fault {
    code: "wrong_field_count",
    id: "Baris ini memiliki {found} sel, judulnya {expected}",
    en: "This row has {found} cells, the header has {expected}",
};
/// At most {max} rows.
pub const TOO_MANY_ROWS: Fault =
    Fault { code: "too_many_rows", id: "Paling banyak {max} baris", en: "At most {max} rows" };
/// Not a date.
pub const NOT_A_DATE: Fault = Fault {
    code: "not_a_date",
    id: "Bukan tanggal; tulis 2026-03-01 atau 01-03-2026",
    en: "Not a date; write 2026-03-01 or 01-03-2026",
};
/// One of: {allowed}.
pub const ONE_OF: Fault = Fault { code: "one_of", id: "Salah satu dari: {allowed}", en: "One of: {allowed}" };
/// There is nothing with the code {code}.
pub const NO_SUCH_CODE: Fault = Fault {
    code: "no_such_code",
    id: "Tidak ada data dengan kode {code}",
    en: "There is nothing with the code {code}",
};
/// Row {row} is about the same.
pub const SAME_AS_ROW: Fault =
    Fault { code: "same_as_row", id: "Baris {row} memuat data yang sama", en: "Row {row} is about the same" };
