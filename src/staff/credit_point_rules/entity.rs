use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::kernel::dated::Dated;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::staff::credit_points::calculation::{PerformancePredicate, PromotionRules};

/// What predicates give and promotions ask, from one day until another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "credit_point_rules")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Percent of the coefficient for "Sangat Baik".
    pub very_good_percent: i32,
    /// Percent of the coefficient for "Baik".
    pub good_percent: i32,
    /// Percent of the coefficient for "Butuh Perbaikan".
    pub needs_improvement_percent: i32,
    /// Percent of the coefficient for "Kurang".
    pub poor_percent: i32,
    /// Percent of the coefficient for "Sangat Kurang".
    pub very_poor_percent: i32,
    /// The worst predicate that still allows a promotion.
    pub least_predicate: PerformancePredicate,
    /// Months in the present level.
    pub least_months_in_level: i32,
    /// The first day.
    pub valid_from: Date,
    /// The last day; null while nobody knows of an end.
    pub valid_to: Option<Date>,
    /// The regulation.
    pub legal_basis: String,
    /// Where the figures were read.
    pub source: Option<String>,
    /// Whether they were checked against the official text.
    pub verified: bool,
    /// Counts the changes.
    pub version: i32,
    /// When it was entered.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "credit_point_rule";
    const COLLECTION: Option<&'static str> = Some("credit-point-rules");
    const READERS: Readers = Readers::Everyone;
}

impl Dated for Entity {
    const VALID_FROM: Column = Column::ValidFrom;
    const VALID_TO: Column = Column::ValidTo;
    const CREATED: &'static str = "credit_point_rule.created";
    const UPDATED: &'static str = "credit_point_rule.updated";
    const DELETED: &'static str = "credit_point_rule.deleted";

    fn period(row: &Model) -> (Date, Option<Date>) {
        (row.valid_from, row.valid_to)
    }
}

impl Model {
    /// Percent of the coefficient that a predicate gives.
    pub const fn percent(&self, predicate: PerformancePredicate) -> i32 {
        match predicate {
            PerformancePredicate::VeryGood => self.very_good_percent,
            PerformancePredicate::Good => self.good_percent,
            PerformancePredicate::NeedsImprovement => self.needs_improvement_percent,
            PerformancePredicate::Poor => self.poor_percent,
            PerformancePredicate::VeryPoor => self.very_poor_percent,
        }
    }

    /// What a promotion asks.
    pub fn promotion(&self) -> PromotionRules {
        PromotionRules {
            least_predicate: self.least_predicate,
            least_months_in_level: self.least_months_in_level.into(),
        }
    }
}
