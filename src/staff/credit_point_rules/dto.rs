use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Entity, Model};
use crate::kernel::clock::Instant;
use crate::kernel::dated::holding;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation;
use crate::staff::credit_points::calculation::PerformancePredicate;

/// How a predicate (predikat kinerja) becomes credit points, and what a promotion asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019b76da-a900-7a01-8f0e-2c51c4b1a200", "very_good_percent": 150, "good_percent": 100,
    "needs_improvement_percent": 75, "poor_percent": 50, "very_poor_percent": 25, "least_predicate": "good",
    "least_months_in_level": 12, "valid_from": "2023-07-01", "valid_to": null,
    "legal_basis": "PermenPANRB 1/2023; PerBKN 3/2023", "source": null, "verified": false, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct CreditPointRule {
    /// The rule.
    pub id: Uuid,
    /// Percent of the coefficient for the predicate "Sangat Baik".
    #[schema(minimum = 0, maximum = 1000)]
    pub very_good_percent: i32,
    /// Percent of the coefficient for the predicate "Baik".
    #[schema(minimum = 0, maximum = 1000)]
    pub good_percent: i32,
    /// Percent of the coefficient for the predicate "Butuh Perbaikan".
    #[schema(minimum = 0, maximum = 1000)]
    pub needs_improvement_percent: i32,
    /// Percent of the coefficient for the predicate "Kurang".
    #[schema(minimum = 0, maximum = 1000)]
    pub poor_percent: i32,
    /// Percent of the coefficient for the predicate "Sangat Kurang".
    #[schema(minimum = 0, maximum = 1000)]
    pub very_poor_percent: i32,
    /// The worst predicate that still allows a promotion.
    pub least_predicate: PerformancePredicate,
    /// Months that a promotion asks in the present level.
    #[schema(minimum = 0, maximum = 600)]
    pub least_months_in_level: i32,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; null while none follows.
    #[schema(required)]
    pub valid_to: Option<NaiveDate>,
    /// The regulations.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// Where the figures were read.
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

/// A page of rules.
pub type CreditPointRulePage = Page<CreditPointRule>;

impl From<Model> for CreditPointRule {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            very_good_percent: row.very_good_percent,
            good_percent: row.good_percent,
            needs_improvement_percent: row.needs_improvement_percent,
            poor_percent: row.poor_percent,
            very_poor_percent: row.very_poor_percent,
            least_predicate: row.least_predicate,
            least_months_in_level: row.least_months_in_level,
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

impl Resource for CreditPointRule {
    fn path(&self) -> String {
        format!("/api/v1/credit-point-rules/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A rule to be entered. It begins on a later day, and ends the rule before it.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "very_good_percent": 150, "good_percent": 100, "needs_improvement_percent": 75, "poor_percent": 50,
    "very_poor_percent": 25, "least_predicate": "good", "least_months_in_level": 24, "valid_from": "2027-01-01",
    "legal_basis": "PermenPANRB 9/2026"
}))]
pub struct NewCreditPointRule {
    /// Percent of the coefficient for the predicate "Sangat Baik".
    #[validate(range(min = 0, max = 1000))]
    #[schema(minimum = 0, maximum = 1000)]
    pub very_good_percent: i32,
    /// Percent of the coefficient for the predicate "Baik".
    #[validate(range(min = 0, max = 1000))]
    #[schema(minimum = 0, maximum = 1000)]
    pub good_percent: i32,
    /// Percent of the coefficient for the predicate "Butuh Perbaikan".
    #[validate(range(min = 0, max = 1000))]
    #[schema(minimum = 0, maximum = 1000)]
    pub needs_improvement_percent: i32,
    /// Percent of the coefficient for the predicate "Kurang".
    #[validate(range(min = 0, max = 1000))]
    #[schema(minimum = 0, maximum = 1000)]
    pub poor_percent: i32,
    /// Percent of the coefficient for the predicate "Sangat Kurang".
    #[validate(range(min = 0, max = 1000))]
    #[schema(minimum = 0, maximum = 1000)]
    pub very_poor_percent: i32,
    /// The worst predicate that still allows a promotion.
    pub least_predicate: PerformancePredicate,
    /// Months that a promotion asks in the present level.
    #[validate(range(min = 0, max = 600))]
    #[schema(minimum = 0, maximum = 600)]
    pub least_months_in_level: i32,
    /// The first day on which it holds: later than today, and than the first day of the one before it.
    pub valid_from: NaiveDate,
    /// The regulations.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub legal_basis: String,
    /// Where the figures were read.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub source: Option<String>,
    /// Whether somebody compared them with the official text.
    #[serde(default)]
    pub verified: bool,
}

impl NewCreditPointRule {
    /// The row, without its first day.
    pub fn row(&self) -> ActiveModel {
        ActiveModel {
            very_good_percent: Set(self.very_good_percent),
            good_percent: Set(self.good_percent),
            needs_improvement_percent: Set(self.needs_improvement_percent),
            poor_percent: Set(self.poor_percent),
            very_poor_percent: Set(self.very_poor_percent),
            least_predicate: Set(self.least_predicate),
            least_months_in_level: Set(self.least_months_in_level),
            legal_basis: Set(self.legal_basis.clone()),
            source: Set(self.source.clone()),
            verified: Set(self.verified),
            ..Default::default()
        }
    }
}

/// Which rules to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CreditPointRuleFilter {
    /// Those that hold on this day.
    #[param(example = "2026-06-30")]
    pub on: Option<NaiveDate>,
}

impl CreditPointRuleFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all().add_option(self.on.map(holding::<Entity>))
    }
}
