use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::staff::records::OfPerson;

/// How grave a measure is, lightest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DisciplineSeverity {
    /// Ringan.
    Light,
    /// Sedang.
    Moderate,
    /// Berat.
    Severe,
}

/// A disciplinary measure against a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "disciplinary_measures")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// How grave.
    pub severity: DisciplineSeverity,
    /// The first day.
    pub imposed_on: Date,
    /// The last day.
    pub ends_on: Option<Date>,
    /// Nomor SK.
    pub decree_number: Option<String>,
    /// What for.
    pub reason: String,
    /// Counts the changes.
    pub version: i32,
    /// When it was entered.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "disciplinary_measure";
    const COLLECTION: Option<&'static str> = Some("disciplinary-measures");
    /// Mentors are not told, and the feed knows no readers that leave them out.
    const READERS: Readers = Readers::Admin;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}

impl OfPerson for Entity {
    const ID: Column = Column::Id;
    const LIBRARIAN_ID: Column = Column::LibrarianId;
}
