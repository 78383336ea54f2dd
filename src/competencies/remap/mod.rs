//! Carrying assessments and standards over from an older framework, along the links between competencies.
//!
//! Nothing is overwritten: each confirmed assessment gets, for each successor of its competency, a row that refers to it and counts
//! from the same day, decided on the day on which it was carried over. So what a past date said stays as it was.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod plan;
pub(crate) mod service;
