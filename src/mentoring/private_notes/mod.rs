//! What somebody notes of a meeting for themself alone. The text stands in this one table, which no event, list, report or export looks
//! at: nobody reads it but its author, not the other side and not an admin.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
