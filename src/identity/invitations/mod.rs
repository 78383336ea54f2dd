//! Invitations: an admin says who may join, the person chooses a password.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
