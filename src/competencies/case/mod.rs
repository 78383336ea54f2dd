//! Frameworks as 1EdTech CASE (Competencies and Academic Standards Exchange) 1.0 and 1.1 have them, out and in.
//!
//! Indonesian texts are the texts of CASE; English ones, and what CASE has no field for, stand in `extensions.binaPustaka`.

pub(crate) mod dto;
pub(crate) mod handlers;
pub mod import;
pub(crate) mod package;
pub(crate) mod read;
pub(crate) mod render;
pub(crate) mod service;

use crate::kernel::error::Refusal;

/// Not an identifier.
pub const INVALID_UUID: Refusal =
    Refusal { code: "invalid_uuid", status: 400, id: "Pengenal bukan UUID", en: "The identifier is no UUID" };
