//! Figures of the library (angka dasar): what indicators are reckoned from and no other chapter counts, such as population and
//! visits.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod known;
pub(crate) mod service;
