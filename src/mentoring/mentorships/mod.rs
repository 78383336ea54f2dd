//! Pairs of mentor and mentee (pembimbingan): proposed, agreed by both, under way, brought to an end.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod service;
