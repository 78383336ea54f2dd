//! The first start: whoever reads the token that the service printed makes the first admin.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
