//! Registrations (pendaftaran): who asked for a seat, who has one, who waits for one.
//!
//! Every change of a registration holds its activity's row first and the person's row then. So seats are never given twice,
//! and nobody is confirmed in two places at once, however many ask at the same time.

pub(crate) mod approval;
pub(crate) mod clashes;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod seats;
pub(crate) mod service;
