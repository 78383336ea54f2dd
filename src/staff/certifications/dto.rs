use chrono::{Days, NaiveDate};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::CertificationKind;
use super::entity::{Column, Model};
use super::expiry::{ExpiryWarning, days_left, warning};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A certificate of a person (sertifikat).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000062", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "kind": "competency", "scheme": "Klaster Perpustakaan 2019", "cluster": "Pengatalogan Deskriptif",
    "unit_codes": ["R.91PRP02.021.1"], "number": "91100 2634 3 0000871 2024", "issuer": "LSP Pustakawan",
    "position_id": null, "issued_on": "2024-03-11", "valid_until": "2027-03-10", "days_left": 373,
    "expiry_warning": "none", "evidence_url": null, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Certification {
    /// The certificate.
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// What it certifies.
    pub kind: CertificationKind,
    /// The scheme (skema).
    #[schema(max_length = 200)]
    pub scheme: String,
    /// The cluster (klaster): a packet of units.
    #[schema(required, max_length = 200)]
    pub cluster: Option<String>,
    /// The units of competency that it covers.
    #[schema(max_items = 100, value_type = Vec<validation::ShortWord>)]
    pub unit_codes: Vec<String>,
    /// Its number, unique within the scheme.
    #[schema(max_length = 100)]
    pub number: String,
    /// The LSP or whoever issued it.
    #[schema(max_length = 200)]
    pub issuer: String,
    /// The position that the competency test (uji kompetensi) was for.
    #[schema(required)]
    pub position_id: Option<Uuid>,
    /// The day of issue.
    pub issued_on: NaiveDate,
    /// The last day on which it is valid; null where it does not end.
    #[schema(required)]
    pub valid_until: Option<NaiveDate>,
    /// Days until it ends, 0 on its last day, negative afterwards; null where it does not end.
    #[schema(required, minimum = -1_000_000, maximum = 1_000_000)]
    pub days_left: Option<i64>,
    /// How near its end is.
    pub expiry_warning: ExpiryWarning,
    /// Where a copy lies.
    #[schema(required, max_length = 2000)]
    pub evidence_url: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of certificates.
pub type CertificationPage = Page<Certification>;

impl Certification {
    /// The certificate as it is on a day.
    pub fn seen(row: Model, today: NaiveDate) -> Self {
        Self {
            days_left: days_left(row.valid_until, today),
            expiry_warning: warning(row.valid_until, today),
            id: row.id,
            librarian_id: row.librarian_id,
            kind: row.kind,
            scheme: row.scheme,
            cluster: row.cluster,
            unit_codes: row.unit_codes.0,
            number: row.number,
            issuer: row.issuer,
            position_id: row.position_id,
            issued_on: row.issued_on,
            valid_until: row.valid_until,
            evidence_url: row.evidence_url,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Certification {
    fn path(&self) -> String {
        format!("/api/v1/certifications/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A certificate to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "competency", "scheme": "Klaster Perpustakaan 2019", "cluster": "Pengatalogan Deskriptif",
    "unit_codes": ["R.91PRP02.021.1"], "number": "91100 2634 3 0000871 2024", "issuer": "LSP Pustakawan",
    "issued_on": "2024-03-11", "valid_until": "2027-03-10"
}))]
pub struct NewCertification {
    /// What it certifies.
    pub kind: CertificationKind,
    /// The scheme (skema).
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub scheme: String,
    /// The cluster (klaster).
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub cluster: Option<String>,
    /// The units of competency that it covers.
    #[validate(length(max = 100), custom(function = validation::short_words))]
    #[schema(max_items = 100, value_type = Vec<validation::ShortWord>)]
    #[serde(default)]
    pub unit_codes: Vec<String>,
    /// Its number: one certificate of a scheme has it.
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub number: String,
    /// The LSP or whoever issued it.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub issuer: String,
    /// The position that the competency test was for: for `position_test` alone, and required there.
    pub position_id: Option<Uuid>,
    /// The day of issue, not in the future.
    pub issued_on: NaiveDate,
    /// The last day on which it is valid.
    pub valid_until: Option<NaiveDate>,
    /// Where a copy lies.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    pub evidence_url: Option<String>,
}

/// Changes of a certificate: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"valid_until": "2027-03-11"}))]
pub struct CertificationChanges {
    /// Another kind.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<CertificationKind>,
    /// Another scheme.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub scheme: Option<String>,
    /// Another cluster; null clears it.
    #[validate(length(min = 1, max = 200))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    #[serde(default)]
    pub cluster: Patch<String>,
    /// Other units, all of them.
    #[validate(length(max = 100), custom(function = validation::short_words))]
    #[schema(max_items = 100, nullable = false, value_type = Vec<validation::ShortWord>)]
    #[serde(default, deserialize_with = "not_null")]
    pub unit_codes: Option<Vec<String>>,
    /// Another number.
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub number: Option<String>,
    /// Another issuer.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub issuer: Option<String>,
    /// Another position; null clears it.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub position_id: Patch<Uuid>,
    /// Another day of issue.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub issued_on: Option<NaiveDate>,
    /// Another last day; null clears it.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub valid_until: Patch<NaiveDate>,
    /// Another place of the copy; null clears it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(value_type = Option<String>, format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    #[serde(default)]
    pub evidence_url: Patch<String>,
}

/// Which certificates to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CertificationFilter {
    /// Certificates whose scheme, cluster, number or issuer holds these words.
    #[param(max_length = 100, example = "pengatalogan")]
    pub q: Option<String>,
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// Of this kind.
    #[param(inline)]
    pub kind: Option<CertificationKind>,
    /// Those that are valid on this day.
    #[param(example = "2026-06-30")]
    pub valid_on: Option<NaiveDate>,
    /// Those that end within so many days from today, and have not ended: 180, 90 and 30 are those of the warnings.
    #[param(minimum = 0, maximum = 3650, example = 180)]
    pub expires_within_days: Option<u16>,
}

impl CertificationFilter {
    /// The filter as a condition, on a day.
    pub fn condition(&self, today: NaiveDate) -> Condition {
        let ends = self.expires_within_days.map(|days| {
            let last = today.checked_add_days(Days::new(days.into())).unwrap_or(today);
            Column::ValidUntil.between(today, last)
        });
        let valid = self.valid_on.map(|on| {
            let open = Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gte(on));
            Condition::all().add(Column::IssuedOn.lte(on)).add(open)
        });
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add_option(valid)
            .add_option(ends)
    }
}
