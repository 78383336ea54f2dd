//! Who mentors whom.
pub(crate) mod entity;
