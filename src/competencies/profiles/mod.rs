//! Competency profiles: where one person stands against what the position asks, and what would help.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod matching;
pub(crate) mod recommendations;
pub(crate) mod service;
