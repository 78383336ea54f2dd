#![expect(clippy::enum_variant_names, reason = "SeaORM derives a second enum from the IANA names, which begin alike")]

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// A time zone of Indonesia (IANA).
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum TimeZone {
    /// WIB in Kalimantan.
    #[sea_orm(string_value = "Asia/Pontianak")]
    #[serde(rename = "Asia/Pontianak")]
    Pontianak,
    /// WIB.
    #[sea_orm(string_value = "Asia/Jakarta")]
    #[serde(rename = "Asia/Jakarta")]
    Jakarta,
    /// WITA.
    #[sea_orm(string_value = "Asia/Makassar")]
    #[serde(rename = "Asia/Makassar")]
    Makassar,
    /// WIT.
    #[sea_orm(string_value = "Asia/Jayapura")]
    #[serde(rename = "Asia/Jayapura")]
    Jayapura,
}

/// The library.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "library_settings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Always 1, and unique: there is one row.
    #[serde(skip)]
    #[sea_orm(unique)]
    pub only: i32,
    pub name: String,
    /// Nomor Pokok Perpustakaan (NPP).
    pub registration_number: Option<String>,
    pub address: Option<String>,
    /// Where letters are signed.
    pub city: Option<String>,
    pub letterhead: Option<String>,
    pub logo_url: Option<String>,
    pub signatory_name: Option<String>,
    pub signatory_position: Option<String>,
    /// NIP.
    pub signatory_number: Option<String>,
    pub time_zone: TimeZone,
    /// How certificates are numbered, with places for number, month and year.
    pub certificate_numbering: String,
    /// SIASN's instansiId.
    pub siasn_agency_id: Option<String>,
    /// SIASN's lokasiId.
    pub siasn_location_id: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "library_settings";
    const COLLECTION: Option<&'static str> = None;
    const READERS: Readers = Readers::Everyone;
}
