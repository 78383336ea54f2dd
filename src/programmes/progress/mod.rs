//! Progress (kemajuan) of a programme: what was done, who took part, what was reached; computed whenever it is asked for.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
