//! The link to one's own calendar. Whoever has it reads the calendar, so it can be renewed and given up.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
