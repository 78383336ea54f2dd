//! Credit rules: how training becomes credit hours (JP), each from one day until another.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
/// Which rule holds.
pub mod service;
