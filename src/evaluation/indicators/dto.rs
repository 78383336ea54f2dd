use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::IndicatorDirection;
use super::entity::{Column, Model};
use crate::evaluation::indicator_methods::dto::{IndicatorMethod, NewIndicatorMethod};
use crate::evaluation::indicator_methods::entity::Model as Method;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::{four_decimals, four_places};
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::period::PeriodKind;
use crate::kernel::policy::Access;
use crate::kernel::validation;

/// An indicator (indikator kinerja).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "code": "KUNJUNGAN-PER-KAPITA",
    "name": {"id": "Kunjungan per kapita", "en": "Visits per capita"},
    "definition": {"id": "Kunjungan ke perpustakaan dibagi jumlah penduduk", "en": "Visits to the library by inhabitant"},
    "unit": {"id": "kunjungan per orang", "en": "visits per person"}, "decimals": 2, "direction": "higher_is_better",
    "period_kind": "year", "tolerance": 0.02, "source": "ISO 11620", "programme_id": null, "method": null, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z", "archived_at": null, "actions": []
}))]
pub struct Indicator {
    /// The indicator.
    pub id: Uuid,
    /// A short code, unique in the library.
    #[schema(max_length = 60)]
    pub code: String,
    /// The name.
    pub name: Localized,
    /// What it says, and what counts.
    pub definition: Localized,
    /// What its values are.
    pub unit: Localized,
    /// Decimals of its values.
    #[schema(minimum = 0, maximum = 4)]
    pub decimals: i32,
    /// Which way is good.
    pub direction: IndicatorDirection,
    /// How long its periods are.
    pub period_kind: PeriodKind,
    /// How far from its target a value is still near, in its own unit.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub tolerance: f64,
    /// Where it comes from: a regulation, a standard, the library's own plan.
    #[schema(required, max_length = 500)]
    pub source: Option<String>,
    /// The programme whose progress shows it.
    #[schema(required)]
    pub programme_id: Option<Uuid>,
    /// How it is reckoned today; null before its first method begins.
    #[schema(required)]
    pub method: Option<IndicatorMethod>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// When it was archived; null while it is in use.
    #[schema(required)]
    pub archived_at: Option<Instant>,
    /// What may be done with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<IndicatorAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorAction {
    /// Take it back from the archive.
    Restoration,
}

/// A page of indicators.
pub type IndicatorPage = Page<Indicator>;

impl Indicator {
    /// A row with its method, as this caller sees it.
    pub fn seen(row: Model, method: Option<Method>, access: &Access) -> Self {
        let restorable = row.archived_at.is_some() && access.is_admin();
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            definition: row.definition,
            unit: row.unit,
            decimals: row.decimals,
            direction: row.direction,
            period_kind: row.period_kind,
            tolerance: four_places(row.tolerance),
            source: row.source,
            programme_id: row.programme_id,
            method: method.map(IndicatorMethod::from),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
            actions: restorable.then_some(IndicatorAction::Restoration).into_iter().collect(),
        }
    }
}

impl Resource for Indicator {
    fn path(&self) -> String {
        format!("/api/v1/indicators/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// An indicator to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "PELATIHAN-PEMUSTAKA", "name": {"id": "Pelatihan pemustaka per kapita", "en": "Lessons per capita"},
    "definition": {"id": "Kehadiran di pelatihan dibagi jumlah penduduk", "en": "Attendances at lessons by inhabitant"},
    "unit": {"id": "kehadiran per orang", "en": "attendances per person"}, "decimals": 4, "direction": "higher_is_better",
    "period_kind": "year", "tolerance": 0.001, "source": "ISO 11620", "method": {
        "label": "2026", "formula": {
            "kind": "figures", "calculator": null, "calculator_version": null,
            "terms": [{"figure": "lesson_attendances", "weight": 1.0}], "denominator": "population", "denominator_per": null,
            "factor": 1.0, "divisor": 1
        },
        "bands": [{"from": 0.0, "code": "R", "label": {"id": "Rendah", "en": "Low"}}], "valid_from": "2026-01-01",
        "legal_basis": "ISO 11620:2023", "source": null, "verified": false
    }
}))]
pub struct NewIndicator {
    /// A short code, unique in the library.
    #[validate(length(min = 1, max = 60), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 60, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub code: String,
    /// The name.
    #[validate(nested)]
    pub name: Localized,
    /// What it says, and what counts.
    #[validate(nested)]
    pub definition: Localized,
    /// What its values are.
    #[validate(nested)]
    pub unit: Localized,
    /// Decimals of its values.
    #[validate(range(min = 0, max = 4))]
    #[schema(minimum = 0, maximum = 4)]
    pub decimals: i32,
    /// Which way is good.
    pub direction: IndicatorDirection,
    /// How long its periods are.
    pub period_kind: PeriodKind,
    /// How far from its target a value is still near, in its own unit.
    #[validate(range(min = 0.0, max = 100_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub tolerance: f64,
    /// Where it comes from: a regulation, a standard, the library's own plan.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub source: Option<String>,
    /// The programme whose progress shows it.
    pub programme_id: Option<Uuid>,
    /// How it is reckoned.
    #[validate(nested)]
    pub method: NewIndicatorMethod,
}

/// Changes of an indicator: a merge patch (RFC 7396). How it is reckoned changes by a new method; decimals, direction and period
/// stay, for what was measured would mean something else.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"tolerance": 0.05}))]
pub struct IndicatorChanges {
    /// Another code.
    #[validate(length(min = 1, max = 60), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 60, pattern = "^[A-Z0-9][A-Z0-9._-]*$", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub code: Option<String>,
    /// Another name.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<Localized>,
    /// Another definition.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub definition: Option<Localized>,
    /// Another name of the unit.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub unit: Option<Localized>,
    /// Another tolerance.
    #[validate(range(min = 0.0, max = 100_000_000_000.0), custom(function = four_decimals))]
    #[schema(minimum = 0, maximum = 100_000_000_000_i64, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub tolerance: Option<f64>,
    /// Another origin; null clears it.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
    #[serde(default)]
    pub source: Patch<String>,
    /// Another programme; null for none.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub programme_id: Patch<Uuid>,
}

/// Which indicators to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct IndicatorFilter {
    /// Indicators whose code or name holds these words.
    #[param(max_length = 100, example = "kunjungan")]
    pub q: Option<String>,
    /// Those of this programme.
    pub programme_id: Option<Uuid>,
    /// Those with periods of this length.
    #[param(inline)]
    pub period_kind: Option<PeriodKind>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl IndicatorFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.programme_id.map(|id| Column::ProgrammeId.eq(id)))
            .add_option(self.period_kind.map(|kind| Column::PeriodKind.eq(kind)))
    }
}
