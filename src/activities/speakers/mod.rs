//! Speakers (narasumber): colleagues or guests, moderators and panellists in their order.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
