//! Strategic goals (arah ke depan): where the library wants to be, beyond the year.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
