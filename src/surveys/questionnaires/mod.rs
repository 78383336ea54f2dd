//! Questionnaires (kuesioner): what is asked. A published edition never changes; what is to change becomes a new edition.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod questions;
pub(crate) mod rules;
pub(crate) mod service;
