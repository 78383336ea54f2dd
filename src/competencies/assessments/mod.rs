//! Assessments (asesmen): judgements of levels, kept apart as dated intervals; nothing is overwritten.
//!
//! draft -> submitted -> confirmed | returned -> submitted. The subject writes a `self` assessment, which a present mentor or an
//! admin confirms; all others are written by a mentor for a mentee or by an admin, and confirmed by somebody who is neither the
//! subject nor the author (an admin may confirm what they wrote). What is confirmed counts at once.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
