//! The evaluation of an activity on four levels (Kirkpatrick): reaction, learning, behaviour, results.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
