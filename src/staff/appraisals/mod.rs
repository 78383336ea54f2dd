//! Yearly appraisals (predikat kinerja): what credit points and the professionalism index go by.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
/// What can be asked and done.
pub mod service;
