//! Mentoring requests (permohonan pembimbingan): what somebody wants to reach with a mentor's help, and what they wish for.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
