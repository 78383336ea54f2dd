//! Campaigns (pelaksanaan survei): a questionnaire asked of somebody for a while; draft, open, closed or cancelled, then published.
//!
//! Whoever opens, closes or cancels a campaign holds its row for themself; whoever answers shares it. So no answer comes in after the
//! close, and answers do not wait for one another.

pub(crate) mod content;
pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod lifecycle;
pub(crate) mod service;
pub(crate) mod subject;
pub(crate) mod tokens;
