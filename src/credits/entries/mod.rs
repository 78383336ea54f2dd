//! The rows of the ledger.

pub(crate) mod certificate;
pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
