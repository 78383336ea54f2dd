//! Positions (jabatan).
pub(crate) mod entity;
