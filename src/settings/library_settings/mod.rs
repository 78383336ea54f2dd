//! What the library is: its name, and what stands on letters and certificates. One instance is one library.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod numbering;
pub(crate) mod service;
