//! Targets (target kinerja): what an indicator should reach in a period.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
