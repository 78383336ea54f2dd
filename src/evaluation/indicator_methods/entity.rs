use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::bands::Bands;
use super::formula::IndicatorFormula;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// How an indicator is reckoned from one day on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "indicator_methods")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    /// What the method is known by: `2021`.
    pub label: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub formula: IndicatorFormula,
    #[sea_orm(column_type = "JsonBinary")]
    pub bands: Bands,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub legal_basis: String,
    pub source: Option<String>,
    pub verified: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "indicator_method";
    const COLLECTION: Option<&'static str> = Some("indicator-methods");
    const READERS: Readers = Readers::Everyone;
}
