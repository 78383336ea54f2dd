//! Venues (tempat kegiatan): the rooms and other places in which activities take place.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
