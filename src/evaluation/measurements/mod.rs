//! Measurements (hasil pengukuran): what an indicator came to in a period, with what it was made of. A correction is a new
//! revision; what was measured before stays. A closed period no longer moves.

pub(crate) mod dto;
pub(crate) mod entity;
pub(crate) mod handlers;
pub(crate) mod judgement;
pub(crate) mod service;
