//! Series (kegiatan rutin): a regular activity whose dates follow from a rule (RFC 5545), written out once.

pub(crate) mod dates;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
