//! The certificate as a sheet to be framed: A4 across, PDF/A-2b, with a QR code that leads to its verification.
//!
//! Fonts lie in the binary and are read when a sheet is drawn; nothing of it stays in memory.

mod content;
mod layout;
mod ornament;
mod sheet;
mod typeface;

pub(crate) use layout::draw;

/// What a sheet says.
#[derive(Clone, Debug)]
pub(crate) struct Paper<'a> {
    /// Lines above the library's name.
    pub letterhead: Vec<&'a str>,
    /// The library.
    pub organiser: &'a str,
    /// Where it is, and its NPP.
    pub address: Option<String>,
    /// The certificate's number.
    pub number: &'a str,
    /// Whose it is.
    pub recipient: &'a str,
    /// What it is for.
    pub title: &'a str,
    /// When, in Indonesian and English.
    pub dates: [String; 2],
    /// Credit hours, as people write the number in Indonesian and English.
    pub hours: Option<[String; 2]>,
    /// Competencies with the levels aimed at.
    pub competencies: Vec<String>,
    /// Place and day of signing.
    pub signed: String,
    /// Who signs, in which position, with which NIP.
    pub signatory: [Option<&'a str>; 3],
    /// The code in its groups.
    pub code: &'a str,
    /// Where it is verified.
    pub address_of_verification: &'a str,
    /// Whether it was taken back.
    pub is_revoked: bool,
    /// Year, month, day of issue.
    pub issued_on: (u16, u8, u8),
    /// What makes this document the same each time.
    pub document_id: String,
}
