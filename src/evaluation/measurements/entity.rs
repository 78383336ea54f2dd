use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::competencies::assessments::entity::EvidenceList;
use crate::evaluation::calculators::Inputs;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// How a value came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MeasurementOrigin {
    /// The service reckoned it.
    Computed,
    /// Somebody entered it, with evidence.
    Entered,
}

/// What an indicator came to in a period; one row for each revision. Values are ten-thousandths.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "measurements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    pub period: String,
    pub starts_on: Date,
    pub ends_on: Date,
    /// 1, and one more with each correction.
    pub revision: i32,
    /// Whether no later revision takes its place.
    pub is_current: bool,
    pub value: i64,
    pub origin: MeasurementOrigin,
    /// The method of the period's last day.
    pub method_id: Uuid,
    #[sea_orm(column_type = "JsonBinary")]
    pub inputs: Inputs,
    #[sea_orm(column_type = "JsonBinary")]
    pub evidence: EvidenceList,
    /// Why it takes the place of the revision before.
    pub reason: Option<String>,
    /// The day on which it was measured.
    pub measured_on: Date,
    pub closed_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "measurement";
    const COLLECTION: Option<&'static str> = Some("measurements");
    const READERS: Readers = Readers::Everyone;
}
