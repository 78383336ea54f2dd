use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::db::Record;
use crate::kernel::decimal::{hundredths, two_decimals};
use crate::kernel::event::Readers;
use crate::surveys::statistics::satisfaction::{SkmGrade, SkmWeightMode};

/// Where a grade begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SkmBand {
    /// The least index (IKM), held against the index rounded to two decimals.
    #[validate(range(min = 0.0, max = 100.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 100)]
    pub from: f64,
    /// The grade.
    pub grade: SkmGrade,
}

/// How an index is made of the averages of the elements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
pub struct SkmTerms {
    /// How much each element weighs.
    pub weight_mode: SkmWeightMode,
    /// The grades, the highest first, the last from 0.
    #[validate(nested, length(min = 1, max = 4))]
    #[schema(min_items = 1, max_items = 4)]
    pub bands: Vec<SkmBand>,
}

impl SkmTerms {
    /// The least indices of the grades in hundredths, the highest first.
    pub fn grades(&self) -> Vec<(i64, SkmGrade)> {
        self.bands.iter().map(|band| (hundredths(band.from).into(), band.grade)).collect()
    }
}

/// A formula.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "skm_formulas")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    #[sea_orm(column_type = "JsonBinary")]
    pub terms: SkmTerms,
    pub legal_basis: String,
    pub source: Option<String>,
    pub verified: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "skm_formula";
    const COLLECTION: Option<&'static str> = Some("skm-formulas");
    const READERS: Readers = Readers::Everyone;
}
