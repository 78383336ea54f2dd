//! Findings (temuan) of reviews: what was seen, and what shows it.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
