use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::certificates::certificates::entity::{CertificateStatus, CertifiedCompetency, Model};
use crate::kernel::clock::Instant;
use crate::kernel::decimal::decimal;

/// What a certificate says, and whether it holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "status": "issued", "number": "0007/SERT/VI/2026", "recipient_name": "Rizky Pratama", "title":
    "Bimtek SLiMS 9 dan Analitik Kunjungan", "organiser": "Perpustakaan Kota Singkawang", "credit_hours": 24.0, "competencies":
    [], "starts_on": "2026-06-16", "ends_on": "2026-06-18", "issued_on": "2026-06-18", "revoked_at": null,
    "revocation_reason": null, "is_replaced": false
}))]
pub struct Verification {
    /// Whether it holds.
    pub status: CertificateStatus,
    /// Its number.
    #[schema(max_length = 120)]
    pub number: String,
    /// Whose it is.
    #[schema(max_length = 200)]
    pub recipient_name: String,
    /// What it is for.
    #[schema(max_length = 200)]
    pub title: String,
    /// Who gave it.
    #[schema(max_length = 200)]
    pub organiser: String,
    /// Credit hours (JP) on it; null where it says none.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub credit_hours: Option<f64>,
    /// What the person can do, with the level aimed at.
    #[schema(max_items = 50)]
    pub competencies: Vec<CertifiedCompetency>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// The day on it.
    pub issued_on: NaiveDate,
    /// When it was taken back; null while it holds.
    #[schema(required)]
    pub revoked_at: Option<Instant>,
    /// Why.
    #[schema(required, max_length = 1000)]
    pub revocation_reason: Option<String>,
    /// Whether another took its place.
    pub is_replaced: bool,
}

impl From<Model> for Verification {
    fn from(row: Model) -> Self {
        Self {
            status: row.status,
            number: row.number,
            recipient_name: row.recipient_name,
            title: row.title,
            organiser: row.organiser,
            credit_hours: row.credit_hundredths.map(|hours| decimal(hours.into())),
            competencies: row.competencies.0,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            issued_on: row.issued_on,
            revoked_at: row.revoked_at.map(Instant),
            revocation_reason: row.revocation_reason,
            is_replaced: row.replaced_by.is_some(),
        }
    }
}
