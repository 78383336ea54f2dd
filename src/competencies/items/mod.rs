//! The competencies of a framework: areas, units, elements.

pub(crate) mod entity;
