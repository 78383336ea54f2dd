use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::staff::librarians::entity::Words;
use crate::staff::records::OfPerson;

/// What a certificate certifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CertificationKind {
    /// Sertifikat kompetensi of a Lembaga Sertifikasi Profesi (LSP), by scheme and cluster.
    Competency,
    /// Uji kompetensi: the test for a position was passed.
    PositionTest,
    /// Anything else.
    Other,
}

/// A certificate of a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "certifications")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// What it certifies.
    pub kind: CertificationKind,
    /// Skema.
    pub scheme: String,
    /// Klaster: the packet of units.
    pub cluster: Option<String>,
    /// The units of competency that it covers.
    #[sea_orm(column_type = "JsonBinary")]
    pub unit_codes: Words,
    /// Unique within the scheme.
    pub number: String,
    /// The LSP or whoever issued it.
    pub issuer: String,
    /// The position that the test was for.
    pub position_id: Option<Uuid>,
    /// The day of issue.
    pub issued_on: Date,
    /// The last day on which it is valid.
    pub valid_until: Option<Date>,
    /// Where a copy lies.
    pub evidence_url: Option<String>,
    /// What it is found by.
    pub search_text: String,
    /// Counts the changes.
    pub version: i32,
    /// When it was entered.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "certification";
    const COLLECTION: Option<&'static str> = Some("certifications");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}

impl OfPerson for Entity {
    const ID: Column = Column::Id;
    const LIBRARIAN_ID: Column = Column::LibrarianId;
}
