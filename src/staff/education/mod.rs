//! Formal education (riwayat pendidikan). The highest diploma is the qualification that the professionalism index goes by.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
/// What can be asked and done.
pub mod service;
