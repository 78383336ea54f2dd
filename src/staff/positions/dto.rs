use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

pub use super::entity::PositionCategory;
use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{Page, matches};

/// A position (jabatan) with what the credit points (angka kredit) of its level ask.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001", "code": "15504", "legacy_code": null,
    "title": {"id": "Pustakawan Ahli Pertama", "en": "Librarian, First Expert"}, "category": "expertise", "level_code": "PT",
    "level": 4, "grade_from": "III/a", "grade_to": "III/b", "retirement_age": 58, "coefficient": 12.5,
    "credit_points_for_grade": 50.0, "credit_points_for_next_level": 100.0, "legal_basis": "PermenPANRB 1/2023",
    "provisional": false, "version": 1, "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Position {
    /// The position.
    pub id: Uuid,
    /// SIASN's code (kodeCepat).
    #[schema(max_length = 20)]
    pub code: String,
    /// The code under which SIASN knows the legacy title.
    #[schema(required, max_length = 20)]
    pub legacy_code: Option<String>,
    /// The title.
    pub title: Localized,
    /// The family.
    pub category: PositionCategory,
    /// SIASN's code of the level (jenjang).
    #[schema(required, max_length = 10)]
    pub level_code: Option<String>,
    /// Order among all positions.
    #[schema(minimum = 0, maximum = 20)]
    pub level: i32,
    /// The lowest grade (pangkat/golongan).
    #[schema(required, max_length = 10)]
    pub grade_from: Option<String>,
    /// The highest grade.
    #[schema(required, max_length = 10)]
    pub grade_to: Option<String>,
    /// Retirement age (batas usia pensiun), years.
    #[schema(required, minimum = 40, maximum = 80)]
    pub retirement_age: Option<i32>,
    /// Credit points a year for the predicate "baik", two decimals.
    #[schema(required, minimum = 0, maximum = 10000)]
    pub coefficient: Option<f64>,
    /// Credit points for the next grade, two decimals.
    #[schema(required, minimum = 0, maximum = 100_000)]
    pub credit_points_for_grade: Option<f64>,
    /// Credit points for the next level, two decimals.
    #[schema(required, minimum = 0, maximum = 100_000)]
    pub credit_points_for_next_level: Option<f64>,
    /// The regulations behind the figures.
    #[schema(required, max_length = 500)]
    pub legal_basis: Option<String>,
    /// Whether the figures still wait to be checked against the official text.
    pub provisional: bool,
    /// Counts the changes.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of positions.
pub type PositionPage = Page<Position>;

impl From<Model> for Position {
    fn from(row: Model) -> Self {
        let points = |hundredths: Option<i32>| hundredths.map(|hundredths| f64::from(hundredths) / 100.0);
        Self {
            id: row.id,
            code: row.code,
            legacy_code: row.legacy_code,
            title: row.title,
            category: row.category,
            level_code: row.level_code,
            level: row.level,
            grade_from: row.grade_from,
            grade_to: row.grade_to,
            retirement_age: row.retirement_age,
            coefficient: points(row.coefficient),
            credit_points_for_grade: points(row.credit_points_for_grade),
            credit_points_for_next_level: points(row.credit_points_for_next_level),
            legal_basis: row.legal_basis,
            provisional: row.provisional,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Position {
    fn path(&self) -> String {
        format!("/api/v1/positions/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which positions to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PositionFilter {
    /// Positions whose code or title holds these words.
    #[param(max_length = 100, example = "ahli")]
    pub q: Option<String>,
    /// Positions of this family.
    #[param(inline)]
    pub category: Option<PositionCategory>,
}

impl PositionFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.category.map(|category| Column::Category.eq(category)))
    }
}
