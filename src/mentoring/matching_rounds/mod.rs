//! Matching rounds (putaran pemasangan): everybody who looks for a mentor and everybody who mentors, brought together at once.
//!
//! A round is executed as often as an admin likes: pairs that were accepted stay, pairs that were turned down do not come again.
//! Decisions and executions hold the round's row. Locks are taken in one order: the round, librarians by ascending id, requests.

pub(crate) mod cohort;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod execution;
pub(crate) mod handlers;
pub(crate) mod publication;
pub(crate) mod service;
