//! Certificates (sertifikasi): of competence by an LSP, of the competency test for a position, and others, with their expiry.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod expiry;
pub(crate) mod handlers;
/// What can be asked and done.
pub mod service;
