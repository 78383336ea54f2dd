use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::{AssessmentMethod, AssessmentStatus, Evidence};
use super::entity::{Column, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation;

/// A judgement of somebody's level in a competency.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "competency_id": "019a0000-0000-7000-8000-000000000002", "method": "assessor", "level": 3, "assessed_on": "2026-02-10",
    "valid_until": "2029-02-09", "status": "submitted",
    "evidence": [{"title": "Portofolio pengatalogan 2026", "url": "https://example.org/portofolio", "file_id": null}],
    "note": null, "author_id": null, "submitted_at": "2026-02-10T03:00:00.000Z", "decided_at": null, "decided_by": null,
    "return_reason": null, "carried_from_id": null, "version": 2, "created_at": "2026-02-10T02:00:00.000Z", "updated_at": "2026-02-10T03:00:00.000Z",
    "archived_at": null, "actions": ["confirmation", "return"]
}))]
pub struct Assessment {
    /// The assessment.
    pub id: Uuid,
    /// Whose level.
    pub librarian_id: Uuid,
    /// In which competency.
    pub competency_id: Uuid,
    /// How it was found.
    pub method: AssessmentMethod,
    /// The level, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub level: i32,
    /// From when it counts.
    pub assessed_on: NaiveDate,
    /// The last day on which it counts; null where it does not end.
    #[schema(required)]
    pub valid_until: Option<NaiveDate>,
    /// Where it stands.
    pub status: AssessmentStatus,
    /// What shows that the level is right.
    #[schema(max_items = 20)]
    pub evidence: Vec<Evidence>,
    /// Words of the author.
    #[schema(required, max_length = 2000)]
    pub note: Option<String>,
    /// The account that wrote it; null when the service did.
    #[schema(required)]
    pub author_id: Option<Uuid>,
    /// When it was last submitted.
    #[schema(required)]
    pub submitted_at: Option<Instant>,
    /// When it was confirmed or returned.
    #[schema(required)]
    pub decided_at: Option<Instant>,
    /// The account that confirmed or returned it.
    #[schema(required)]
    pub decided_by: Option<Uuid>,
    /// Why it was returned.
    #[schema(required, max_length = 1000)]
    pub return_reason: Option<String>,
    /// The assessment of an older framework that it was carried over from.
    #[schema(required)]
    pub carried_from_id: Option<Uuid>,
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
    #[schema(max_items = 10)]
    pub actions: Vec<AssessmentAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AssessmentAction {
    /// Hand it in.
    Submission,
    /// Let it count.
    Confirmation,
    /// Send it back.
    Return,
    /// Take it back from the archive.
    Restoration,
}

/// A page of assessments.
pub type AssessmentPage = Page<Assessment>;

impl Assessment {
    /// An assessment as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        Self {
            actions: actions(&row, access),
            id: row.id,
            librarian_id: row.librarian_id,
            competency_id: row.competency_id,
            method: row.method,
            level: row.level,
            assessed_on: row.assessed_on,
            valid_until: row.valid_until,
            status: row.status,
            evidence: row.evidence.0,
            note: row.note,
            author_id: row.author_id,
            submitted_at: row.submitted_at.map(Instant),
            decided_at: row.decided_at.map(Instant),
            decided_by: row.decided_by,
            return_reason: row.return_reason,
            carried_from_id: row.carried_from_id,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
        }
    }
}

/// Whether the caller may still write this assessment: its author, or an admin.
pub fn may_write(row: &Model, access: &Access) -> bool {
    access.is_admin() || access.caller().is_some_and(|caller| row.author_id == Some(caller.user_id))
}

/// Whether the caller may decide on this assessment, which is within their reach: never the subject; the author only as an admin.
pub fn may_decide(row: &Model, access: &Access) -> bool {
    let is_author = access.caller().is_some_and(|caller| row.author_id == Some(caller.user_id));
    !access.is_own(row.librarian_id) && access.reach() >= Reach::Mentees && (!is_author || access.is_admin())
}

fn actions(row: &Model, access: &Access) -> Vec<AssessmentAction> {
    if row.archived_at.is_some() {
        return if access.is_admin() { vec![AssessmentAction::Restoration] } else { Vec::new() };
    }
    match row.status {
        AssessmentStatus::Draft | AssessmentStatus::Returned if may_write(row, access) => {
            vec![AssessmentAction::Submission]
        }
        AssessmentStatus::Submitted if may_decide(row, access) => {
            vec![AssessmentAction::Confirmation, AssessmentAction::Return]
        }
        _ => Vec::new(),
    }
}

impl Resource for Assessment {
    fn path(&self) -> String {
        format!("/api/v1/assessments/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// An assessment to be written.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "librarian_id": "019a0000-0000-7000-8000-000000000001", "competency_id": "019a0000-0000-7000-8000-000000000002",
    "method": "assessor", "level": 3, "assessed_on": "2026-02-10", "valid_until": "2029-02-09",
    "evidence": [{"title": "Portofolio pengatalogan 2026", "url": "https://example.org/portofolio"}], "note": null
}))]
pub struct NewAssessment {
    /// Whose level: oneself for `self`, a mentee for a mentor, anybody for an admin.
    pub librarian_id: Uuid,
    /// In which competency: a unit of a published framework.
    pub competency_id: Uuid,
    /// How it was found.
    pub method: AssessmentMethod,
    /// The level, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5)]
    pub level: i32,
    /// From when it counts; not in the future.
    pub assessed_on: NaiveDate,
    /// The last day on which it counts.
    pub valid_until: Option<NaiveDate>,
    /// What shows that the level is right.
    #[validate(nested, length(max = 20))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Words of the author.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub note: Option<String>,
}

/// Changes of an assessment that is a draft or was returned: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"level": 4}))]
pub struct AssessmentChanges {
    /// Another level, 1 to 5.
    #[validate(range(min = 1, max = 5))]
    #[schema(minimum = 1, maximum = 5, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub level: Option<i32>,
    /// Another day from which it counts; not in the future.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub assessed_on: Option<NaiveDate>,
    /// Another last day; null clears it.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub valid_until: Patch<NaiveDate>,
    /// Other evidence, all of it.
    #[validate(nested, length(max = 20))]
    #[schema(max_items = 20, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub evidence: Option<Vec<Evidence>>,
    /// Other words; null clears them.
    #[validate(length(min = 1, max = 2000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    #[serde(default)]
    pub note: Patch<String>,
}

/// Why an assessment goes back.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Bukti untuk level 3 belum ada"}))]
pub struct ReturnReason {
    /// What is missing, for the author to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// Which assessments to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AssessmentFilter {
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// In this competency.
    pub competency_id: Option<Uuid>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "confirmed", pattern = "^(draft|submitted|confirmed|returned)(,(draft|submitted|confirmed|returned))*$")]
    pub status: Option<AnyOf<AssessmentStatus>>,
    /// Found in this way.
    #[param(inline)]
    pub method: Option<AssessmentMethod>,
    /// At this level.
    #[param(minimum = 1, maximum = 5)]
    pub level: Option<i32>,
    /// Counting from this day on or later.
    pub assessed_on_gte: Option<NaiveDate>,
    /// Counting from before this day.
    pub assessed_on_lt: Option<NaiveDate>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl AssessmentFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.competency_id.map(|id| Column::CompetencyId.eq(id)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.method.map(|method| Column::Method.eq(method)))
            .add_option(self.level.map(|level| Column::Level.eq(level)))
            .add_option(self.assessed_on_gte.map(|day| Column::AssessedOn.gte(day)))
            .add_option(self.assessed_on_lt.map(|day| Column::AssessedOn.lt(day)))
    }
}
