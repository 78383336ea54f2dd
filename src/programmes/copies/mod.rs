//! Copies (salinan) of a programme: last year's becomes the draft of another year.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
