use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::entity::Model;
pub use super::entity::TimeZone;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// What the library is, and what stands on its letters and certificates.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000",
    "name": "Perpustakaan Kota Singkawang", "registration_number": null, "address": "Jalan Firdaus, Singkawang", "city":
    "Singkawang", "letterhead": null, "logo_url": null, "signatory_name": "Maria Lestari Bong", "signatory_position":
    "Kepala Perpustakaan", "signatory_number": null, "time_zone": "Asia/Pontianak",
    "certificate_numbering": "{number}/SERT/{month}/{year}", "siasn_agency_id": null, "siasn_location_id": null, "version": 1, "created_at": "2026-01-05T01:00:00.000Z", "updated_at":
    "2026-01-05T01:00:00.000Z"
}))]
pub struct LibrarySettings {
    /// The one row.
    pub id: Uuid,
    /// The library's name.
    #[schema(max_length = 200)]
    pub name: String,
    /// Nomor Pokok Perpustakaan (NPP); null where nobody said.
    #[schema(required, max_length = 50)]
    pub registration_number: Option<String>,
    /// Its address; null where nobody said.
    #[schema(required, max_length = 300)]
    pub address: Option<String>,
    /// Where letters are signed; null where nobody said.
    #[schema(required, max_length = 100)]
    pub city: Option<String>,
    /// What stands at the head of letters, line by line; null where nobody said.
    #[schema(required, max_length = 1000)]
    pub letterhead: Option<String>,
    /// Where its logo is: an http or https address; null where nobody said.
    #[schema(required, max_length = 500)]
    pub logo_url: Option<String>,
    /// Who signs certificates and letters; null where nobody said.
    #[schema(required, max_length = 200)]
    pub signatory_name: Option<String>,
    /// In which position; null where nobody said.
    #[schema(required, max_length = 200)]
    pub signatory_position: Option<String>,
    /// With which NIP; null where nobody said.
    #[schema(required, max_length = 30)]
    pub signatory_number: Option<String>,
    /// How certificates are numbered: `{number}` counts from 1 in each year, `{month}` is Roman, `{year}` has four digits.
    #[schema(max_length = 100)]
    pub certificate_numbering: String,
    /// SIASN's instansiId, for the export; null where nobody said.
    #[schema(required, max_length = 60)]
    pub siasn_agency_id: Option<String>,
    /// SIASN's lokasiId, for the export; null where nobody said.
    #[schema(required, max_length = 60)]
    pub siasn_location_id: Option<String>,
    /// The time zone of its sessions and calendars.
    pub time_zone: TimeZone,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

impl From<Model> for LibrarySettings {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            registration_number: row.registration_number,
            address: row.address,
            city: row.city,
            letterhead: row.letterhead,
            logo_url: row.logo_url,
            signatory_name: row.signatory_name,
            signatory_position: row.signatory_position,
            signatory_number: row.signatory_number,
            certificate_numbering: row.certificate_numbering,
            siasn_agency_id: row.siasn_agency_id,
            siasn_location_id: row.siasn_location_id,
            time_zone: row.time_zone,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for LibrarySettings {
    fn path(&self) -> String {
        "/api/v1/settings".to_owned()
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Changes of the settings: a merge patch (RFC 7396). Null clears what may be missing.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"signatory_name": "Maria Lestari Bong", "signatory_position": "Kepala Perpustakaan"}))]
pub struct LibrarySettingsChanges {
    /// Another name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<String>,
    /// Nomor Pokok Perpustakaan (NPP).
    #[validate(length(min = 1, max = 50))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 50)]
    #[serde(default)]
    pub registration_number: Patch<String>,
    /// Its address.
    #[validate(length(min = 1, max = 300))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300)]
    #[serde(default)]
    pub address: Patch<String>,
    /// Where letters are signed.
    #[validate(length(min = 1, max = 100))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    #[serde(default)]
    pub city: Patch<String>,
    /// What stands at the head of letters, line by line.
    #[validate(length(min = 1, max = 1000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000)]
    #[serde(default)]
    pub letterhead: Patch<String>,
    /// Where its logo is: an http or https address.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub logo_url: Patch<String>,
    /// Who signs certificates and letters.
    #[validate(length(min = 1, max = 200))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    #[serde(default)]
    pub signatory_name: Patch<String>,
    /// In which position.
    #[validate(length(min = 1, max = 200))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    #[serde(default)]
    pub signatory_position: Patch<String>,
    /// With which NIP.
    #[validate(length(min = 1, max = 30))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 30)]
    #[serde(default)]
    pub signatory_number: Patch<String>,
    /// How certificates are numbered from now on: with `{number}` and `{year}`, and `{month}` if wanted. What was numbered stays.
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub certificate_numbering: Option<String>,
    /// SIASN's instansiId, for the export.
    #[validate(length(min = 1, max = 60))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60)]
    #[serde(default)]
    pub siasn_agency_id: Patch<String>,
    /// SIASN's lokasiId, for the export.
    #[validate(length(min = 1, max = 60))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60)]
    #[serde(default)]
    pub siasn_location_id: Patch<String>,
    /// Another time zone.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub time_zone: Option<TimeZone>,
}
