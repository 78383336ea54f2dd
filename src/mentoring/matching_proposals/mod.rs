//! Matching proposals (usulan pasangan): the pairs of a round, each score explained, and what an admin decides on them.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
