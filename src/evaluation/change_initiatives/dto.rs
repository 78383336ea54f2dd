use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::entity::{Column, InitiativeStatus, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::Access;

/// A new technique or tool, and whom it concerns (inisiatif perubahan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000070", "title": "Migrasi ke layanan swalayan RFID",
    "description": "Peminjaman dan pengembalian mandiri di dua lantai", "go_live_on": "2026-04-01", "unit_ids": [],
    "librarian_ids": [], "status": "running", "started_at": "2026-03-09T01:00:00.000Z", "ended_at": null, "reason": null,
    "version": 2, "created_at": "2026-02-16T01:00:00.000Z", "updated_at": "2026-03-09T01:00:00.000Z",
    "actions": ["completion", "cancellation"]
}))]
pub struct ChangeInitiative {
    /// The change.
    pub id: Uuid,
    /// What changes.
    #[schema(max_length = 200)]
    pub title: String,
    /// How, and what for.
    #[schema(required, max_length = 4000)]
    pub description: Option<String>,
    /// From when on the new way can be used (go-live).
    pub go_live_on: NaiveDate,
    /// The units whose staff it concerns.
    #[schema(max_items = 100)]
    pub unit_ids: Vec<Uuid>,
    /// The librarians whom it concerns besides; everybody where neither units nor people are named.
    #[schema(max_items = 1000)]
    pub librarian_ids: Vec<Uuid>,
    /// Where it stands.
    pub status: InitiativeStatus,
    /// When it was begun.
    #[schema(required)]
    pub started_at: Option<Instant>,
    /// When it was completed or given up.
    #[schema(required)]
    pub ended_at: Option<Instant>,
    /// Why it was given up.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 2)]
    pub actions: Vec<InitiativeAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InitiativeAction {
    /// Begin.
    Start,
    /// Say that the new way is the usual one.
    Completion,
    /// Give it up.
    Cancellation,
}

/// A page of change initiatives.
pub type ChangeInitiativePage = Page<ChangeInitiative>;

impl ChangeInitiative {
    /// A change as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        let actions = match row.status {
            _ if !access.is_admin() => Vec::new(),
            InitiativeStatus::Planned => vec![InitiativeAction::Start, InitiativeAction::Cancellation],
            InitiativeStatus::Running => vec![InitiativeAction::Completion, InitiativeAction::Cancellation],
            InitiativeStatus::Completed | InitiativeStatus::Cancelled => Vec::new(),
        };
        Self {
            id: row.id,
            title: row.title,
            description: row.description,
            go_live_on: row.go_live_on,
            unit_ids: row.unit_ids.0,
            librarian_ids: row.librarian_ids.0,
            status: row.status,
            started_at: row.started_at.map(Instant),
            ended_at: row.ended_at.map(Instant),
            reason: row.reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            actions,
        }
    }
}

impl Resource for ChangeInitiative {
    fn path(&self) -> String {
        format!("/api/v1/change-initiatives/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Which change initiatives to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ChangeInitiativeFilter {
    /// Those whose title or description holds these words.
    #[param(max_length = 100, example = "RFID")]
    pub q: Option<String>,
    /// In any of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "running", pattern = "^(planned|running|completed|cancelled)(,(planned|running|completed|cancelled))*$")]
    pub status: Option<AnyOf<InitiativeStatus>>,
}

impl ChangeInitiativeFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.status.as_ref().map(|any| Column::Status.is_in(any.0.iter().copied())))
    }
}
