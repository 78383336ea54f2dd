//! Readiness for promotion to the next level (kenaikan jenjang): what is asked, what is there, and where it is written.

pub(crate) mod dto;
pub(crate) mod handlers;
/// What can be asked and done.
pub mod service;
