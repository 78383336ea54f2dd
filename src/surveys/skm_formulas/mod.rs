//! Formulas of the citizen satisfaction survey (SKM): weights and grades, each from one day until another.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod seed;
pub(crate) mod service;
