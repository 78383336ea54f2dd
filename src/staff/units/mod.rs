//! Work units (unit kerja): the library's departments and branches, in which librarians work.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
