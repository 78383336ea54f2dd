use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::content::Objective;
use super::entity::{Column, Model, target};
pub use super::entity::{CompetencyAim, ProgrammeStatus, TargetGroup};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::Access;

/// A programme (program pembinaan): the frame of a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "year": 2026, "title": "Program Pembinaan Pustakawan 2026",
    "description": null, "objectives": ["Setiap pustakawan mencapai 20 JP"],
    "targets": [{"competency_id": "019a0000-0000-7000-8000-000000000002", "level": 3}],
    "target_group": {"tags": ["pustakawan ahli"], "unit_ids": [], "position_ids": []},
    "responsible_id": "019a0000-0000-7000-8000-000000000003", "copied_from_id": null, "status": "active",
    "activated_at": "2026-01-05T02:00:00.000Z", "closed_at": null, "version": 2, "created_at": "2025-12-01T02:00:00.000Z",
    "updated_at": "2026-01-05T02:00:00.000Z", "archived_at": null, "actions": ["closure"]
}))]
pub struct Programme {
    /// The programme.
    pub id: Uuid,
    /// The year that it frames.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// The title.
    #[schema(max_length = 300)]
    pub title: String,
    /// What it is about.
    #[schema(required, max_length = 5000)]
    pub description: Option<String>,
    /// What it is to reach (tujuan), each a sentence.
    #[schema(max_items = 20, value_type = Vec<Objective>)]
    pub objectives: Vec<String>,
    /// Competencies with the level aimed at.
    #[schema(max_items = 50)]
    pub targets: Vec<CompetencyAim>,
    /// At whom it aims (sasaran).
    pub target_group: TargetGroup,
    /// The librarian who answers for it (penanggung jawab); a draft may have none.
    #[schema(required)]
    pub responsible_id: Option<Uuid>,
    /// The programme that it was copied from.
    #[schema(required)]
    pub copied_from_id: Option<Uuid>,
    /// Where it stands.
    pub status: ProgrammeStatus,
    /// When it began.
    #[schema(required)]
    pub activated_at: Option<Instant>,
    /// When it was closed.
    #[schema(required)]
    pub closed_at: Option<Instant>,
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
    /// What the caller may do with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<ProgrammeAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProgrammeAction {
    /// Begin it.
    Activation,
    /// End it.
    Closure,
    /// Take it back from the archive.
    Restoration,
}

/// A page of programmes.
pub type ProgrammePage = Page<Programme>;

impl Programme {
    /// A programme as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        Self {
            actions: actions(&row, access),
            id: row.id,
            year: row.year,
            title: row.title,
            description: row.description,
            objectives: row.objectives.0,
            targets: row.targets.0,
            target_group: row.target_group,
            responsible_id: row.responsible_id,
            copied_from_id: row.copied_from_id,
            status: row.status,
            activated_at: row.activated_at.map(Instant),
            closed_at: row.closed_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
        }
    }
}

fn actions(row: &Model, access: &Access) -> Vec<ProgrammeAction> {
    if !access.is_admin() {
        return Vec::new();
    }
    match row.status {
        _ if row.archived_at.is_some() => vec![ProgrammeAction::Restoration],
        ProgrammeStatus::Draft => vec![ProgrammeAction::Activation],
        ProgrammeStatus::Active => vec![ProgrammeAction::Closure],
        ProgrammeStatus::Closed => Vec::new(),
    }
}

impl Resource for Programme {
    fn path(&self) -> String {
        format!("/api/v1/programmes/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which programmes to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeFilter {
    /// Programmes whose title or description holds these words.
    #[param(max_length = 100, example = "pembinaan")]
    pub q: Option<String>,
    /// Of this year.
    #[param(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 60, example = "active", pattern = "^(draft|active|closed)(,(draft|active|closed))*$")]
    pub status: Option<AnyOf<ProgrammeStatus>>,
    /// That aim at this competency.
    pub competency_id: Option<Uuid>,
    /// For which this librarian answers.
    pub responsible_id: Option<Uuid>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl ProgrammeFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        let aiming = |competency: Uuid| {
            let ids = Query::select()
                .column(target::Column::ProgrammeId)
                .from(target::Entity)
                .and_where(target::Column::CompetencyId.eq(competency))
                .to_owned();
            Column::Id.in_subquery(ids)
        };
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.year.map(|year| Column::Year.eq(year)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.competency_id.map(aiming))
            .add_option(self.responsible_id.map(|id| Column::ResponsibleId.eq(id)))
    }
}
