//! Methods of indicators (metode perhitungan): the formula and the bands, each from one day until another, so that what was
//! measured can be reckoned again as it was then.

pub(crate) mod bands;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod formula;
pub(crate) mod handlers;
pub(crate) mod service;
