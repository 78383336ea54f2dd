//! A forgotten password: a link to choose another one, good for half an hour and one use.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
