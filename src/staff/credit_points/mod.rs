//! Credit points (angka kredit): what a person has gathered since their level began, and how far the next grade and level are.
//!
//! Points come from the yearly predicate (predikat kinerja), never from hours of training.

pub mod calculation;
pub(crate) mod dto;
pub mod gathered;
pub(crate) mod handlers;
/// What can be asked and done.
pub mod service;
