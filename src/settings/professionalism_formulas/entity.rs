use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::validation::{Fault, fault};

/// A band of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndexBandName {
    /// Sangat rendah.
    VeryLow,
    /// Rendah.
    Low,
    /// Sedang.
    Medium,
    /// Tinggi.
    High,
    /// Sangat tinggi.
    VeryHigh,
}

/// The points of the formal education (kualifikasi).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct QualificationPoints {
    /// Doctorate.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub s3: f64,
    /// Master.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub s2: f64,
    /// Bachelor or D4.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub s1: f64,
    /// D3.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub d3: f64,
    /// D1, D2 or SLTA.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub secondary: f64,
    /// Less.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub below: f64,
}

/// A type of training by its number in SIASN (`jenisDiklatId`), for the OpenAPI.
#[derive(Serialize, ToSchema)]
#[schema(minimum = 1, maximum = 25, example = 9)]
pub struct SiasnType(pub i32);

/// SIASN numbers its types of training from 1 to 25.
fn siasn_types(types: &[i32]) -> Result<(), ValidationError> {
    if types.iter().all(|number| (1..=25).contains(number)) { Ok(()) } else { Err(fault(&NOT_A_SIASN_TYPE)) }
}

/// SIASN has no such type of training.
pub const NOT_A_SIASN_TYPE: Fault = Fault {
    code: "not_a_siasn_type",
    id: "Jenis diklat SIASN bernomor 1 sampai 25",
    en: "SIASN numbers its types of training from 1 to 25",
};

/// The points of training (kompetensi) in one family of positions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TrainingPoints {
    /// The training of the position: diklat fungsional or diklatpim, whenever it was.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub position: f64,
    /// SIASN's types that count as it.
    #[validate(length(max = 30), custom(function = siasn_types))]
    #[schema(max_items = 30, value_type = Vec<SiasnType>)]
    pub position_types: Vec<i32>,
    /// Technical training of enough hours in the year.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub technical: f64,
    /// A seminar, workshop, internship or course in the year.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub seminar: f64,
}

/// The points from a performance score on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PerformanceStep {
    /// The least score, 0 to 100.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub from: f64,
    /// The points.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub points: f64,
}

/// The points by the gravest disciplinary measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DisciplinePoints {
    /// None.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub none: f64,
    /// Ringan.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub light: f64,
    /// Sedang.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub moderate: f64,
    /// Berat.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub severe: f64,
}

/// Where a band begins. Decimals belong to the band below: 80.5 is below 81.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct IndexBand {
    /// The least index.
    #[validate(range(min = 0.0, max = 100.0))]
    #[schema(minimum = 0, maximum = 100)]
    pub from: f64,
    /// The band.
    pub band: IndexBandName,
}

/// The points of all dimensions. The best of each add up to 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate, FromJsonQueryResult)]
#[serde(deny_unknown_fields)]
pub struct IndexPoints {
    /// Formal education.
    #[validate(nested)]
    pub qualification: QualificationPoints,
    /// Training in functional positions (JF).
    #[validate(nested)]
    pub functional: TrainingPoints,
    /// Training in structural positions.
    #[validate(nested)]
    pub structural: TrainingPoints,
    /// Training of other staff (pelaksana).
    #[validate(nested)]
    pub staff: TrainingPoints,
    /// SIASN's types that count as technical training.
    #[validate(length(max = 30), custom(function = siasn_types))]
    #[schema(max_items = 30, value_type = Vec<SiasnType>)]
    pub technical_types: Vec<i32>,
    /// How many JP of it are asked.
    #[validate(range(min = 0.0, max = 1000.0))]
    #[schema(minimum = 0, maximum = 1000)]
    pub technical_hours: f64,
    /// SIASN's types that count as seminar, workshop, internship or course.
    #[validate(length(max = 30), custom(function = siasn_types))]
    #[schema(max_items = 30, value_type = Vec<SiasnType>)]
    pub seminar_types: Vec<i32>,
    /// How many JP one of them takes, to compare steps by.
    #[validate(range(min = 0.0, max = 1000.0))]
    #[schema(minimum = 0, maximum = 1000)]
    pub seminar_hours: f64,
    /// Performance, by the score.
    #[validate(nested, length(min = 1, max = 20))]
    #[schema(min_items = 1, max_items = 20)]
    pub performance: Vec<PerformanceStep>,
    /// Discipline.
    #[validate(nested)]
    pub discipline: DisciplinePoints,
    /// The bands.
    #[validate(nested, length(min = 1, max = 10))]
    #[schema(min_items = 1, max_items = 10)]
    pub bands: Vec<IndexBand>,
}

/// A formula.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "professionalism_formulas")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    #[sea_orm(column_type = "JsonBinary")]
    pub points: IndexPoints,
    pub legal_basis: String,
    pub source: Option<String>,
    pub verified: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "professionalism_formula";
    const COLLECTION: Option<&'static str> = Some("professionalism-formulas");
    const READERS: Readers = Readers::Everyone;
}
