//! Verification: whether a certificate holds, for everybody who has the code on it.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod page;
pub(crate) mod service;
