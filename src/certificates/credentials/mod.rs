//! Certificates as credentials that other systems verify by themselves: Open Badges 3.0 (1EdTech), signed as JWT, with a
//! Bitstring Status List (W3C) that says which were taken back.
//!
//! Each is found by an id that is as hard to guess as the code on the paper. Keys are RSA, for RS256 is what every verifier of
//! Open Badges must know; none is ever thrown away, for what it signed is to be verified for decades.

pub(crate) mod badge;
pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod keys;
pub(crate) mod service;
pub(crate) mod status_list;
