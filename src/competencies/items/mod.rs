//! Competencies: the tree of a framework, area -> unit -> element.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod service;
pub(crate) mod tree;
