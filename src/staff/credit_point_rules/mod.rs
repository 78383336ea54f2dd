//! Rules of credit points: what each predicate gives, and what a promotion asks.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
/// What can be asked and done.
pub mod service;
