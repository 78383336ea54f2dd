//! Credit rules: how training becomes credit hours (JP), each from one day until another.

/// The rows.
pub mod entity;
/// Which rule holds.
pub mod service;
