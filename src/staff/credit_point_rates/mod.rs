//! Rates of credit points (angka kredit): what a year in a position gives, and what the next grade and level ask.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
/// What can be asked and done.
pub mod service;
