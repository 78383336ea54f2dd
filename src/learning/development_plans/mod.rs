//! Development plans (rencana pengembangan kompetensi individu): one for each person and year, with goals and actions.
//!
//! A plan is written, submitted, approved and closed; while it is approved it moves forward by itself: with credit, attendance,
//! readings and confirmed levels, in the transaction in which these come about (`progress.rs`).

pub(crate) mod actions;
pub(crate) mod content;
pub(crate) mod draft;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod progress;
pub(crate) mod service;
pub(crate) mod shares;
pub(crate) mod write;
