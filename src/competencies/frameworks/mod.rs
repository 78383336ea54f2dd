//! Competency frameworks (kerangka kompetensi): drafts, published versions, and how one follows another.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
pub(crate) mod versions;
