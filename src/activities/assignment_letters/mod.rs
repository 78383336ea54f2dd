//! Assignment letters (surat tugas): the paper with which somebody goes to an activity.

pub(crate) mod handlers;
pub(crate) mod service;
