//! Assessments: judgements of levels, kept apart as dated intervals; nothing is overwritten.

pub(crate) mod entity;
