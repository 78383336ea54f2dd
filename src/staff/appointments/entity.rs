use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::staff::records::OfPerson;

/// Why somebody's place changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AppointmentKind {
    /// Pengangkatan: appointed to the position.
    Appointment,
    /// Kenaikan jenjang: the next level of the position.
    Promotion,
    /// Kenaikan pangkat: the next grade in the same position.
    GradePromotion,
    /// Mutasi: another unit.
    Transfer,
    /// Perjanjian kerja: a contract of PPPK, new or renewed.
    Contract,
    /// Penyesuaian: the same work under another title.
    Adjustment,
}

/// Unit, position and grade of a person from one day on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "appointments")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// Why.
    pub kind: AppointmentKind,
    /// TMT: the first day; one a day.
    pub effective_on: Date,
    /// The last day of a contract.
    pub ends_on: Option<Date>,
    /// The unit from then on.
    pub unit_id: Uuid,
    /// The position from then on.
    pub position_id: Option<Uuid>,
    /// Pangkat/golongan from then on.
    pub grade: Option<String>,
    /// Angka kredit that the decree states as the beginning, in hundredths.
    pub credit_points: Option<i32>,
    /// Nomor SK.
    pub decree_number: Option<String>,
    /// Tanggal SK.
    pub decree_on: Option<Date>,
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
    const KIND: &'static str = "appointment";
    const COLLECTION: Option<&'static str> = Some("appointments");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}

impl OfPerson for Entity {
    const ID: Column = Column::Id;
    const LIBRARIAN_ID: Column = Column::LibrarianId;
}
