use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::QuestionnaireStatus;
use super::entity::{Column, Model};
use super::questions::SurveyQuestion;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::policy::Access;
use crate::kernel::validation;

/// An edition of a questionnaire (kuesioner).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "code": "LITERACY-CLASS", "edition": 1,
    "title": {"id": "Kelas literasi", "en": "Literacy class"}, "intro": null,
    "questions": [{
        "code": "Q1", "kind": "likert_5", "text": {"id": "Kelas ini berguna bagi saya", "en": "This class is useful to me"},
        "is_required": true, "options": [], "least": null, "most": null, "tags": ["csat"]
    }],
    "is_sensitive": false, "asks_minors": false, "status": "draft", "published_at": null, "version": 1,
    "created_at": "2026-03-02T01:00:00.000Z", "updated_at": "2026-03-02T01:00:00.000Z", "actions": ["publication"]
}))]
pub struct Questionnaire {
    /// The edition.
    pub id: Uuid,
    /// The code, which all its editions share.
    #[schema(max_length = 40)]
    pub code: String,
    /// Counts the editions of the code.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// The title.
    pub title: Localized,
    /// What people read before the questions; null where there is nothing to say.
    #[schema(required)]
    pub intro: Option<Localized>,
    /// The questions, in the order in which they are asked.
    #[schema(max_items = 100)]
    pub questions: Vec<SurveyQuestion>,
    /// Whether answers in groups of fewer than 10 are withheld, not only of fewer than 5.
    pub is_sensitive: bool,
    /// Whether children or teens are asked; groups as for sensitive ones.
    pub asks_minors: bool,
    /// Where it stands.
    pub status: QuestionnaireStatus,
    /// When it was published; null before.
    #[schema(required)]
    pub published_at: Option<Instant>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 3)]
    pub actions: Vec<QuestionnaireAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionnaireAction {
    /// Put it to use; from then on it never changes.
    Publication,
    /// Begin a new edition.
    Editions,
    /// Take it out of use.
    Retirement,
}

/// A page of questionnaires.
pub type QuestionnairePage = Page<Questionnaire>;

impl Questionnaire {
    /// An edition as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        use QuestionnaireAction::{Editions, Publication, Retirement};
        let open: &[_] = match row.status {
            QuestionnaireStatus::Draft => &[Publication],
            QuestionnaireStatus::Published => &[Editions, Retirement],
            QuestionnaireStatus::Retired => &[Editions],
        };
        Self {
            actions: if access.is_admin() { open.to_vec() } else { Vec::new() },
            id: row.id,
            code: row.code,
            edition: row.edition,
            title: row.title,
            intro: row.intro,
            questions: row.questions.0,
            is_sensitive: row.is_sensitive,
            asks_minors: row.asks_minors,
            status: row.status,
            published_at: row.published_at.map(Instant),
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Questionnaire {
    fn path(&self) -> String {
        format!("/api/v1/questionnaires/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A questionnaire to be written: the first edition of a new code.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "LITERACY-CLASS", "title": {"id": "Kelas literasi", "en": "Literacy class"},
    "intro": {"id": "Jawaban Anda anonim", "en": "Your answers are anonymous"},
    "questions": [
        {"code": "Q1", "kind": "likert_5", "text": {"id": "Kelas ini berguna", "en": "This class is useful"},
         "is_required": true, "options": [{"code": "1", "text": {"id": "Sangat tidak setuju", "en": "Strongly disagree"}}],
         "least": null, "most": null, "tags": ["csat"]},
        {"code": "MINUTES", "kind": "number", "text": {"id": "Berapa menit Anda membaca tiap hari?", "en": "How many minutes a day do you read?"},
         "is_required": false, "options": [], "least": 0, "most": 1440, "tags": []}
    ],
    "is_sensitive": false, "asks_minors": false
}))]
pub struct NewQuestionnaire {
    /// A code, new to the library.
    #[validate(length(min = 1, max = 40), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub code: String,
    /// The title.
    #[validate(nested)]
    pub title: Localized,
    /// What people read before the questions.
    #[validate(nested)]
    pub intro: Option<Localized>,
    /// The questions, in the order in which they are asked.
    #[validate(nested, length(min = 1, max = 100))]
    #[schema(min_items = 1, max_items = 100)]
    pub questions: Vec<SurveyQuestion>,
    /// Whether it asks for what is sensitive: health, belief, money.
    #[serde(default)]
    pub is_sensitive: bool,
    /// Whether children or teens are asked.
    #[serde(default)]
    pub asks_minors: bool,
}

/// Changes of a draft: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": {"id": "Kelas literasi informasi", "en": "Information literacy class"}}))]
pub struct QuestionnaireChanges {
    /// Another title.
    #[validate(nested)]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<Localized>,
    /// Other words before the questions; null for none.
    #[schema(value_type = Option<Localized>)]
    #[serde(default)]
    pub intro: Patch<Localized>,
    /// Other questions, all of them.
    #[validate(nested, length(min = 1, max = 100))]
    #[schema(min_items = 1, max_items = 100, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub questions: Option<Vec<SurveyQuestion>>,
    /// Whether it asks for what is sensitive.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub is_sensitive: Option<bool>,
    /// Whether children or teens are asked.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub asks_minors: Option<bool>,
}

/// Which questionnaires to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct QuestionnaireFilter {
    /// Editions of this code.
    #[param(max_length = 40, example = "SKM")]
    pub code: Option<String>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 60, example = "published", pattern = "^(draft|published|retired)(,(draft|published|retired))*$")]
    pub status: Option<AnyOf<QuestionnaireStatus>>,
    /// Words of the code or the title.
    #[param(max_length = 200, example = "kepuasan")]
    pub q: Option<String>,
}

impl QuestionnaireFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.code.as_deref().map(|code| Column::Code.eq(code)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}
