//! Answers: anonymous ones from whoever holds a token or the open link, and those of the staff under their names.

pub(crate) mod dto;
pub mod entity;
pub(crate) mod form;
pub(crate) mod handlers;
pub(crate) mod named;
pub(crate) mod service;
pub(crate) mod shuffle;
pub(crate) mod traces;
