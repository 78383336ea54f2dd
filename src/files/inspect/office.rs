//! Word and Excel (OOXML, ECMA-376): a zip archive of a few parts, read to its end within bounds.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::{CompressionMethod, ZipArchive};

use super::{OTHER_CONTENT, TOO_MUCH_INSIDE, UNREADABLE_CONTENT, UNSAFE_CONTENT, ZIP_END, ZIP_END_LENGTH, holds};
use crate::kernel::validation::Fault;

/// The most parts.
const MOST_PARTS: usize = 2_000;
/// The most bytes of all parts together.
const MOST_UNPACKED: u64 = 100 * 1024 * 1024;
/// The longest name of a part.
const LONGEST_NAME: usize = 260;

/// What makes an archive a document of one kind.
pub(super) struct Kind {
    /// The part that must be there.
    part: &'static str,
    /// What `[Content_Types].xml` says of it.
    content_type: &'static str,
}

/// Word.
pub(super) const DOCUMENT: Kind =
    Kind { part: "word/document.xml", content_type: "wordprocessingml.document.main+xml" };
/// Excel.
pub(super) const WORKBOOK: Kind = Kind { part: "xl/workbook.xml", content_type: "spreadsheetml.sheet.main+xml" };

const CONTENT_TYPES: &str = "[Content_Types].xml";

pub(super) fn inspect(content: &[u8], kind: &Kind) -> Result<(), &'static Fault> {
    if !content.starts_with(b"PK\x03\x04") {
        return Err(&OTHER_CONTENT);
    }
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| &UNREADABLE_CONTENT)?;
    if archive.len() > MOST_PARTS {
        return Err(&TOO_MUCH_INSIDE);
    }
    // Nothing before the archive, nothing behind it, no part that the list does not name once.
    if archive.offset() != 0 || parts_at_end(content) != Some(archive.len()) {
        return Err(&UNSAFE_CONTENT);
    }
    let mut left = MOST_UNPACKED;
    let mut names = HashSet::new();
    let mut types = Vec::new();
    for index in 0..archive.len() {
        let (name, bytes) = read(&mut archive, index, left)?;
        left = left.saturating_sub(bytes.len() as u64);
        if is_active(&name, &bytes) || !names.insert(name.to_lowercase()) {
            return Err(&UNSAFE_CONTENT);
        }
        if name == CONTENT_TYPES {
            types = bytes;
        }
    }
    if holds(&types, b"macroEnabled") {
        return Err(&UNSAFE_CONTENT);
    }
    let fits = holds(&types, kind.content_type.as_bytes()) && names.contains(kind.part);
    if fits { Ok(()) } else { Err(&OTHER_CONTENT) }
}

/// How many parts an archive says that it has which ends where the bytes do, without a comment.
fn parts_at_end(content: &[u8]) -> Option<usize> {
    let end = content.get(content.len().checked_sub(ZIP_END_LENGTH)?..)?;
    let count = u16::from_le_bytes(end.get(10..12)?.try_into().ok()?);
    (end.starts_with(ZIP_END) && end.ends_with(&[0, 0])).then(|| count.into())
}

/// The name of a part, and its bytes, of which there may be so many.
fn read(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, left: u64) -> Result<(String, Vec<u8>), &'static Fault> {
    let part = archive.by_index(index).map_err(|_| &UNREADABLE_CONTENT)?;
    let name = part.name().map_err(|_| &UNSAFE_CONTENT)?.into_owned();
    let stored = matches!(part.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
    if !is_plain(&name) || !stored || part.encrypted() || part.is_symlink() {
        return Err(&UNSAFE_CONTENT);
    }
    if part.size() > left {
        return Err(&TOO_MUCH_INSIDE);
    }
    // What an archive says of sizes need not be so: reading stops where the bound is.
    let mut bytes = Vec::new();
    part.take(left + 1).read_to_end(&mut bytes).map_err(|_| &UNREADABLE_CONTENT)?;
    if bytes.len() as u64 > left { Err(&TOO_MUCH_INSIDE) } else { Ok((name, bytes)) }
}

/// A name that leads nowhere but into the archive.
fn is_plain(name: &str) -> bool {
    let path = name.strip_suffix('/').unwrap_or(name);
    path.len() <= LONGEST_NAME
        && !path.contains(['\\', ':'])
        && !path.contains(char::is_control)
        && path.split('/').all(|step| !step.is_empty() && step != "." && step != "..")
}

/// Whether a part runs, brings in what runs from elsewhere, or makes its reader expand or fetch something.
fn is_active(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_lowercase();
    let is_xml = [".xml", ".rels", ".vml"].iter().any(|extension| name.ends_with(extension));
    let is_program = bytes.starts_with(b"MZ") || bytes.starts_with(b"\x7fELF") || bytes.starts_with(b"#!");
    name.contains("vbaproject")
        || name.contains("activex/")
        || is_program
        || is_xml && (holds(bytes, b"<!DOCTYPE") || holds(bytes, b"<!ENTITY"))
        // A template is fetched and run when the document is opened.
        || name.ends_with("settings.xml.rels") && holds(bytes, b"TargetMode=\"External\"")
}
