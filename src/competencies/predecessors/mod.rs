//! What a competency takes the place of: links to competencies of other frameworks (CASE `replacedBy` and `exactMatchOf`).

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
