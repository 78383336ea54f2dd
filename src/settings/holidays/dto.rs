use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::HolidayKind;
use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;

/// A day on which the library does not work (hari libur).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "held_on": "2026-08-17",
    "name": {"id": "Hari Kemerdekaan", "en": "Independence Day"}, "kind": "national", "legal_basis": "SKB 3 Menteri", "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Holiday {
    /// The holiday.
    pub id: Uuid,
    /// The day.
    pub held_on: NaiveDate,
    /// The name.
    pub name: Localized,
    /// Who gives it.
    pub kind: HolidayKind,
    /// The regulation.
    #[schema(required, max_length = 500)]
    pub legal_basis: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of holidays.
pub type HolidayPage = Page<Holiday>;

impl From<Model> for Holiday {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            held_on: row.held_on,
            name: row.name,
            kind: row.kind,
            legal_basis: row.legal_basis,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Holiday {
    fn path(&self) -> String {
        format!("/api/v1/holidays/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A holiday to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "held_on": "2026-10-17", "name": {"id": "Hari Jadi Kota Singkawang", "en": "City Day"}, "kind": "local"
}))]
pub struct NewHoliday {
    /// The day; it has one holiday.
    pub held_on: NaiveDate,
    /// The name.
    #[validate(nested)]
    pub name: Localized,
    /// Who gives it.
    pub kind: HolidayKind,
    /// The regulation.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub legal_basis: Option<String>,
}

/// Changes of a holiday: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"held_on": "2026-10-19"}))]
pub struct HolidayChanges {
    /// Another day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub held_on: Option<NaiveDate>,
    /// Another name.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<Localized>,
    /// Another kind.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<HolidayKind>,
    /// Another regulation; null clears it.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub legal_basis: Patch<String>,
}

/// Which holidays to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct HolidayFilter {
    /// On or after this day.
    #[param(example = "2026-01-01")]
    pub held_on_gte: Option<NaiveDate>,
    /// Before this day.
    #[param(example = "2027-01-01")]
    pub held_on_lt: Option<NaiveDate>,
}

impl HolidayFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.held_on_gte.map(|day| Column::HeldOn.gte(day)))
            .add_option(self.held_on_lt.map(|day| Column::HeldOn.lt(day)))
    }
}
