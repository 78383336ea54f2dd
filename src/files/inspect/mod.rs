//! Looks content through before anybody can read it: it is what its type says, whole, of a bearable size once unpacked, and runs nothing.
//!
//! What leaves here is what is kept. A picture is drawn anew, so that nothing but the image is left of it: no place, no camera, and no
//! second file behind it. Documents and tables are kept as they came; what is doubtful in them is refused, not mended.

mod office;
mod pdf;
mod picture;
mod table;

use crate::files::entity::MediaType;
use crate::kernel::validation::Fault;

/// The content is of another type.
pub const OTHER_CONTENT: Fault =
    Fault { code: "other_content", id: "Isinya bukan {media_type}", en: "The content is not {media_type}" };

/// It begins like its type, and cannot be read to its end.
pub const UNREADABLE_CONTENT: Fault = Fault {
    code: "unreadable_content",
    id: "Isinya rusak atau terpotong",
    en: "The content is damaged, or a part is missing",
};

/// It would take too much room once it is opened.
pub const TOO_MUCH_INSIDE: Fault = Fault {
    code: "too_much_inside",
    id: "Isinya terlalu besar setelah dibuka",
    en: "The content is too large once it is opened",
};

/// It could run something, or hides another file.
pub const UNSAFE_CONTENT: Fault = Fault {
    code: "unsafe_content",
    id: "Isinya dapat menjalankan sesuatu (skrip, makro) atau menyembunyikan berkas lain",
    en: "The content could run something (scripts, macros), or hides another file",
};

/// What is kept of this content, or why it is refused.
pub fn inspect(media_type: MediaType, content: &[u8]) -> Result<Vec<u8>, &'static Fault> {
    match media_type {
        MediaType::Pdf => pdf::inspect(content).map(|()| content.to_vec()),
        MediaType::Png | MediaType::Jpeg | MediaType::Webp => picture::redraw(media_type, content),
        MediaType::Docx => office::inspect(content, &office::DOCUMENT).map(|()| content.to_vec()),
        MediaType::Xlsx => office::inspect(content, &office::WORKBOOK).map(|()| content.to_vec()),
        MediaType::Csv => table::inspect(content).map(|()| content.to_vec()),
    }
}

/// What makes a browser take bytes for a page, or an interpreter for a program.
const MARKUP: [&[u8]; 9] =
    [b"<script", b"<svg", b"<html", b"<!doctype", b"<!entity", b"<iframe", b"<body", b"<?php", b"<%@"];

/// Whether markup stands anywhere in these bytes, in capitals or not.
fn has_markup(bytes: &[u8]) -> bool {
    MARKUP.iter().any(|mark| holds(bytes, mark))
}

/// Whether these bytes hold those, in capitals or not.
fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// The end of a zip archive, without a comment.
const ZIP_END: &[u8] = b"PK\x05\x06";
/// How long that is.
const ZIP_END_LENGTH: usize = 22;
/// How far from the end of a file an archive may end: its comment has at most 65,535 bytes.
const ZIP_TAIL: usize = ZIP_END_LENGTH + 65_535;

/// Whether an archive ends where these bytes do: then they are one, whatever else they are.
fn ends_as_zip(content: &[u8]) -> bool {
    let tail = content.get(content.len().saturating_sub(ZIP_TAIL)..).unwrap_or_default();
    tail.windows(ZIP_END.len()).any(|window| window == ZIP_END)
}

#[cfg(test)]
mod tests;
