use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// How somebody is employed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EmploymentKind {
    /// Pegawai Negeri Sipil: a civil servant, with a NIP.
    Pns,
    /// Pegawai Pemerintah dengan Perjanjian Kerja: on contract, with an NI PPPK.
    Pppk,
    /// Neither.
    NonAsn,
}

/// A sex as official records have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RecordedSex {
    /// Laki-laki.
    Male,
    /// Perempuan.
    Female,
}

/// Words that a person goes by: languages, interests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Words(pub Vec<String>);

/// The professional record of a member of staff.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "librarians")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub employment_kind: EmploymentKind,
    /// NIP or NI PPPK.
    #[sea_orm(unique)]
    pub employee_number: Option<String>,
    pub unit_id: Uuid,
    pub position_id: Option<Uuid>,
    /// Pangkat/golongan: III/a.
    pub grade: Option<String>,
    /// TMT jabatan.
    pub position_since: Option<Date>,
    /// When the next appointment takes effect.
    pub next_appointment_on: Option<Date>,
    pub born_on: Option<Date>,
    pub sex: Option<RecordedSex>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub siasn_id: Option<String>,
    pub supervisor_id: Option<Uuid>,
    #[sea_orm(column_type = "JsonBinary")]
    pub languages: Words,
    #[sea_orm(column_type = "JsonBinary")]
    pub interests: Words,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "librarian";
    const COLLECTION: Option<&'static str> = Some("librarians");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.id)
    }
}
