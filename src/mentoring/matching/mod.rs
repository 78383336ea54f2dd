//! Matching (pemasangan): the best assignment of a whole cohort, every score explained, and what would help whoever is left.
//!
//! Pure: it knows no database. `judge` says what a pair is worth or why it may not be, `solver` and `ties` find the assignment,
//! `relax` and `blocked` say what stood in somebody's way.

pub(crate) mod blocked;
#[cfg(test)]
mod cohorts;
pub(crate) mod judge;
pub(crate) mod plan;
mod relax;
pub(crate) mod solver;
pub(crate) mod terms;
#[cfg(test)]
mod tests;
mod ties;
