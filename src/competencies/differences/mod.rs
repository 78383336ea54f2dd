//! What is different between two frameworks: mostly two versions of one.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
