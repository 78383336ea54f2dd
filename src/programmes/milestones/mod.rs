//! Milestones (tonggak capaian): what is to be reached by a day, on the way to a goal or within a programme.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
