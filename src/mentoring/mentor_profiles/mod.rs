//! Mentor profiles (profil mentor): what somebody can help others with, when, in which languages, and for how many at once.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod recommendations;
pub(crate) mod service;
