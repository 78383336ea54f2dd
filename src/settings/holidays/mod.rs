//! Holidays (hari libur): the days on which the library does not work, for plans and calendars.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
