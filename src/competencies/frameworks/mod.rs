//! Frameworks: the versions of what good looks like.

pub(crate) mod entity;
