use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::FigureKey;
use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::decimal::{four_decimals, four_places};
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::not_null;
use crate::kernel::{period, validation};

/// A figure of the library or its city (angka dasar).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "key": "population", "period": "2026", "district_code": null, "value": 247_924.0,
    "source": "BPS Kota Singkawang", "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct LibraryFigure {
    /// The figure.
    pub id: Uuid,
    /// What it counts.
    pub key: FigureKey,
    /// The period: `2026`, `2026-S1`, `2026-Q1` or `2026-01`.
    #[schema(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// Kode wilayah (Kemendagri) of the district that it is about; null for the whole city.
    #[schema(required, max_length = 13, pattern = r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}(\.[0-9]{4})?$")]
    pub district_code: Option<String>,
    /// The number, with at most four decimals; rupiah where it is money.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub value: f64,
    /// Where it was read.
    #[schema(max_length = 500)]
    pub source: String,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of figures.
pub type LibraryFigurePage = Page<LibraryFigure>;

impl From<Model> for LibraryFigure {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            key: row.key,
            period: row.period,
            district_code: Some(row.district_code).filter(|code| !code.is_empty()),
            value: four_places(row.value),
            source: row.source,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for LibraryFigure {
    fn path(&self) -> String {
        format!("/api/v1/library-figures/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A figure to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "key": "population", "period": "2027", "district_code": "61.72.02", "value": 58_310, "source": "BPS Kota Singkawang"
}))]
pub struct NewLibraryFigure {
    /// What it counts.
    pub key: FigureKey,
    /// The period: `2026`, `2026-S1`, `2026-Q1` or `2026-01`.
    #[validate(custom(function = period::name))]
    #[schema(min_length = 4, max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// Kode wilayah (Kemendagri) of the district that it is about; absent for the whole city.
    #[validate(custom(function = validation::district))]
    #[schema(min_length = 8, max_length = 13, pattern = r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}(\.[0-9]{4})?$")]
    pub district_code: Option<String>,
    /// The number, with at most four decimals; rupiah where it is money.
    #[validate(range(min = 0.0, max = 100_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub value: f64,
    /// Where it was read.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub source: String,
}

/// Changes of a figure: a merge patch (RFC 7396). What was measured with it keeps the number of then.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"value": 58_412, "source": "BPS Kota Singkawang, angka tetap"}))]
pub struct LibraryFigureChanges {
    /// Another number.
    #[validate(range(min = 0.0, max = 100_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = 0, maximum = 100_000_000_000_i64, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub value: Option<f64>,
    /// Another source.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub source: Option<String>,
}

/// Which figures to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LibraryFigureFilter {
    /// Those that count this.
    #[param(inline)]
    pub key: Option<FigureKey>,
    /// Those of this district; of the whole city with an empty code.
    #[param(max_length = 13, example = "61.72.02")]
    pub district_code: Option<String>,
}

impl LibraryFigureFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.key.map(|key| Column::Key.eq(key)))
            .add_option(self.district_code.as_ref().map(|code| Column::DistrictCode.eq(code.as_str())))
    }
}
