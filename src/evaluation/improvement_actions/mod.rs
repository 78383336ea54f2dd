//! Improvement actions (rencana tindak lanjut, RTL): who does what until when about what was found, and what came of it, measured
//! before and after.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod effect;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod service;
