use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::language::Localized;
use crate::kernel::period::PeriodKind;

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum IndicatorDirection {
    /// The more, the better.
    HigherIsBetter,
    /// The less, the better.
    LowerIsBetter,
}

/// An indicator.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "indicators")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub name: Localized,
    #[sea_orm(column_type = "JsonBinary")]
    pub definition: Localized,
    #[sea_orm(column_type = "JsonBinary")]
    pub unit: Localized,
    /// Decimals of its values, 0 to 4.
    pub decimals: i32,
    pub direction: IndicatorDirection,
    pub period_kind: PeriodKind,
    /// How far from its target a value is still near, in ten-thousandths.
    pub tolerance: i64,
    pub source: Option<String>,
    pub programme_id: Option<Uuid>,
    /// The first day of the earliest period that the dashboard shows; kept with each measurement.
    pub shown_from: Option<Date>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "indicator";
    const COLLECTION: Option<&'static str> = Some("indicators");
    const READERS: Readers = Readers::Everyone;
}

impl Model {
    /// Decimals of its values.
    pub fn places(&self) -> u32 {
        self.decimals.unsigned_abs()
    }
}
