//! Credit requirements: the 20 JP duty of PNS and the 24 JP ceiling of PPPK, each from one day until another.

/// The rows.
pub mod entity;
