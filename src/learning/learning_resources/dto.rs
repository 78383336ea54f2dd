use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

pub use super::entity::LearningResourceKind;
use super::entity::{Column, Model, covered};
use crate::competencies::aims::CompetencyAim;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::decimal;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::Access;

/// Something to learn from (bahan belajar).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "kind": "guideline", "title": "Pedoman Pengatalogan RDA",
    "authors": "Perpustakaan Nasional RI", "publisher": null, "published_year": 2022, "language": "id",
    "url": "https://example.org/rda", "location": null, "summary": null, "minutes": 240,
    "competencies": [{"competency_id": "019a0000-0000-7000-8000-000000000002", "level": 3}], "rating_average": 4.5,
    "rating_count": 2, "reader_count": 5, "version": 1, "created_at": "2026-02-10T02:00:00.000Z",
    "updated_at": "2026-02-10T02:00:00.000Z", "archived_at": null, "actions": []
}))]
pub struct LearningResource {
    /// The resource.
    pub id: Uuid,
    /// What kind of thing it is.
    pub kind: LearningResourceKind,
    /// Its title.
    #[schema(max_length = 300)]
    pub title: String,
    /// Who made it.
    #[schema(required, max_length = 300)]
    pub authors: Option<String>,
    /// Who published it.
    #[schema(required, max_length = 200)]
    pub publisher: Option<String>,
    /// When.
    #[schema(required, minimum = 1000, maximum = 2999)]
    pub published_year: Option<i32>,
    /// Its language (BCP 47).
    #[schema(max_length = 35)]
    pub language: String,
    /// Where it can be read.
    #[schema(required, format = "uri", max_length = 2000)]
    pub url: Option<String>,
    /// Where it stands in the library (nomor panggil).
    #[schema(required, max_length = 100)]
    pub location: Option<String>,
    /// What it is about.
    #[schema(required, max_length = 4000)]
    pub summary: Option<String>,
    /// How many minutes it takes.
    #[schema(required, minimum = 1, maximum = 100_000)]
    pub minutes: Option<i32>,
    /// What it helps with, and the level that it leads to.
    #[schema(max_items = 20)]
    pub competencies: Vec<CompetencyAim>,
    /// The mean of the stars, 1 to 5; null while nobody rated it.
    #[schema(required, minimum = 1, maximum = 5)]
    pub rating_average: Option<f64>,
    /// How many people rated it.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub rating_count: i32,
    /// How many people read it.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub reader_count: i32,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// When it was archived.
    #[schema(required)]
    pub archived_at: Option<Instant>,
    /// What the caller may do with it next.
    #[schema(max_items = 1)]
    pub actions: Vec<LearningResourceAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LearningResourceAction {
    /// Take it back from the archive.
    Restoration,
}

/// A page of resources.
pub type LearningResourcePage = Page<LearningResource>;

impl LearningResource {
    /// A resource as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        let can_restore = access.is_admin() && row.archived_at.is_some();
        Self {
            id: row.id,
            kind: row.kind,
            title: row.title,
            authors: row.authors,
            publisher: row.publisher,
            published_year: row.published_year,
            language: row.language,
            url: row.url,
            location: row.location,
            summary: row.summary,
            minutes: row.minutes,
            competencies: row.competencies.0,
            rating_average: (row.rating_count > 0).then(|| decimal(row.rating_hundredths.into())),
            rating_count: row.rating_count,
            reader_count: row.reader_count,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
            actions: can_restore.then_some(LearningResourceAction::Restoration).into_iter().collect(),
        }
    }
}

impl Resource for LearningResource {
    fn path(&self) -> String {
        format!("/api/v1/learning-resources/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which resources to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LearningResourceFilter {
    /// Of one of these kinds, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "book", pattern = "^(book|article|guideline|course|video|podcast|website)(,(book|article|guideline|course|video|podcast|website))*$")]
    pub kind: Option<AnyOf<LearningResourceKind>>,
    /// In this language.
    #[param(max_length = 35, example = "id")]
    pub language: Option<String>,
    /// Helping with this competency.
    pub competency_id: Option<Uuid>,
    /// Leading to this level of the competency or a higher one; with `competency_id`.
    #[param(minimum = 1, maximum = 5)]
    pub level_gte: Option<i32>,
    /// Words of title, authors, publisher, summary.
    #[param(max_length = 200, example = "pengatalogan")]
    pub q: Option<String>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl LearningResourceFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        let helping = self.competency_id.map(|competency| {
            let mut helping = Query::select();
            helping
                .column(covered::Column::LearningResourceId)
                .from(covered::Entity)
                .and_where(Expr::col(covered::Column::CompetencyId).eq(competency))
                .and_where(Expr::col(covered::Column::Level).gte(self.level_gte.unwrap_or(1)));
            Column::Id.in_subquery(helping)
        });
        Condition::all()
            .add_option(self.kind.as_ref().map(|kinds| Column::Kind.is_in(kinds.0.iter().copied())))
            .add_option(self.language.as_ref().map(|language| Column::Language.eq(language)))
            .add_option(helping)
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}
