//! The feeds themselves.

pub(crate) mod handlers;
pub(crate) mod removed;
pub(crate) mod service;
