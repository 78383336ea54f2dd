use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::language::Localized;

/// Whether a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CertificateStatus {
    /// It holds.
    Issued,
    /// It was taken back.
    Revoked,
}

/// What a certificate says somebody can do, as it was called on that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CertifiedCompetency {
    /// The competency.
    pub competency_id: Uuid,
    /// Its code.
    #[schema(max_length = 60)]
    pub code: String,
    /// What it is called.
    pub title: Localized,
    /// The level aimed at, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub level: i32,
}

/// Competencies, as a row keeps them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Competencies(pub Vec<CertifiedCompetency>);

/// Who gave a certificate: what stood in the settings on that day, so that it looks the same for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Imprint {
    /// Nomor Pokok Perpustakaan.
    pub registration_number: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// What stands at its head, line by line.
    pub letterhead: Option<String>,
    /// Where it was signed.
    pub city: Option<String>,
    /// Who signed it.
    pub signatory_name: Option<String>,
    /// In which position.
    pub signatory_position: Option<String>,
    /// NIP.
    pub signatory_number: Option<String>,
}

/// A certificate.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "certificates")]
pub struct Model {
    /// The certificate.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose it is.
    pub librarian_id: Uuid,
    /// What they completed.
    pub activity_id: Uuid,
    /// Their taking part in it.
    pub registration_id: Uuid,
    /// 1, and one more for each that took the place of another.
    pub round: i32,
    /// Its number.
    pub number: String,
    /// The year in which it was numbered.
    pub year: i32,
    /// Its place in that year, without gaps.
    pub sequence: i32,
    /// Its place in the status list.
    pub status_index: i32,
    /// The id under which anybody may fetch it as a credential: as secret as the code.
    #[serde(skip)]
    pub credential_id: Uuid,
    /// SHA-256 of the code on the paper.
    #[serde(skip)]
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub code_hash: Vec<u8>,
    /// How the person is called on it.
    pub recipient_name: String,
    /// What it is for.
    pub title: String,
    /// The library's name on that day.
    pub organiser: String,
    /// Jam pelajaran in hundredths; null where the activity gives none.
    pub credit_hundredths: Option<i32>,
    /// What the person can do now.
    #[sea_orm(column_type = "JsonBinary")]
    pub competencies: Competencies,
    /// Who gave it.
    #[sea_orm(column_type = "JsonBinary")]
    pub imprint: Imprint,
    /// The first day.
    pub starts_on: Date,
    /// The last day.
    pub ends_on: Date,
    /// The day on it.
    pub issued_on: Date,
    /// Whether it holds.
    pub status: CertificateStatus,
    /// When it was taken back.
    pub revoked_at: Option<DateTimeUtc>,
    /// The account that took it back.
    pub revoked_by: Option<Uuid>,
    /// Why it was taken back.
    pub revocation_reason: Option<String>,
    /// The certificate whose place it took.
    pub replaces: Option<Uuid>,
    /// The certificate that took its place.
    pub replaced_by: Option<Uuid>,
    /// Counts the changes.
    pub version: i32,
    /// When it was issued.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "certificate";
    const COLLECTION: Option<&'static str> = Some("certificates");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
