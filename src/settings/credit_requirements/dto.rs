use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Column, Entity, Model, RequirementKind};
use crate::kernel::clock::Instant;
use crate::kernel::dated::holding;
use crate::kernel::decimal::{decimal, hundredths, two_decimals};
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::validation;
use crate::staff::librarians::entity::EmploymentKind;

/// How many credit hours (JP) a year asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "employment_kind": "pns", "kind": "duty", "hours": 20.0,
    "valid_from": "2017-04-07", "valid_to": null, "legal_basis": "PP 11/2017 Pasal 203 ayat (4)", "source": null,
    "verified": false, "version": 1, "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct CreditRequirement {
    /// The requirement.
    pub id: Uuid,
    /// Of whom it asks.
    pub employment_kind: EmploymentKind,
    /// Whether it is a least or a most.
    pub kind: RequirementKind,
    /// JP a year.
    #[schema(minimum = 0, maximum = 10_000)]
    pub hours: f64,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; null while none follows.
    #[schema(required)]
    pub valid_to: Option<NaiveDate>,
    /// The regulations.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// Where the figure was read.
    #[schema(required, max_length = 500)]
    pub source: Option<String>,
    /// Whether somebody compared it with the official text.
    pub verified: bool,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of requirements.
pub type CreditRequirementPage = Page<CreditRequirement>;

impl From<Model> for CreditRequirement {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            employment_kind: row.employment_kind,
            kind: row.kind,
            hours: decimal(row.hours.into()),
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

impl Resource for CreditRequirement {
    fn path(&self) -> String {
        format!("/api/v1/credit-requirements/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A requirement to be entered. It begins on a later day, and ends the requirement before it.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "employment_kind": "pns", "kind": "duty", "hours": 24.0, "valid_from": "2027-01-01", "legal_basis": "PP 5/2026",
    "source": "peraturan.go.id", "verified": true
}))]
pub struct NewCreditRequirement {
    /// Of whom it asks.
    pub employment_kind: EmploymentKind,
    /// Whether it is a least or a most.
    pub kind: RequirementKind,
    /// JP a year.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub hours: f64,
    /// The first day on which it holds: later than today, and than the first day of the requirement before it.
    pub valid_from: NaiveDate,
    /// The regulations.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub legal_basis: String,
    /// Where the figure was read.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub source: Option<String>,
    /// Whether somebody compared it with the official text.
    #[serde(default)]
    pub verified: bool,
}

impl NewCreditRequirement {
    /// The row, without its first day.
    pub fn row(&self) -> ActiveModel {
        ActiveModel {
            employment_kind: Set(self.employment_kind),
            kind: Set(self.kind),
            hours: Set(hundredths(self.hours)),
            legal_basis: Set(self.legal_basis.clone()),
            source: Set(self.source.clone()),
            verified: Set(self.verified),
            ..Default::default()
        }
    }
}

/// Which requirements to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CreditRequirementFilter {
    /// Of those employed like this.
    #[param(inline)]
    pub employment_kind: Option<EmploymentKind>,
    /// Those that hold on this day.
    #[param(example = "2026-06-30")]
    pub on: Option<NaiveDate>,
}

impl CreditRequirementFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.employment_kind.map(|kind| Column::EmploymentKind.eq(kind)))
            .add_option(self.on.map(holding::<Entity>))
    }
}
