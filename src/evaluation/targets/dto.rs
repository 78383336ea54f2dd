use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::decimal::{four_decimals, four_places};
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::{period, validation};

/// What an indicator should reach in a period (target kinerja).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "indicator_id": "019a0000-0000-7000-8000-000000000001", "period": "2026",
    "value": 84.0, "note": "Renja 2026", "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
    "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct IndicatorTarget {
    /// The target.
    pub id: Uuid,
    /// The indicator.
    pub indicator_id: Uuid,
    /// The period, as long as those of the indicator: `2026`, `2026-S1`, `2026-Q1` or `2026-01`.
    #[schema(max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// The value to be reached, in the unit of the indicator.
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: f64,
    /// Where it was set.
    #[schema(required, max_length = 500)]
    pub note: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of targets.
pub type IndicatorTargetPage = Page<IndicatorTarget>;

impl From<Model> for IndicatorTarget {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            indicator_id: row.indicator_id,
            period: row.period,
            value: four_places(row.value),
            note: row.note,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for IndicatorTarget {
    fn path(&self) -> String {
        format!("/api/v1/targets/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A target to be set.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "indicator_id": "019a0000-0000-7000-8000-000000000001", "period": "2027", "value": 86.0, "note": "Renja 2027"
}))]
pub struct NewIndicatorTarget {
    /// The indicator.
    pub indicator_id: Uuid,
    /// The period, as long as those of the indicator: `2026`, `2026-S1`, `2026-Q1` or `2026-01`. It has one target.
    #[validate(custom(function = period::name))]
    #[schema(min_length = 4, max_length = 7, pattern = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$")]
    pub period: String,
    /// The value to be reached, with no more decimals than the indicator has.
    #[validate(range(min = -100_000_000_000.0, max = 100_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64)]
    pub value: f64,
    /// Where it was set.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub note: Option<String>,
}

/// Changes of a target: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"value": 85.0, "note": "Renja perubahan 2026"}))]
pub struct IndicatorTargetChanges {
    /// Another value.
    #[validate(range(min = -100_000_000_000.0, max = 100_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub value: Option<f64>,
    /// Another note; null clears it.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub note: Patch<String>,
}

/// Which targets to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct IndicatorTargetFilter {
    /// Those of this indicator.
    pub indicator_id: Option<Uuid>,
    /// Those of this period.
    #[param(max_length = 7, example = "2026")]
    pub period: Option<String>,
}

impl IndicatorTargetFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.indicator_id.map(|id| Column::IndicatorId.eq(id)))
            .add_option(self.period.as_ref().map(|period| Column::Period.eq(period.as_str())))
    }
}
