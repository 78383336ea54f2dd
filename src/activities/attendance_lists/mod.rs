//! Attendance lists (daftar hadir): everybody with a seat and every session, to be signed before it and kept after it.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
