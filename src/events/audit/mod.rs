//! The audit trail.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
