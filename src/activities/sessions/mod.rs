//! Sessions (sesi): when and in which room an activity takes place.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
