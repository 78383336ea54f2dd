//! How mentoring goes: who meets, who has gone quiet, how far the goals have come.

pub(crate) mod dto;
mod ends;
pub(crate) mod handlers;
pub(crate) mod service;
