//! Certificates: issued, listed, revoked, replaced.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
pub(crate) mod office;
pub(crate) mod service;
