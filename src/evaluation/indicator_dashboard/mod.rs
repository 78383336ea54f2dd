//! The dashboard (dasbor indikator): where every indicator stands, at a glance and in one call.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod service;
