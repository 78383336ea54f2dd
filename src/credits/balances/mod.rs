//! What a person has in a year: kept with each row of the ledger, so that reports over everybody read a row a person and year.

pub(crate) mod dto;
/// The kept sums.
pub mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
pub(crate) mod statement;
