//! Reader feedback (saran, pengaduan, apresiasi): received from readers or written down by the staff, assigned, answered, closed.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod public;
pub(crate) mod service;
