//! Librarians (pustakawan): the professional record of every member of staff, linked to an account or not.
//!
//! The directory (name, unit, position) is for whoever is signed in; the record for the person, their present mentors and admins.

pub(crate) mod dto;
pub mod employee_number;
pub(crate) mod entity;
pub(crate) mod handlers;
pub mod imports;
pub(crate) mod placement;
pub(crate) mod service;
pub(crate) mod supervision;
