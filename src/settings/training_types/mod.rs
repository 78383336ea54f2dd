//! Types of training (jenis diklat): SIASN's 25 rows, with the bucket of 70:20:10 that each belongs to.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
