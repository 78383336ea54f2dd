//! Sessions: from signing in to signing out.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod refresh_token;
pub(crate) mod service;
