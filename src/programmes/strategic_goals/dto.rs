use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{ActiveModel, Column, Model, OutcomeStatus};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::policy::Access;
use crate::kernel::text::search_text;
use crate::kernel::validation;
use crate::programmes::outcome::{OutcomeAction, actions};

/// A strategic goal (arah ke depan): where the library wants to be.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "title": "Pusat pembelajaran pustakawan untuk Kalimantan Barat bagian utara",
    "description": null, "owner_id": "019a0000-0000-7000-8000-000000000003", "partner": "Dinas Perpustakaan Kabupaten Bengkayang",
    "due_on": "2030-12-31", "status": "open", "is_overdue": false, "settled_on": null, "settle_reason": null, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z", "archived_at": null,
    "actions": ["achievement", "lapse", "cancellation"]
}))]
pub struct StrategicGoal {
    /// The strategic goal.
    pub id: Uuid,
    /// What is to be reached.
    #[schema(max_length = 300)]
    pub title: String,
    /// More about it.
    #[schema(required, max_length = 5000)]
    pub description: Option<String>,
    /// The librarian who sees to it.
    #[schema(required)]
    pub owner_id: Option<Uuid>,
    /// With whom, in words (mitra).
    #[schema(required, max_length = 300)]
    pub partner: Option<String>,
    /// By when.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub status: OutcomeStatus,
    /// Whether it is open although its day has passed.
    pub is_overdue: bool,
    /// The day on which it was achieved, missed or cancelled.
    #[schema(required)]
    pub settled_on: Option<NaiveDate>,
    /// Why it was missed or cancelled.
    #[schema(required, max_length = 1000)]
    pub settle_reason: Option<String>,
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
    pub actions: Vec<OutcomeAction>,
}

/// A page of strategic goals.
pub type StrategicGoalPage = Page<StrategicGoal>;

impl StrategicGoal {
    /// A strategic goal as this caller sees it on this day.
    pub fn seen(row: Model, access: &Access, today: NaiveDate) -> Self {
        Self {
            actions: actions(row.status, row.archived_at.is_some(), access),
            is_overdue: row.status == OutcomeStatus::Open && row.due_on < today,
            id: row.id,
            title: row.title,
            description: row.description,
            owner_id: row.owner_id,
            partner: row.partner,
            due_on: row.due_on,
            status: row.status,
            settled_on: row.settled_on,
            settle_reason: row.settle_reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
        }
    }
}

impl Resource for StrategicGoal {
    fn path(&self) -> String {
        format!("/api/v1/strategic-goals/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A strategic goal to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "Pusat pembelajaran pustakawan untuk Kalimantan Barat bagian utara", "due_on": "2030-12-31"}))]
pub struct NewStrategicGoal {
    /// What is to be reached.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: String,
    /// More about it.
    #[validate(length(min = 1, max = 5000))]
    #[schema(min_length = 1, max_length = 5000)]
    pub description: Option<String>,
    /// The librarian who sees to it.
    pub owner_id: Option<Uuid>,
    /// With whom, in words (mitra).
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub partner: Option<String>,
    /// By when.
    #[validate(custom(function = validation::day))]
    pub due_on: NaiveDate,
}

/// Changes of a strategic goal: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"due_on": "2030-12-31"}))]
pub struct StrategicGoalChanges {
    /// Another title.
    #[schema(min_length = 1, max_length = 300, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another description; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 5000)]
    #[serde(default)]
    pub description: Patch<String>,
    /// Somebody else who sees to it; null clears it.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub owner_id: Patch<Uuid>,
    /// Another partner; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300, pattern = r"\S")]
    #[serde(default)]
    pub partner: Patch<String>,
    /// Another day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub due_on: Option<NaiveDate>,
}

impl StrategicGoalChanges {
    /// The strategic goal as it is to be: what the patch leaves out stays. The rules of [`NewStrategicGoal`] are run on it.
    pub fn onto(self, row: &Model) -> NewStrategicGoal {
        NewStrategicGoal {
            title: self.title.unwrap_or_else(|| row.title.clone()),
            description: self.description.or(row.description.clone()),
            owner_id: self.owner_id.or(row.owner_id),
            partner: self.partner.or(row.partner.clone()),
            due_on: self.due_on.unwrap_or(row.due_on),
        }
    }
}

impl NewStrategicGoal {
    /// Writes it into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.title = Set(self.title.clone());
        row.description = Set(self.description.clone());
        row.owner_id = Set(self.owner_id);
        row.partner = Set(self.partner.clone());
        row.due_on = Set(self.due_on);
        let words =
            [&self.title, self.description.as_deref().unwrap_or_default(), self.partner.as_deref().unwrap_or_default()];
        row.search_text = Set(search_text(&words));
    }
}

/// Which strategic goals to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct StrategicGoalFilter {
    /// Whose title, description or partner holds these words.
    #[param(max_length = 100, example = "pembelajaran")]
    pub q: Option<String>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 60, example = "open", pattern = "^(open|achieved|missed|cancelled)(,(open|achieved|missed|cancelled))*$")]
    pub status: Option<AnyOf<OutcomeStatus>>,
    /// To which this librarian sees.
    pub owner_id: Option<Uuid>,
    /// Due on this day or later.
    pub due_on_gte: Option<NaiveDate>,
    /// Due before this day.
    pub due_on_lt: Option<NaiveDate>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl StrategicGoalFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.owner_id.map(|id| Column::OwnerId.eq(id)))
            .add_option(self.due_on_gte.map(|day| Column::DueOn.gte(day)))
            .add_option(self.due_on_lt.map(|day| Column::DueOn.lt(day)))
    }
}
