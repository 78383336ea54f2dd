//! Who mentors whom (pembimbingan), from when until when: as long as it lasts, the mentor reads the mentee's records.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
