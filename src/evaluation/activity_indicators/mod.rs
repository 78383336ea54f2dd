//! Indicators that an activity is meant to move (Kirkpatrick level 4).

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
