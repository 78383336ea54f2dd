//! Formulas of the professionalism index (IP ASN): which points its dimensions give, each from one day until another.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
