//! Present levels, and the figures kept of them.
//!
//! A level follows from the confirmed assessments by the framework's rule (`rule.rs`). What reports need is kept with each write
//! in its transaction: the level of each person in each competency, and how many people of each unit and position stand where.
//! What moves with time carries the day on which it next may; a read first refreshes what is due.

pub(crate) mod entity;
pub(crate) mod figures;
pub(crate) mod rule;
pub(crate) mod service;
