//! Programmes (program pembinaan): what a year is for, at whom it aims, and how far it has come.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod service;
