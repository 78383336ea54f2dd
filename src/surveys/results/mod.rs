//! Results (hasil survei): counted and frozen when a campaign closes, as far as they can be told without telling on anybody.

pub(crate) mod comments;
/// Answers, counted.
pub mod counting;
/// What goes over the wire, and is frozen.
pub mod dto;
/// The rows.
pub mod entity;
/// What a group of people answered.
pub mod figures;
pub(crate) mod freeze;
pub(crate) mod handlers;
pub(crate) mod job;
pub mod layout;
pub(crate) mod picture;
pub mod release;
pub mod report;
/// What was frozen, for readers and the chapters above.
pub mod service;
/// What follows of a satisfaction survey.
pub mod suggestions;
pub(crate) mod table;
