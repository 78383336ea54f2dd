//! Types of training (jenis diklat): SIASN's 25 rows, with the bucket of 70:20:10 that each belongs to.

/// The rows.
pub mod entity;
