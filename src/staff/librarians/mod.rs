//! Librarians.
pub(crate) mod employee_number;
pub(crate) mod entity;
