//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.

use super::error::{Error, Result};

/// The media type.
pub const MEDIA_TYPE: &str = "text/csv";

/// Writes a table. Texts that a spreadsheet would take for a formula get an apostrophe in front (OWASP: CSV injection).
pub fn write<R>(header: &[&str], rows: R) -> Result<Vec<u8>>
where
    R: IntoIterator<Item = Vec<String>>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(Error::internal)?;
    for row in rows {
        writer.write_record(row.into_iter().map(harmless)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.to_string()))
}

/// What a spreadsheet may take for the beginning of a formula.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

fn harmless(cell: String) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    if cell.starts_with(FORMULA) && !is_number { format!("'{cell}") } else { cell }
}

/// A cell as it was before [`write`] made it harmless.
pub fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless() {
        let rows = [
            vec!["=1+1".to_owned(), "-3".to_owned(), "a,b".to_owned()],
            vec!["@x".to_owned(), "+62".to_owned(), "-x".to_owned()],
        ];
        let text = String::from_utf8(write(&["a", "b", "c"], rows).unwrap()).unwrap();
        assert_eq!(text, "a,b,c\n'=1+1,-3,\"a,b\"\n'@x,+62,'-x\n");
    }
}
