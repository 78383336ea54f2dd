use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::language::Localized;

/// The family of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PositionCategory {
    /// Keahlian: Pustakawan Ahli.
    Expertise,
    /// Keterampilan: Asisten Perpustakaan.
    Skill,
    /// Outside the functional positions.
    None,
}

/// A position (jabatan): a row of the reference table.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "positions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SIASN's kodeCepat.
    #[sea_orm(unique)]
    pub code: String,
    pub legacy_code: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub title: Localized,
    pub category: PositionCategory,
    /// SIASN's jenjang.
    pub level_code: Option<String>,
    /// Order among all positions, legacy and new.
    pub level: i32,
    pub grade_from: Option<String>,
    pub grade_to: Option<String>,
    /// Batas usia pensiun, years.
    pub retirement_age: Option<i32>,
    /// Formasi: how many people the library may have in it.
    pub headcount: Option<i32>,
    pub legal_basis: Option<String>,
    pub provisional: bool,
    /// Counts the changes of the position's competency standard.
    pub standard_version: i32,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "position";
    const COLLECTION: Option<&'static str> = Some("positions");
    const READERS: Readers = Readers::Everyone;
}
