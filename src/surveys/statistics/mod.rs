//! The arithmetic of surveys: pure, exact, and without any idea of where answers come from.
//!
//! Figures are fractions of whole numbers until they are rounded once, half up; so the same answers give the same figures for ever.

pub mod change;
pub mod disclosure;
pub mod exact;
pub mod reliability;
pub mod sample;
pub mod satisfaction;
pub mod tally;

#[cfg(test)]
mod vectors;
