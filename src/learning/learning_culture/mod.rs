//! Learning culture (budaya belajar): how many learn, how steadily, and how much.
//!
//! From the kept balances: a year's row says in which months something was learned, so the report costs a row for each person and
//! year. Groups of fewer than five people are not told apart, nor is what would follow from the others.

pub(crate) mod dto;
pub(crate) mod figures;
pub(crate) mod handlers;
pub(crate) mod render;
pub(crate) mod service;
