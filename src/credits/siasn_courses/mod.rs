//! Credit as SIASN's web service takes courses (rw-kursus): its fields, its codes, its dates.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
