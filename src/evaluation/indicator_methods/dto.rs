use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::bands::{BANDS_GO_UP, Bands, IndicatorBand};
use super::entity::{ActiveModel, Column, Entity, Model};
use super::formula::IndicatorFormula;
use crate::kernel::clock::Instant;
use crate::kernel::dated::holding;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation::{self, Violation};

/// How an indicator is reckoned (metode perhitungan), from one day until another.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "indicator_id": "019a0000-0000-7000-8000-000000000001", "label": "2021",
    "formula": {
        "kind": "figures", "calculator": null, "calculator_version": null, "terms": [{"figure": "visits", "weight": 1.0}],
        "denominator": "population", "denominator_per": null, "factor": 1.0, "divisor": 1
    },
    "bands": [{"from": 0.0, "code": "R", "label": {"id": "Rendah", "en": "Low"}}], "valid_from": "2021-01-01", "valid_to": null,
    "legal_basis": "ISO 11620", "source": null, "verified": false, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct IndicatorMethod {
    /// The method.
    pub id: Uuid,
    /// The indicator.
    pub indicator_id: Uuid,
    /// What it is known by, such as the year of its formula.
    #[schema(max_length = 60)]
    pub label: String,
    /// The formula.
    pub formula: IndicatorFormula,
    /// What values are called (kategori), the lowest first; none where nobody says.
    #[schema(max_items = 20)]
    pub bands: Vec<IndicatorBand>,
    /// The first day on which it holds. A period is measured by the method of its last day.
    pub valid_from: NaiveDate,
    /// The last day; null while none follows.
    #[schema(required)]
    pub valid_to: Option<NaiveDate>,
    /// The regulations or standards.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// Where formula and bands were read.
    #[schema(required, max_length = 500)]
    pub source: Option<String>,
    /// Whether somebody compared them with the official text.
    pub verified: bool,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of methods.
pub type IndicatorMethodPage = Page<IndicatorMethod>;

impl From<Model> for IndicatorMethod {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            indicator_id: row.indicator_id,
            label: row.label,
            formula: row.formula,
            bands: row.bands.0,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            legal_basis: row.legal_basis,
            source: row.source,
            verified: row.verified,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for IndicatorMethod {
    fn path(&self) -> String {
        format!("/api/v1/indicator-methods/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A method to be entered. The first of an indicator may begin in the past; each other begins on a later day and ends the one
/// before it.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "label": "2027", "formula": {
        "kind": "figures", "calculator": null, "calculator_version": null, "terms": [{"figure": "visits", "weight": 1.0}],
        "denominator": "population", "denominator_per": null, "factor": 1.0, "divisor": 1
    },
    "bands": [{"from": 0.0, "code": "R", "label": {"id": "Rendah", "en": "Low"}}], "valid_from": "2027-01-01",
    "legal_basis": "ISO 11620:2023", "source": "iso.org", "verified": true
}))]
pub struct NewIndicatorMethod {
    /// What it is known by, such as the year of its formula.
    #[validate(length(min = 1, max = 60), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 60, pattern = r"\S")]
    pub label: String,
    /// The formula.
    #[validate(nested)]
    pub formula: IndicatorFormula,
    /// What values are called (kategori), the lowest first.
    #[validate(nested, length(max = 20))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub bands: Vec<IndicatorBand>,
    /// The first day on which it holds.
    #[validate(custom(function = validation::day))]
    pub valid_from: NaiveDate,
    /// The regulations or standards.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub legal_basis: String,
    /// Where formula and bands were read.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub source: Option<String>,
    /// Whether somebody compared them with the official text.
    #[serde(default)]
    pub verified: bool,
}

impl NewIndicatorMethod {
    /// What does not go together; `place` is the JSON pointer of the method.
    pub fn mistakes(&self, place: &str) -> Vec<Violation> {
        let mut wrong = self.formula.mistakes(&format!("{place}/formula"));
        if !Bands(self.bands.clone()).go_up() {
            wrong.push(Violation::pointer(format!("{place}/bands"), &BANDS_GO_UP));
        }
        wrong
    }

    /// The row, without its first day.
    pub fn row(&self, indicator_id: Uuid) -> ActiveModel {
        ActiveModel {
            indicator_id: Set(indicator_id),
            label: Set(self.label.clone()),
            formula: Set(self.formula.clone().whole()),
            bands: Set(Bands(self.bands.clone())),
            legal_basis: Set(self.legal_basis.clone()),
            source: Set(self.source.clone()),
            verified: Set(self.verified),
            ..Default::default()
        }
    }
}

/// Which methods to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct IndicatorMethodFilter {
    /// Those of this indicator.
    pub indicator_id: Option<Uuid>,
    /// Those that hold on this day.
    #[param(example = "2026-06-30")]
    pub on: Option<NaiveDate>,
}

impl IndicatorMethodFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.indicator_id.map(|id| Column::IndicatorId.eq(id)))
            .add_option(self.on.map(holding::<Entity>))
    }
}
