use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{BEHAVIOUR_ITEMS, BehaviourItem, BehaviourRating, Column, Model, Perspective};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::Page;
use crate::kernel::policy::Access;

/// Where a question about somebody's behaviour stands, by its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BehaviourStatus {
    /// Waits for its answer.
    Open,
    /// Due for more than three months.
    Late,
    /// Answered.
    Answered,
}

impl BehaviourStatus {
    fn of(row: &Model, on: NaiveDate) -> Self {
        match row.answered_at {
            Some(_) => Self::Answered,
            None if on <= row.late_after => Self::Open,
            None => Self::Late,
        }
    }

    fn condition(self, on: NaiveDate) -> Condition {
        let all = Condition::all();
        match self {
            Self::Answered => all.add(Column::AnsweredAt.is_not_null()),
            Self::Open => all.add(Column::AnsweredAt.is_null()).add(Column::LateAfter.gte(on)),
            Self::Late => all.add(Column::AnsweredAt.is_null()).add(Column::LateAfter.lt(on)),
        }
    }
}

/// What is rated, as people read it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "item": "application",
    "text": {"id": "Menerapkan yang dipelajari dalam pekerjaan", "en": "Uses at work what was learned"}
}))]
pub struct BehaviourQuestion {
    /// What is rated, from 1 (hardly) to 5 (fully).
    pub item: BehaviourItem,
    /// As people read it.
    pub text: Localized,
}

fn questions() -> Vec<BehaviourQuestion> {
    let text = |item| match item {
        BehaviourItem::Application => {
            Localized::new("Menerapkan yang dipelajari dalam pekerjaan", "Uses at work what was learned")
        }
        BehaviourItem::Quality => {
            Localized::new("Mutu hasil kerja di bidang ini", "The quality of the work in this field")
        }
        BehaviourItem::Independence => Localized::new("Mengerjakannya tanpa bantuan", "Does it without help"),
        BehaviourItem::Sharing => Localized::new("Membagikannya kepada rekan kerja", "Passes it on to colleagues"),
    };
    BEHAVIOUR_ITEMS.into_iter().map(|item| BehaviourQuestion { item, text: text(item) }).collect()
}

/// A question to somebody about what a participant does since a training (evaluasi pascapelatihan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000090", "activity_id": "019a0000-0000-7000-8000-000000000010",
    "activity_title": "Bimtek SLiMS 9 dan Analitik Kunjungan", "registration_id": "019a0000-0000-7000-8000-000000000020",
    "librarian_id": "019a0000-0000-7000-8000-000000000001", "librarian_name": "Rizky Pratama", "perspective": "superior",
    "respondent_id": "019a0000-0000-7000-8000-000000000002", "due_on": "2026-09-16", "late_after": "2026-12-15",
    "status": "open", "questions": [], "ratings": [], "is_applied": null, "comment": null, "answered_at": null, "version": 1,
    "created_at": "2026-06-18T09:00:00.000Z", "updated_at": "2026-06-18T09:00:00.000Z", "actions": ["answer"]
}))]
pub struct BehaviourEvaluation {
    /// The question.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// Its title.
    #[schema(max_length = 200)]
    pub activity_title: String,
    /// The registration.
    pub registration_id: Uuid,
    /// Who took part.
    pub librarian_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub librarian_name: String,
    /// From whose side.
    pub perspective: Perspective,
    /// Who is asked; null where there was nobody, until an admin names somebody.
    #[schema(required)]
    pub respondent_id: Option<Uuid>,
    /// From when on it is asked: 90 days after the end.
    pub due_on: NaiveDate,
    /// The last day before it is late: 180 days after the end, or 90 after a later completion.
    pub late_after: NaiveDate,
    /// Where it stands today.
    pub status: BehaviourStatus,
    /// What is rated.
    #[schema(max_items = 10)]
    pub questions: Vec<BehaviourQuestion>,
    /// How it was rated; empty until it is answered.
    #[schema(max_items = 10)]
    pub ratings: Vec<BehaviourRating>,
    /// Whether what was learned is applied.
    #[schema(required)]
    pub is_applied: Option<bool>,
    /// What else was said.
    #[schema(required, max_length = 2000)]
    pub comment: Option<String>,
    /// When it was answered.
    #[schema(required)]
    pub answered_at: Option<Instant>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 2)]
    pub actions: Vec<BehaviourAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BehaviourAction {
    /// Answer it.
    Answer,
    /// Ask somebody else.
    Reassignment,
}

/// A page of questions about behaviour.
pub type BehaviourEvaluationPage = Page<BehaviourEvaluation>;

impl BehaviourEvaluation {
    /// A question as this caller sees it on a day.
    pub fn seen(row: Model, activity_title: String, librarian_name: String, access: &Access, on: NaiveDate) -> Self {
        let status = BehaviourStatus::of(&row, on);
        let pending = status != BehaviourStatus::Answered;
        let mut actions = Vec::new();
        if pending && row.respondent_id.is_some_and(|respondent| access.is_own(respondent)) {
            actions.push(BehaviourAction::Answer);
        }
        if pending && access.is_admin() && row.perspective != Perspective::Alumnus {
            actions.push(BehaviourAction::Reassignment);
        }
        Self {
            id: row.id,
            activity_id: row.activity_id,
            activity_title,
            registration_id: row.registration_id,
            librarian_id: row.librarian_id,
            librarian_name,
            perspective: row.perspective,
            respondent_id: row.respondent_id,
            due_on: row.due_on,
            late_after: row.late_after,
            status,
            questions: questions(),
            ratings: row.ratings.map(|ratings| ratings.0).unwrap_or_default(),
            is_applied: row.is_applied,
            comment: row.comment,
            answered_at: row.answered_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            actions,
        }
    }
}

impl Resource for BehaviourEvaluation {
    fn path(&self) -> String {
        format!("/api/v1/behaviour-evaluations/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// An answer.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "ratings": [
        {"item": "application", "before": 2, "after": 4}, {"item": "quality", "before": 3, "after": 4},
        {"item": "independence", "before": 2, "after": 4}, {"item": "sharing", "before": 2, "after": 3}
    ],
    "is_applied": true, "comment": "Laporan kunjungan bulanan kini dibuat sendiri"
}))]
pub struct BehaviourAnswer {
    /// Each item once.
    #[validate(nested, length(min = 1, max = 10))]
    #[schema(min_items = 1, max_items = 10)]
    pub ratings: Vec<BehaviourRating>,
    /// Whether what was learned is applied at work.
    pub is_applied: bool,
    /// What else is to be said; read by the respondent and admins alone.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub comment: Option<String>,
}

/// Who is asked instead.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"respondent_id": "019a0000-0000-7000-8000-000000000002"}))]
pub struct BehaviourReassignment {
    /// A librarian: neither who took part nor who is asked about them already.
    pub respondent_id: Uuid,
}

/// Which questions to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct BehaviourEvaluationFilter {
    /// In this state today.
    #[param(inline, example = "open")]
    pub status: Option<BehaviourStatus>,
    /// About this activity.
    pub activity_id: Option<Uuid>,
    /// About this participant.
    pub librarian_id: Option<Uuid>,
    /// To this person.
    pub respondent_id: Option<Uuid>,
}

impl BehaviourEvaluationFilter {
    /// The filter as a condition, on a day.
    pub fn condition(&self, on: NaiveDate) -> Condition {
        Condition::all()
            .add_option(self.status.map(|status| status.condition(on)))
            .add_option(self.activity_id.map(|id| Column::ActivityId.eq(id)))
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.respondent_id.map(|id| Column::RespondentId.eq(id)))
    }
}
