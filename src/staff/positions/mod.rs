//! Positions (jabatan): the reference table, legacy and new titles on one scale.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
