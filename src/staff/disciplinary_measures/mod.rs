//! Disciplinary measures (hukuman disiplin). For the person and admins alone: nobody mentors better for knowing them.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
/// What can be asked and done.
pub mod service;
