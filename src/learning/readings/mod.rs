//! Readings (bacaan): who read what of the reading list, and how good they found it.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
