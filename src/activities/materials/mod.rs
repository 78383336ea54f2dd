//! Materials (bahan): what is read before or shown at an activity.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
