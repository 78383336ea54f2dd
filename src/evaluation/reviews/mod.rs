//! Reviews (rapat evaluasi berkala): who met, what was found, what was decided. A review is closed when each finding has an
//! improvement action or a reason why not.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod service;
