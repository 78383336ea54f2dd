//! Credit requirements: the 20 JP duty of PNS and the 24 JP ceiling of PPPK, each from one day until another.

pub(crate) mod dto;
/// The rows.
pub mod entity;
pub(crate) mod handlers;
/// Which requirement holds.
pub mod service;
