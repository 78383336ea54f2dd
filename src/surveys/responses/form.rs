//! The questions of an edition at hand, and the check of what somebody answers.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::dto::{AnswerValue, SurveyAnswer};
use crate::kernel::db::Reader;
use crate::kernel::decimal::two_decimals;
use crate::kernel::error::{Error, NOT_FOUND, Result};
use crate::kernel::language::Localized;
use crate::kernel::text::nfc;
use crate::kernel::validation::{
    BLANK, Fault, NOT_A_CHOICE, OUT_OF_RANGE, REPEATED, TOO_SHORT, TWO_DECIMALS, Violation, WRONG_TYPE,
};
use crate::surveys::questionnaires::entity::{self as questionnaire, QuestionnaireStatus};
use crate::surveys::questionnaires::questions::{QuestionKind, SurveyQuestion};

/// The questionnaire has no such question.
pub const NO_SUCH_QUESTION: Fault = Fault {
    code: "no_such_question",
    id: "Kuesioner ini tidak mempunyai pertanyaan itu",
    en: "The questionnaire has no such question",
};

/// A question that must be answered is not.
pub const ANSWER_MISSING: Fault = Fault {
    code: "answer_missing",
    id: "Pertanyaan {question} wajib dijawab",
    en: "Question {question} must be answered",
};

/// The most editions at hand.
const MOST_FORMS: u64 = 200;

/// Editions that are asked. They never change, so what is at hand is always right.
static FORMS: LazyLock<moka::sync::Cache<Uuid, Arc<Form>>> = LazyLock::new(|| moka::sync::Cache::new(MOST_FORMS));

/// The questions of an edition.
#[derive(Debug)]
pub struct Form {
    /// What stands before the questions.
    pub intro: Option<Localized>,
    /// The questions.
    pub questions: Vec<SurveyQuestion>,
    /// Where each stands, by its code.
    places: HashMap<String, usize>,
}

/// The questions of the edition that a campaign asks.
pub async fn form_of(reader: Reader<'_>, questionnaire_id: Uuid) -> Result<Arc<Form>> {
    forms_of(reader, [questionnaire_id]).await?.remove(&questionnaire_id).ok_or_else(|| NOT_FOUND.into())
}

/// The questions of these editions, by their ids.
pub async fn forms_of(reader: Reader<'_>, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Arc<Form>>> {
    let (mut forms, mut unknown) = (HashMap::new(), Vec::new());
    for id in ids {
        match FORMS.get(&id) {
            Some(form) => drop(forms.insert(id, form)),
            None => unknown.push(id),
        }
    }
    if !unknown.is_empty() {
        let asked = questionnaire::Entity::find()
            .filter(questionnaire::Column::Id.is_in(unknown))
            .filter(questionnaire::Column::Status.ne(QuestionnaireStatus::Draft));
        for row in reader.all(asked).await? {
            let form = Arc::new(Form::new(row.intro, row.questions.0));
            FORMS.insert(row.id, Arc::clone(&form));
            forms.insert(row.id, form);
        }
    }
    Ok(forms)
}

impl Form {
    fn new(intro: Option<Localized>, questions: Vec<SurveyQuestion>) -> Self {
        let places = questions.iter().enumerate().map(|(place, question)| (question.code.clone(), place)).collect();
        Self { intro, questions, places }
    }

    /// What somebody answers, as it is kept (see `entity.rs`); else everything that is wrong with it.
    pub fn written(&self, answers: &[SurveyAnswer]) -> Result<String> {
        let mut kept = vec![Value::Null; self.questions.len()];
        let mut wrong = Vec::new();
        for (number, answer) in answers.iter().enumerate() {
            let at = |rest: &str| format!("#/answers/{number}/{rest}");
            let Some(place) = self.places.get(&answer.question) else {
                wrong.push(Violation::pointer(at("question"), &NO_SUCH_QUESTION));
                continue;
            };
            let (Some(question), Some(slot)) = (self.questions.get(*place), kept.get_mut(*place)) else { continue };
            if !slot.is_null() {
                wrong.push(Violation::pointer(at("question"), &REPEATED));
                continue;
            }
            match value_of(question, &answer.value, &at("value")) {
                Ok(value) => *slot = value,
                Err(violation) => {
                    wrong.push(*violation);
                    // It was answered, if badly: it is not missing too.
                    *slot = Value::Bool(false);
                }
            }
        }
        let missing =
            self.questions.iter().zip(&kept).filter(|(question, value)| question.is_required && value.is_null());
        wrong.extend(missing.map(|(question, _)| {
            Violation::pointer("#/answers".to_owned(), &ANSWER_MISSING).with("question", question.code.clone())
        }));
        if wrong.is_empty() { Ok(Value::Array(kept).to_string()) } else { Err(Error::invalid(wrong)) }
    }

    /// What was kept, as it was answered.
    pub fn read(&self, kept: &str) -> Result<Vec<SurveyAnswer>> {
        let kept: Vec<Value> = serde_json::from_str(kept).map_err(Error::internal)?;
        let answers = self.questions.iter().zip(kept).filter_map(|(question, value)| {
            let code = |place: &Value| {
                let place = usize::try_from(place.as_u64()?).ok()?;
                question.options.get(place).map(|option| option.code.clone())
            };
            let value = match (question.kind, value) {
                (_, Value::Null) => return None,
                (QuestionKind::Single, place) => AnswerValue::Text(code(&place)?),
                (_, Value::Array(places)) => AnswerValue::Choices(places.iter().filter_map(code).collect()),
                (_, Value::String(text)) => AnswerValue::Text(text),
                (_, number) => AnswerValue::Number(number.as_number()?.clone()),
            };
            Some(SurveyAnswer { question: question.code.clone(), value })
        });
        Ok(answers.collect())
    }
}

type Checked = std::result::Result<Value, Box<Violation>>;

fn value_of(question: &SurveyQuestion, value: &AnswerValue, at: &str) -> Checked {
    let wrong = |fault| Box::new(Violation::pointer(at.to_owned(), fault));
    let expected = |kind: &str| Err(Box::new(wrong(&WRONG_TYPE).with("expected", kind)));
    match (question.kind, value) {
        (QuestionKind::Number, AnswerValue::Number(number)) => number_of(question, number, at),
        (QuestionKind::Number, _) => expected("number"),
        (QuestionKind::Text, AnswerValue::Text(text)) if text.trim().is_empty() => Err(wrong(&BLANK)),
        (QuestionKind::Text, AnswerValue::Text(text)) => Ok(json!(nfc(text))),
        (QuestionKind::Single, AnswerValue::Text(code)) => place_of(question, code, at),
        (QuestionKind::Text | QuestionKind::Single, _) => expected("text"),
        (QuestionKind::Multiple, AnswerValue::Choices(codes)) => places_of(question, codes, at),
        (QuestionKind::Multiple, _) => expected("list"),
        (QuestionKind::Likert5 | QuestionKind::Scale1To4 | QuestionKind::Scale0To10, AnswerValue::Number(number)) => {
            let (least, most) = question.kind.scale().unwrap_or_default();
            let given = number.as_f64().unwrap_or(f64::NAN);
            // Some clients write 4 as 4.0.
            match (least..=most).find(|step| (f64::from(*step) - given).abs() < f64::EPSILON) {
                Some(whole) => Ok(json!(whole)),
                None if given.fract().abs() > 0.0 => expected("integer"),
                None => Err(Box::new(wrong(&OUT_OF_RANGE).with("min", least).with("max", most))),
            }
        }
        _ => expected("integer"),
    }
}

fn number_of(question: &SurveyQuestion, number: &serde_json::Number, at: &str) -> Checked {
    let given = number.as_f64().unwrap_or(f64::NAN);
    let (least, most) = (question.least.unwrap_or(-1_000_000_000), question.most.unwrap_or(1_000_000_000));
    if !(f64::from(least)..=f64::from(most)).contains(&given) {
        let violation = Violation::pointer(at.to_owned(), &OUT_OF_RANGE);
        return Err(Box::new(violation.with("min", least).with("max", most)));
    }
    two_decimals(given).map_err(|_| Box::new(Violation::pointer(at.to_owned(), &TWO_DECIMALS)))?;
    Ok(json!(number))
}

fn place_of(question: &SurveyQuestion, code: &str, at: &str) -> Checked {
    question.options.iter().position(|option| option.code == code).map(|place| json!(place)).ok_or_else(|| {
        let allowed: Vec<_> = question.options.iter().map(|option| option.code.as_str()).collect();
        Box::new(Violation::pointer(at.to_owned(), &NOT_A_CHOICE).with("allowed", allowed.join(", ")))
    })
}

fn places_of(question: &SurveyQuestion, codes: &[String], at: &str) -> Checked {
    if codes.is_empty() {
        return Err(Box::new(Violation::pointer(at.to_owned(), &TOO_SHORT).with("min", 1)));
    }
    let mut places = Vec::new();
    for (number, code) in codes.iter().enumerate() {
        let at = format!("{at}/{number}");
        let place = place_of(question, code, &at)?.as_u64();
        if places.contains(&place) {
            return Err(Box::new(Violation::pointer(at, &REPEATED)));
        }
        places.push(place);
    }
    places.sort_unstable();
    Ok(json!(places))
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
