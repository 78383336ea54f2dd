//! Adoption (adopsi): how far each person has taken a change up, from day to day. A row is never changed: a later one follows it, and
//! of one day the one entered last holds.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod report;
pub(crate) mod rule;
pub(crate) mod service;
