use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::entity::Column;
use crate::kernel::language::{Language, Localized};
use crate::kernel::page::Page;
use crate::kernel::validation::{self, OUT_OF_RANGE, TOO_LONG, fault};
use crate::surveys::questionnaires::questions::{QuestionKind, SurveyQuestion};

/// The most characters of an answer in words.
const LONGEST_TEXT: usize = 2000;
/// The most that can be chosen at once.
const MOST_CHOICES: usize = 50;
/// The greatest number that can be answered, and the least with a minus.
const GREATEST: i32 = 1_000_000_000;

/// What is answered: a number for scales and numbers, the code of an option, several codes, or words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnswerValue {
    /// A number.
    Number(serde_json::Number),
    /// The code of an option, or words.
    Text(String),
    /// Codes of options.
    Choices(Vec<String>),
}

impl AnswerValue {
    /// Whether it is within the limits of every answer.
    fn within_limits(&self) -> Result<(), ValidationError> {
        let bound = |fault_of, name: &'static str, most: usize| {
            let mut error = fault(fault_of);
            error.add_param(name.into(), &most);
            Err(error)
        };
        match self {
            Self::Number(number) if number.as_f64().is_none_or(|number| number.abs() > f64::from(GREATEST)) => {
                let mut error = fault(&OUT_OF_RANGE);
                error.add_param("min".into(), &-GREATEST);
                error.add_param("max".into(), &GREATEST);
                Err(error)
            }
            Self::Text(text) if text.chars().count() > LONGEST_TEXT => bound(&TOO_LONG, "max", LONGEST_TEXT),
            Self::Choices(codes) if codes.len() > MOST_CHOICES => bound(&TOO_LONG, "max", MOST_CHOICES),
            _ => Ok(()),
        }
    }
}

impl PartialSchema for AnswerValue {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Number).minimum(Some(-GREATEST)).maximum(Some(GREATEST));
        let text = |most| ObjectBuilder::new().schema_type(Type::String).max_length(Some(most));
        let choices = ArrayBuilder::new().items(text(40)).max_items(Some(MOST_CHOICES));
        OneOfBuilder::new()
            .item(number)
            .item(text(LONGEST_TEXT))
            .item(choices)
            .description(Some("A number for scales and numbers, the code of an option, several codes, or words."))
            .examples([serde_json::json!(4)])
            .into()
    }
}

impl ToSchema for AnswerValue {}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"question": "U1", "value": 4}))]
pub struct SurveyAnswer {
    /// The code of the question.
    #[validate(length(min = 1, max = 40), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub question: String,
    /// What is answered.
    #[validate(custom(function = AnswerValue::within_limits))]
    pub value: AnswerValue,
}

/// The answers of one person. A question that is not answered is left out.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"answers": [
    {"question": "U1", "value": 4}, {"question": "U2", "value": 4}, {"question": "U3", "value": 3},
    {"question": "U4", "value": 4}, {"question": "U5", "value": 3}, {"question": "U6", "value": 4},
    {"question": "U7", "value": 4}, {"question": "U8", "value": 3}, {"question": "U9", "value": 3},
    {"question": "SEX", "value": "FEMALE"}, {"question": "AGE", "value": "25-34"}
]}))]
pub struct SurveyAnswers {
    /// The answers, in any order.
    #[validate(nested, length(min = 1, max = 100))]
    #[schema(min_items = 1, max_items = 100)]
    pub answers: Vec<SurveyAnswer>,
}

/// Something that can be chosen, in the caller's language.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "4", "text": "Sangat baik"}))]
pub struct PublicOption {
    /// Its code; for a scale, the value.
    #[schema(max_length = 40)]
    pub code: String,
    /// What people read.
    #[schema(max_length = 2000)]
    pub text: String,
}

/// A question in the caller's language.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "U3", "kind": "scale_1_4", "text": "Bagaimana kecepatan pelayanan?", "is_required": true,
    "options": [{"code": "4", "text": "Sangat cepat"}], "least": 1, "most": 4
}))]
pub struct PublicQuestion {
    /// Its code.
    #[schema(max_length = 40)]
    pub code: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What people read.
    #[schema(max_length = 2000)]
    pub text: String,
    /// Whether it must be answered.
    pub is_required: bool,
    /// What can be chosen; for a scale, names of values.
    #[schema(max_items = 50)]
    pub options: Vec<PublicOption>,
    /// The least number; null where it is not answered by one, or has no limit.
    #[schema(required, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub least: Option<i32>,
    /// The greatest number; null where it is not answered by one, or has no limit.
    #[schema(required, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub most: Option<i32>,
}

impl PublicQuestion {
    fn of(question: &SurveyQuestion, language: Language) -> Self {
        let scale = question.kind.scale();
        let options = question
            .options
            .iter()
            .map(|option| PublicOption { code: option.code.clone(), text: option.text.text(language).to_owned() });
        Self {
            code: question.code.clone(),
            kind: question.kind,
            text: question.text.text(language).to_owned(),
            is_required: question.is_required,
            options: options.collect(),
            least: scale.map_or(question.least, |(least, _)| Some(least)),
            most: scale.map_or(question.most, |(_, most)| Some(most)),
        }
    }
}

/// A survey as somebody sees it who is asked, in their language. The answers are anonymous.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "title": "Survei Kepuasan Masyarakat 2026", "intro": "Jawaban Anda anonim.", "closes_on": "2026-12-31",
    "questions": [{
        "code": "U3", "kind": "scale_1_4", "text": "Bagaimana kecepatan pelayanan?", "is_required": true,
        "options": [{"code": "4", "text": "Sangat cepat"}], "least": 1, "most": 4
    }]
}))]
pub struct PublicSurvey {
    /// The title.
    #[schema(max_length = 2000)]
    pub title: String,
    /// What stands before the questions; null where there is nothing to say.
    #[schema(required, max_length = 2000)]
    pub intro: Option<String>,
    /// The last day on which it can be answered.
    pub closes_on: NaiveDate,
    /// The questions, in their order.
    #[schema(max_items = 100)]
    pub questions: Vec<PublicQuestion>,
}

impl PublicSurvey {
    /// A survey in this language.
    pub fn of(
        title: &Localized,
        closes_on: NaiveDate,
        intro: Option<&Localized>,
        questions: &[SurveyQuestion],
        language: Language,
    ) -> Self {
        Self {
            title: title.text(language).to_owned(),
            intro: intro.map(|intro| intro.text(language).to_owned()),
            closes_on,
            questions: questions.iter().map(|question| PublicQuestion::of(question, language)).collect(),
        }
    }
}

/// What a member of the staff answered under their name.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "campaign_id": "019a0000-0000-7000-8000-000000000001",
    "librarian_id": "019a0000-0000-7000-8000-000000000002", "answered_on": "2026-03-02",
    "answers": [{"question": "A1", "value": 4}]
}))]
pub struct SurveyResponse {
    /// The answer.
    pub id: Uuid,
    /// The campaign.
    pub campaign_id: Uuid,
    /// Who answered.
    pub librarian_id: Uuid,
    /// On which day.
    pub answered_on: NaiveDate,
    /// What, in the order of the questions.
    #[schema(max_items = 100)]
    pub answers: Vec<SurveyAnswer>,
}

/// A page of answers by name.
pub type SurveyResponsePage = Page<SurveyResponse>;

/// Which answers to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SurveyResponseFilter {
    /// In this campaign.
    pub campaign_id: Option<Uuid>,
    /// Of this person.
    pub librarian_id: Option<Uuid>,
}

impl SurveyResponseFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.campaign_id.map(|id| Column::CampaignId.eq(id)))
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
    }
}
