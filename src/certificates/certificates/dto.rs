use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::{CertificateStatus, CertifiedCompetency};
use super::entity::{Column, Model};
use super::office::code;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::{decimal, two_decimals};
use crate::kernel::error::Result;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::policy::Access;
use crate::kernel::secret::Secrets;
use crate::kernel::validation;

/// A certificate (sertifikat) of somebody who completed an activity. What it says never changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000060", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "activity_id": "019a0000-0000-7000-8000-000000000050", "registration_id": "019a0000-0000-7000-8000-000000000055",
    "number": "0007/SERT/VI/2026", "recipient_name": "Rizky Pratama", "title": "Bimtek SLiMS 9 dan Analitik Kunjungan",
    "organiser": "Perpustakaan Kota Singkawang", "credit_hours": 24.0, "competencies": [], "starts_on": "2026-06-16",
    "ends_on": "2026-06-18", "issued_on": "2026-06-18", "status": "issued", "revoked_at": null, "revocation_reason": null,
    "replaces": null, "replaced_by": null, "verification_code": "7Q2M-0VXG-4KZC-91TD-RY5B-3HNE-8WA",
    "verification_path": "/api/v1/verify/7Q2M-0VXG-4KZC-91TD-RY5B-3HNE-8WA",
    "credential_path": "/api/v1/credentials/7b4e11a0-93d2-8c55-a2f0-5d3c1b9e6f47", "version": 1, "created_at":
    "2026-06-18T09:00:00.000Z", "updated_at": "2026-06-18T09:00:00.000Z", "actions": []
}))]
pub struct Certificate {
    /// The certificate.
    pub id: Uuid,
    /// Whose it is.
    pub librarian_id: Uuid,
    /// What they completed.
    pub activity_id: Uuid,
    /// Their taking part in it.
    pub registration_id: Uuid,
    /// Its number, by the numbering of the settings on that day.
    #[schema(max_length = 120)]
    pub number: String,
    /// How the person is called on it.
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
    /// What the person can do now, with the level aimed at.
    #[schema(max_items = 50)]
    pub competencies: Vec<CertifiedCompetency>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// The day on it.
    pub issued_on: NaiveDate,
    /// Whether it holds.
    pub status: CertificateStatus,
    /// When it was taken back; null while it holds.
    #[schema(required)]
    pub revoked_at: Option<Instant>,
    /// Why; everybody who verifies it reads this.
    #[schema(required, max_length = 1000)]
    pub revocation_reason: Option<String>,
    /// The certificate whose place it took.
    #[schema(required)]
    pub replaces: Option<Uuid>,
    /// The certificate that took its place.
    #[schema(required)]
    pub replaced_by: Option<Uuid>,
    /// The code on it, by which everybody who has it can verify it.
    #[schema(min_length = 33, max_length = 33, pattern = "^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{3}$")]
    pub verification_code: String,
    /// Where, on this service.
    #[schema(max_length = 100)]
    pub verification_path: String,
    /// Where others get it as a credential (Open Badges 3.0), on this service.
    #[schema(max_length = 100)]
    pub credential_path: String,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was issued.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What may be done with it next.
    #[schema(max_items = 2)]
    pub actions: Vec<CertificateAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateAction {
    /// Take it back.
    Revocation,
    /// Put another in its place.
    Replacement,
}

/// A page of certificates.
pub type CertificatePage = Page<Certificate>;

impl Certificate {
    /// A certificate as this caller sees it.
    pub fn seen(row: Model, access: &Access, secrets: &Secrets) -> Result<Self> {
        let verification_code = code(secrets, row.id)?;
        let mut actions = Vec::new();
        if access.is_admin() && row.status == CertificateStatus::Issued {
            actions.push(CertificateAction::Revocation);
        }
        if access.is_admin() && row.replaced_by.is_none() {
            actions.push(CertificateAction::Replacement);
        }
        Ok(Self {
            id: row.id,
            librarian_id: row.librarian_id,
            activity_id: row.activity_id,
            registration_id: row.registration_id,
            number: row.number,
            recipient_name: row.recipient_name,
            title: row.title,
            organiser: row.organiser,
            credit_hours: row.credit_hundredths.map(|hours| decimal(hours.into())),
            competencies: row.competencies.0,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            issued_on: row.issued_on,
            status: row.status,
            revoked_at: row.revoked_at.map(Instant),
            revocation_reason: row.revocation_reason,
            replaces: row.replaces,
            replaced_by: row.replaced_by,
            verification_path: format!("/api/v1/verify/{verification_code}"),
            verification_code,
            credential_path: format!("/api/v1/credentials/{}", row.credential_id),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            actions,
        })
    }
}

impl Resource for Certificate {
    fn path(&self) -> String {
        format!("/api/v1/certificates/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Why a certificate is taken back.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Kehadiran ternyata dicatat atas nama orang lain"}))]
pub struct RevocationReason {
    /// For everybody who verifies the certificate to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// What another certificate says that takes the place of one with a mistake. What is absent stays as it was.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Nama salah tulis", "recipient_name": "Rizky Pratama, S.I.P."}))]
pub struct Replacement {
    /// Why, for everybody who verifies the old one to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
    /// How the person is called.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "crate::kernel::patch::not_null")]
    pub recipient_name: Option<String>,
    /// What it is for.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "crate::kernel::patch::not_null")]
    pub title: Option<String>,
    /// Credit hours (JP) on it, with at most two decimals.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000, nullable = false)]
    #[serde(default, deserialize_with = "crate::kernel::patch::not_null")]
    pub credit_hours: Option<f64>,
}

/// Which certificates to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CertificateFilter {
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// Of this activity.
    pub activity_id: Option<Uuid>,
    /// Numbered in this year.
    #[param(minimum = 1900, maximum = 2999, example = 2026)]
    pub year: Option<i32>,
    /// In this state.
    #[param(inline)]
    pub status: Option<CertificateStatus>,
}

impl CertificateFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.activity_id.map(|id| Column::ActivityId.eq(id)))
            .add_option(self.year.map(|year| Column::Year.eq(year)))
            .add_option(self.status.map(|status| Column::Status.eq(status)))
    }
}
