//! Positions held (riwayat jabatan): where somebody worked, in which position and grade, from when on.
//!
//! What the record of a librarian says of unit, position and grade follows the latest appointment that is in force. One that begins
//! later takes effect on its day.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
pub mod history;
/// What can be asked and done.
pub mod service;
