//! The rows of the ledger.

pub(crate) mod certificate;
/// The rows.
pub mod entity;
