//! Interest (minat): who waits for an activity without a date. It becomes the demand list.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
