//! Templates of programmes: one JSON file, so that another library can take a programme over. No personal data is in it: people are
//! left out, and what looks like them in free text is blacked out.

pub(crate) mod dto;
pub(crate) mod handlers;
pub(crate) mod imports;
pub(crate) mod redaction;
pub(crate) mod references;
pub(crate) mod service;
