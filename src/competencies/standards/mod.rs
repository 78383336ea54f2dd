//! Competency standards of positions (standar kompetensi jabatan): the level that a position asks of each competency.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
