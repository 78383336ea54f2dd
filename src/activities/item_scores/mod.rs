//! Points in each item (butir soal) of a test, and what they say of the items: difficulty and discrimination.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
pub(crate) mod statistics;
