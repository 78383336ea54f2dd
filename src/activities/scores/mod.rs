//! Scores (nilai) of tests before and after, and what was learned (N-gain).

pub(crate) mod dto;
pub(crate) mod gain;
pub(crate) mod handlers;
pub(crate) mod service;
