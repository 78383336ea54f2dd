//! Learning resources (bahan belajar): the reading list, tagged with what it helps with.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod recommendations;
pub(crate) mod service;
