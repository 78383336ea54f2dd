//! The professionalism index (indeks profesionalitas, IP ASN) of a person, as a simulation: its dimensions and the step that
//! lifts it most cheaply.

pub(crate) mod dto;
pub(crate) mod everybody;
pub(crate) mod handlers;
pub(crate) mod index;
pub(crate) mod service;
