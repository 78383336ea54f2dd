//! Reading a table: comma, semicolon or tab, with or without a byte order mark, row by row.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::fault::{BROKEN_TABLE, NOT_A_DATE, NOT_UTF8, UNKNOWN_COLUMN, WRONG_FIELD_COUNT};
use super::report::ImportFault;
use crate::kernel::csv;
use crate::kernel::validation::{Place, REPEATED, REQUIRED, Violation};

/// A column that a table may have.
#[derive(Clone, Copy, Debug)]
pub struct TableColumn {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether no table goes without it.
    pub required: bool,
}

impl TableColumn {
    /// A column that every table has.
    pub const fn required(name: &'static str) -> Self {
        Self { name, required: true }
    }

    /// A column that a table may leave out.
    pub const fn optional(name: &'static str) -> Self {
        Self { name, required: false }
    }
}

/// A row's cells by the names of their columns.
pub struct Cells<'a> {
    columns: &'a HashMap<&'static str, usize>,
    record: &'a ::csv::StringRecord,
}

impl Cells<'_> {
    /// Whether the table has this column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// What stands in a cell, without the blanks around it; nothing where that is nothing.
    pub fn text(&self, column: &str) -> Option<&str> {
        let text = csv::plain(self.record.get(*self.columns.get(column)?)?.trim());
        (!text.is_empty()).then_some(text)
    }

    /// The day in a cell: `2026-03-01`, or day first as spreadsheets here write it: `01-03-2026`, `1/3/2026`.
    pub fn date(&self, column: &'static str, wrong: &mut Vec<Violation>) -> Option<NaiveDate> {
        let text = self.text(column)?;
        let day =
            ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok());
        let day = day.filter(|day| (1900..2200).contains(&chrono::Datelike::year(day)));
        if day.is_none() {
            wrong.push(Violation::field(column, &NOT_A_DATE));
        }
        day
    }
}

/// A row with its number, as a spreadsheet counts.
pub struct Numbered<T> {
    /// The number: the header is row 1.
    pub row: i32,
    /// What stands there.
    pub content: T,
}

/// A table that is read once, from its beginning.
pub struct Table<'a> {
    reader: ::csv::Reader<&'a [u8]>,
    known: &'static [TableColumn],
    columns: HashMap<&'static str, usize>,
    width: usize,
    record: ::csv::StringRecord,
    content: &'a [u8],
    /// How far the rows before were counted, and how many there were: lines that stand inside of cells are no rows.
    counted: (usize, i32),
}

impl<'a> Table<'a> {
    /// Reads the header; says everything that is wrong with it.
    pub fn open(content: &'a [u8], known: &'static [TableColumn]) -> Result<Self, Vec<ImportFault>> {
        let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(delimiter(content))
            .has_headers(false)
            .flexible(true)
            .from_reader(content);
        let mut record = ::csv::StringRecord::new();
        match reader.read_record(&mut record) {
            Ok(_) => {}
            Err(error) => return Err(vec![unreadable(&error, 1)]),
        }
        let mut columns = HashMap::new();
        let mut wrong = Vec::new();
        for (index, name) in record.iter().enumerate() {
            let name = name.trim().to_lowercase();
            match known.iter().find(|column| column.name == name) {
                None => wrong.push((name, &UNKNOWN_COLUMN)),
                Some(column) => {
                    if columns.insert(column.name, index).is_some() {
                        wrong.push((name, &REPEATED));
                    }
                }
            }
        }
        let missing = known.iter().filter(|column| column.required && !columns.contains_key(column.name));
        wrong.extend(missing.map(|column| (column.name.to_owned(), &REQUIRED)));
        if wrong.is_empty() {
            let mut table = Self { reader, known, columns, width: record.len(), record, content, counted: (0, 0) };
            table.row_at(0);
            table.pass();
            return Ok(table);
        }
        let faults =
            wrong.into_iter().map(|(name, fault)| ImportFault::in_header(name.chars().take(200).collect(), fault));
        Err(faults.collect())
    }

    /// The row of a record that begins at or after this byte, behind the ends of the lines before it.
    fn row_at(&mut self, byte: u64) -> i32 {
        let (from, rows) = self.counted;
        let byte = usize::try_from(byte).unwrap_or(from).max(from);
        let rest = self.content.get(byte..).unwrap_or_default();
        let begin = byte + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.counted = (begin, rows + line_ends(self.content.get(from..begin).unwrap_or_default()));
        self.counted.1 + 1
    }

    /// Leaves the lines inside of the record's cells out of the count.
    fn pass(&mut self) {
        self.counted.1 -= line_ends(self.record.as_slice().as_bytes());
    }

    /// The next row that is not blank, read by `read`; with what is wrong with it.
    pub fn next<T>(
        &mut self,
        read: impl FnOnce(&Cells<'_>, &mut Vec<Violation>) -> Option<T>,
    ) -> Option<Numbered<Result<T, Vec<ImportFault>>>> {
        loop {
            match self.reader.read_record(&mut self.record) {
                Ok(false) => return None,
                Ok(true) => {}
                Err(error) => {
                    let row = self.row_at(error.position().map_or(0, ::csv::Position::byte));
                    return Some(Numbered { row, content: Err(vec![unreadable(&error, row)]) });
                }
            }
            let row = self.row_at(self.record.position().map_or(0, ::csv::Position::byte));
            self.pass();
            if self.record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let mut wrong = Vec::new();
            if self.record.len() != self.width {
                let fault = Violation::field("", &WRONG_FIELD_COUNT);
                let fault = fault.with("expected", self.width).with("found", self.record.len());
                return Some(Numbered { row, content: Err(vec![ImportFault::in_row(row, &fault)]) });
            }
            let read = read(&Cells { columns: &self.columns, record: &self.record }, &mut wrong);
            let content = match read {
                Some(content) if wrong.is_empty() => Ok(content),
                _ => {
                    // In the order of the columns, however they were looked at.
                    wrong.sort_by_key(|violation| self.known.iter().position(|column| is_at(violation, column.name)));
                    Err(wrong.iter().map(|violation| ImportFault::in_row(row, violation)).collect())
                }
            };
            return Some(Numbered { row, content });
        }
    }
}

fn is_at(violation: &Violation, column: &str) -> bool {
    matches!(&violation.place, Place::Pointer(pointer) if pointer.strip_prefix("#/") == Some(column))
}

/// How many lines end here, whichever way.
fn line_ends(text: &[u8]) -> i32 {
    let ends = |(index, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => text.get(index + 1) != Some(&b'\n'),
        _ => false,
    };
    let count = text.iter().enumerate().filter(|byte| ends(*byte)).count();
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The separator that the header has most of.
fn delimiter(content: &[u8]) -> u8 {
    let header = content.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |separator: u8| header.split(|byte| *byte == separator).count();
    // Of equals the last one wins, so the comma stands last.
    [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

fn unreadable(error: &::csv::Error, row: i32) -> ImportFault {
    let fault = if matches!(error.kind(), ::csv::ErrorKind::Utf8 { .. }) { &NOT_UTF8 } else { &BROKEN_TABLE };
    ImportFault::in_row(row, &Violation::field("", fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[TableColumn] = &[TableColumn::required("code"), TableColumn::optional("on")];

    type Read = (i32, Result<(String, Option<String>), Vec<(i32, Option<String>, String)>>);

    fn rows(content: &[u8]) -> Vec<Read> {
        let Ok(mut table) = Table::open(content, COLUMNS) else { panic!("the header is right") };
        let mut rows = Vec::new();
        while let Some(next) = table.next(|cells, wrong| {
            let on = cells.date("on", wrong).map(|day| day.to_string());
            Some((cells.text("code").unwrap_or_default().to_owned(), on))
        }) {
            let content = next.content.map_err(|faults| {
                faults.into_iter().map(|fault| (fault.row.unwrap_or_default(), fault.column, fault.code)).collect()
            });
            rows.push((next.row, content));
        }
        rows
    }

    fn right(row: i32, code: &str, on: Option<&str>) -> Read {
        (row, Ok((code.to_owned(), on.map(str::to_owned))))
    }

    #[test]
    fn separator_and_byte_order_mark_are_found_out() {
        let expected = [right(2, "A", Some("2026-03-01")), right(3, "B;b", None)];
        assert_eq!(rows(b"code,on\nA,2026-03-01\nB;b,\n"), expected);
        assert_eq!(rows(b"\xEF\xBB\xBFcode;on\r\nA;01-03-2026\r\n\"B;b\";\r\n"), expected);
        assert_eq!(rows(b"CODE\tOn\nA\t1/3/2026\nB;b\t"), expected);
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let content = b"on,code\n,\"A\nof two lines\"\n\n,\n,B\n2026-02-30,C\nD\n";
        let not_a_date = vec![(6, Some("on".to_owned()), "not_a_date".to_owned())];
        let too_short = vec![(7, None, "wrong_field_count".to_owned())];
        assert_eq!(
            rows(content),
            [right(2, "A\nof two lines", None), right(5, "B", None), (6, Err(not_a_date)), (7, Err(too_short))]
        );
    }

    #[test]
    fn what_is_no_text_is_named_by_its_row() {
        let content = b"code,on\nA,\nB\xFF,\nC,\n";
        assert_eq!(
            rows(content),
            [right(2, "A", None), (3, Err(vec![(3, None, "not_utf8".to_owned())])), right(4, "C", None)]
        );
    }

    #[test]
    fn a_wrong_header_is_told_whole() {
        let faults = |content: &[u8]| match Table::open(content, COLUMNS) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(|fault| (fault.column.unwrap_or_default(), fault.code)).collect(),
        };
        let said = |column: &str, code: &str| (column.to_owned(), code.to_owned());
        assert_eq!(faults(b""), [said("code", "required")]);
        assert_eq!(
            faults(b"on,when,on\n"),
            [said("when", "unknown_column"), said("on", "repeated"), said("code", "required")]
        );
    }
}
