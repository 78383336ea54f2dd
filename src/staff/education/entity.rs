use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::staff::records::OfPerson;

/// A level of formal education, lowest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EducationLevel {
    /// SD.
    Primary,
    /// SMP.
    JuniorSecondary,
    /// SLTA.
    SeniorSecondary,
    /// Diploma I.
    D1,
    /// Diploma II.
    D2,
    /// Diploma III.
    D3,
    /// Diploma IV.
    D4,
    /// Sarjana.
    S1,
    /// Magister.
    S2,
    /// Doktor.
    S3,
}

/// A diploma of a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "education_records")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// The level.
    pub level: EducationLevel,
    /// The school.
    pub institution: String,
    /// Jurusan.
    pub field: Option<String>,
    /// Whether the field is library science.
    pub is_library_science: bool,
    /// The year of graduation.
    pub graduated_year: i32,
    /// Nomor ijazah.
    pub diploma_number: Option<String>,
    /// Where a copy lies.
    pub evidence_url: Option<String>,
    /// The row's id in SIASN.
    pub siasn_id: Option<String>,
    /// Counts the changes.
    pub version: i32,
    /// When it was entered.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "education";
    const COLLECTION: Option<&'static str> = Some("education");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}

impl OfPerson for Entity {
    const ID: Column = Column::Id;
    const LIBRARIAN_ID: Column = Column::LibrarianId;
}
