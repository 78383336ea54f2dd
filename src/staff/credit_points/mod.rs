//! Credit points (angka kredit).
pub mod calculation;
