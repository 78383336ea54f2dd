//! Credit points (angka kredit).
pub(crate) mod calculation;
