//! Activities (kegiatan): from a draft over the announcement to what follows from it.

pub(crate) mod completion;
pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod service;
