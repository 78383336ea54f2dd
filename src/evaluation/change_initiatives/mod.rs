//! Change initiatives (inisiatif perubahan): a new technique or tool, whom it concerns, who has taken it up, what stands in the way
//! (ADKAR), what was done about it and what followed.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod report;
pub(crate) mod service;
pub(crate) mod target;
