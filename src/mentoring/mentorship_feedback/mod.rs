//! What the two think of their work together, mid-term and in the end: each blind until both have said it.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
