//! Meetings of a mentor with one mentee or several: planned, held, called off. What was held is credited to both sides.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod ends;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod people;
pub(crate) mod service;
