//! Indicators (indikator kinerja): what tells whether the programme works, each with its direction, period and method.

pub(crate) mod calculation;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
pub(crate) mod trend;
