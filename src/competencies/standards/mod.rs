//! Position standards: the level that a position asks of each competency.

pub(crate) mod entity;
