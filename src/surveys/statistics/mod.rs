//! Figures of surveys: pure functions that know no database.

pub mod sample;
