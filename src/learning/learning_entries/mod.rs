//! Learning entries (catatan belajar mandiri): what somebody learned on their own, claimed with evidence, verified, credited.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod service;
