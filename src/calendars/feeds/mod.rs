//! The feeds themselves.

pub(crate) mod handlers;
mod meetings;
pub(crate) mod removed;
pub(crate) mod service;
