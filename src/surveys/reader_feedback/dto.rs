use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, Model};
pub use super::entity::{FeedbackChannel, FeedbackKind, FeedbackStatus};
use crate::kernel::clock::Instant;
use crate::kernel::decimal::decimal;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::Access;
use crate::kernel::validation;

/// What a reader said (saran, pengaduan, apresiasi).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "kind": "complaint", "channel": "public",
    "message": "Pendingin ruang baca mati sejak Senin", "service": "Ruang baca", "contact": "+6281234567890",
    "status": "answered", "due_at": "2026-03-05T01:00:00.000Z", "is_late": false,
    "recorded_by": null, "assignee_id": "019a0000-0000-7000-8000-000000000001", "assigned_at": "2026-03-02T02:00:00.000Z",
    "answer": "Sudah diperbaiki hari ini, terima kasih", "answered_at": "2026-03-02T07:30:00.000Z", "response_hours": 6.5,
    "closed_at": null, "reason": null, "version": 3, "created_at": "2026-03-02T01:00:00.000Z",
    "updated_at": "2026-03-02T07:30:00.000Z", "actions": ["closure"]
}))]
pub struct ReaderFeedback {
    /// What was said.
    pub id: Uuid,
    /// What kind it is.
    pub kind: FeedbackKind,
    /// How it came in.
    pub channel: FeedbackChannel,
    /// What the reader says.
    #[schema(max_length = 4000)]
    pub message: String,
    /// About which service.
    #[schema(required, max_length = 100)]
    pub service: Option<String>,
    /// How the reader can be reached.
    #[schema(required, max_length = 200)]
    pub contact: Option<String>,
    /// Where it stands.
    pub status: FeedbackStatus,
    /// Until when it should be answered.
    pub due_at: Instant,
    /// Whether it was answered later, or is not answered yet although that time is over.
    pub is_late: bool,
    /// The librarian who wrote it down; null where the reader did.
    #[schema(required)]
    pub recorded_by: Option<Uuid>,
    /// The librarian who is to answer.
    #[schema(required)]
    pub assignee_id: Option<Uuid>,
    /// Since when.
    #[schema(required)]
    pub assigned_at: Option<Instant>,
    /// The answer.
    #[schema(required, max_length = 4000)]
    pub answer: Option<String>,
    /// When it was answered.
    #[schema(required)]
    pub answered_at: Option<Instant>,
    /// How many hours that took, with two decimals; null until it is answered.
    #[schema(required, minimum = 0, maximum = 10_000_000)]
    pub response_hours: Option<f64>,
    /// When it was closed or rejected.
    #[schema(required)]
    pub closed_at: Option<Instant>,
    /// Why it was rejected.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it came in.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 4)]
    pub actions: Vec<FeedbackAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeedbackAction {
    /// Say who is to answer.
    Assignment,
    /// Answer.
    Answer,
    /// Close it.
    Closure,
    /// Reject it.
    Rejection,
}

/// A page of what readers said.
pub type ReaderFeedbackPage = Page<ReaderFeedback>;

/// Hours from one instant to another, with two decimals.
fn hours_between(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    let hundredth = TimeDelta::seconds(36).num_milliseconds();
    decimal(((to - from).num_milliseconds() + hundredth / 2) / hundredth)
}

impl ReaderFeedback {
    /// What was said, as this caller sees it now.
    pub fn seen(row: Model, access: &Access, now: DateTime<Utc>) -> Self {
        Self {
            actions: actions(&row, access),
            is_late: row.status != FeedbackStatus::Rejected && row.answered_at.unwrap_or(now) > row.due_at,
            response_hours: row.answered_at.map(|answered_at| hours_between(row.created_at, answered_at)),
            id: row.id,
            kind: row.kind,
            channel: row.channel,
            message: row.message,
            service: row.service,
            contact: row.contact,
            status: row.status,
            due_at: Instant(row.due_at),
            recorded_by: row.recorded_by,
            assignee_id: row.assignee_id,
            assigned_at: row.assigned_at.map(Instant),
            answer: row.answer,
            answered_at: row.answered_at.map(Instant),
            closed_at: row.closed_at.map(Instant),
            reason: row.reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

/// Whether the caller may answer: who is to, or an admin.
pub fn may_answer(row: &Model, access: &Access) -> bool {
    access.is_admin() || row.assignee_id.is_some_and(|assignee| access.is_own(assignee))
}

fn actions(row: &Model, access: &Access) -> Vec<FeedbackAction> {
    use FeedbackAction::{Answer, Assignment, Closure, Rejection};
    let open: &[_] = match (row.status, access.is_admin()) {
        (FeedbackStatus::Received, true) => &[Assignment, Rejection],
        (FeedbackStatus::Assigned, true) => &[Assignment, Answer, Rejection],
        (FeedbackStatus::Assigned, false) if may_answer(row, access) => &[Answer],
        (FeedbackStatus::Answered, _) if may_answer(row, access) => &[Closure],
        _ => &[],
    };
    open.to_vec()
}

impl Resource for ReaderFeedback {
    fn path(&self) -> String {
        format!("/api/v1/reader-feedback/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// What a reader wants to say.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "suggestion", "message": "Mohon buka sampai pukul delapan malam pada hari Sabtu", "service": "Ruang baca",
    "contact": null
}))]
pub struct NewReaderFeedback {
    /// What kind it is.
    pub kind: FeedbackKind,
    /// What the reader says.
    #[validate(length(min = 1, max = 4000), custom(function = words))]
    #[schema(min_length = 1, max_length = 4000, pattern = r"\S")]
    pub message: String,
    /// About which service.
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub service: Option<String>,
    /// How the reader can be reached, if they want an answer in person. Only who answers, and admins, see it.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub contact: Option<String>,
}

/// Words in several lines: not blank.
fn words(text: &str) -> Result<(), validator::ValidationError> {
    if text.trim().is_empty() { Err(validation::fault(&validation::BLANK)) } else { Ok(()) }
}

/// What a reader gets who wrote to the library: the code by which they find the answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "7Q2M-0VXG-4KZC-91TD-RY5B-3HNE-8WA", "due_at": "2026-03-05T01:00:00.000Z"}))]
pub struct FeedbackReceipt {
    /// The code, shown this once: see `public/reader-feedback/{code}`.
    #[schema(max_length = 100)]
    pub code: String,
    /// Until when there should be an answer.
    pub due_at: Instant,
}

/// What a reader finds by their code.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "kind": "complaint", "message": "Pendingin ruang baca mati sejak Senin", "status": "answered",
    "received_at": "2026-03-02T01:00:00.000Z", "due_at": "2026-03-05T01:00:00.000Z",
    "answer": "Sudah diperbaiki hari ini, terima kasih", "answered_at": "2026-03-02T07:30:00.000Z", "reason": null
}))]
pub struct PublicFeedback {
    /// What kind it is.
    pub kind: FeedbackKind,
    /// What they said.
    #[schema(max_length = 4000)]
    pub message: String,
    /// Where it stands.
    pub status: FeedbackStatus,
    /// When it came in.
    pub received_at: Instant,
    /// Until when it should be answered.
    pub due_at: Instant,
    /// The answer; null until there is one.
    #[schema(required, max_length = 4000)]
    pub answer: Option<String>,
    /// When it was answered.
    #[schema(required)]
    pub answered_at: Option<Instant>,
    /// Why it is not answered.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
}

impl From<Model> for PublicFeedback {
    fn from(row: Model) -> Self {
        Self {
            kind: row.kind,
            message: row.message,
            status: row.status,
            received_at: Instant(row.created_at),
            due_at: Instant(row.due_at),
            answer: row.answer,
            answered_at: row.answered_at.map(Instant),
            reason: row.reason,
        }
    }
}

/// Who is to answer.
#[derive(Clone, Copy, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"assignee_id": "019a0000-0000-7000-8000-000000000001"}))]
pub struct FeedbackAssignment {
    /// A librarian.
    pub assignee_id: Uuid,
}

/// The answer to a reader.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"answer": "Sudah diperbaiki hari ini, terima kasih"}))]
pub struct FeedbackAnswer {
    /// What the reader finds by their code.
    #[validate(length(min = 1, max = 4000), custom(function = words))]
    #[schema(min_length = 1, max_length = 4000, pattern = r"\S")]
    pub answer: String,
}

/// Why the library does not answer.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Ditujukan kepada dinas lain"}))]
pub struct FeedbackRejection {
    /// For the reader to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// Which feedback to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ReaderFeedbackFilter {
    /// Of this kind.
    #[param(inline)]
    pub kind: Option<FeedbackKind>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "received", pattern = "^(received|assigned|answered|closed|rejected)(,(received|assigned|answered|closed|rejected))*$")]
    pub status: Option<AnyOf<FeedbackStatus>>,
    /// To be answered by this librarian.
    pub assignee_id: Option<Uuid>,
    /// Those that are late (true) or in time (false).
    pub is_late: Option<bool>,
    /// Words of the message or the service.
    #[param(max_length = 200, example = "ruang baca")]
    pub q: Option<String>,
}

impl ReaderFeedbackFilter {
    /// The filter as a condition, at this instant.
    pub fn condition(&self, now: DateTime<Utc>) -> Condition {
        let late = self.is_late.map(|is_late| {
            let open = Condition::all().add(Column::AnsweredAt.is_null()).add(Column::DueAt.lt(now));
            let after = Expr::col(Column::AnsweredAt).gt(Expr::col(Column::DueAt));
            let answered = Condition::all().add(Column::AnsweredAt.is_not_null()).add(after);
            let late = Condition::any().add(open).add(answered);
            let late = Condition::all().add(Column::Status.ne(FeedbackStatus::Rejected)).add(late);
            if is_late { late } else { late.not() }
        });
        Condition::all()
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.assignee_id.map(|id| Column::AssigneeId.eq(id)))
            .add_option(late)
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_have_two_decimals() {
        let from = DateTime::UNIX_EPOCH;
        for (minutes, hours) in [(0, 0.0), (6 * 60 + 30, 6.5), (1, 0.02), (100, 1.67)] {
            assert!((hours_between(from, from + TimeDelta::minutes(minutes)) - hours).abs() < 1e-9, "{minutes}");
        }
    }
}
