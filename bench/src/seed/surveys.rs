//! A satisfaction survey (SKM) that is still open, with the measured number of answers, and two that nobody has answered
//! yet; before them what ships with the service: its questionnaires, its formula of the index, its times of answer.

use std::{iter, sync::LazyLock};

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{
    Amount, Table, Value,
    draw::{first_day, id, scatter, scattered_id, start_of},
    tables::rows,
};

/// What ships, read once; a file that cannot be read is an empty one, and the foreign keys say so.
static QUESTIONNAIRES: LazyLock<Vec<Questionnaire>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/questionnaires.json")).unwrap_or_default());
static FORMULA: LazyLock<Option<Formula>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/skm_formula.json")).ok());

/// The code of the questionnaire that is asked.
const ASKED: &str = "SKM";
/// One in so many leaves a question out.
const LEAVES_OUT: usize = 40;
/// One in so many adds a few words.
const WRITES: usize = 20;

#[derive(Deserialize)]
struct Questionnaire {
    id: Uuid,
    code: String,
    title: Json,
    intro: Json,
    is_sensitive: bool,
    asks_minors: bool,
    questions: Json,
}

#[derive(Deserialize)]
struct Question {
    kind: String,
    options: Vec<Json>,
}

#[derive(Deserialize)]
struct Formula {
    id: Uuid,
    valid_from: NaiveDate,
    terms: Json,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

/// The campaign whose answers are counted.
pub(crate) fn answered_campaign() -> Uuid {
    id(14, 0)
}

/// Two campaigns that wait for answers.
pub(crate) fn waiting_campaigns() -> [Uuid; 2] {
    [id(14, 1), id(14, 2)]
}

/// The tables.
pub(super) fn tables<'a>(amount: Amount) -> [Table<'a>; 5] {
    [survey_settings(), skm_formulas(), questionnaires(), campaigns(), responses(amount)]
}

fn survey_settings() -> Table<'static> {
    Table {
        name: "survey_settings",
        columns: &[
            "id",
            "only",
            "complaint_hours",
            "suggestion_hours",
            "praise_hours",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(iter::once(vec![id(15, 0).into(), Value::Int(1), Value::Int(72), Value::Int(168), Value::Int(336)])),
    }
}

fn skm_formulas() -> Table<'static> {
    Table {
        name: "skm_formulas",
        columns: &[
            "id",
            "terms",
            "valid_from",
            "legal_basis",
            "source",
            "verified",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(FORMULA.iter().map(|row| {
            vec![
                row.id.into(),
                row.terms.to_string().into(),
                row.valid_from.into(),
                row.legal_basis.as_str().into(),
                row.source.clone().into(),
                row.verified.into(),
            ]
        })),
    }
}

fn questionnaires() -> Table<'static> {
    Table {
        name: "questionnaires",
        columns: &[
            "id",
            "code",
            "edition",
            "title",
            "intro",
            "questions",
            "is_sensitive",
            "asks_minors",
            "status",
            "published_at",
            "search_text",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(QUESTIONNAIRES.iter().map(|row| {
            vec![
                row.id.into(),
                row.code.as_str().into(),
                Value::Int(1),
                row.title.to_string().into(),
                row.intro.to_string().into(),
                row.questions.to_string().into(),
                row.is_sensitive.into(),
                row.asks_minors.into(),
                "published".into(),
                start_of(first_day()).into(),
                row.code.to_lowercase().into(),
            ]
        })),
    }
}

fn asked() -> Option<&'static Questionnaire> {
    QUESTIONNAIRES.iter().find(|questionnaire| questionnaire.code == ASKED)
}

/// All of them open, and none so short that the service would close it by itself.
fn campaigns() -> Table<'static> {
    let questionnaire = asked().map(|questionnaire| questionnaire.id);
    let [second, third] = waiting_campaigns();
    let campaigns = [answered_campaign(), second, third].into_iter().zip(1..).map(move |(campaign, number)| {
        vec![
            campaign.into(),
            questionnaire.into(),
            format!(r#"{{"id":"Survei kepuasan {number}","en":"Satisfaction survey {number}"}}"#).into(),
            "readers".into(),
            true.into(),
            first_day().into(),
            NaiveDate::from_ymd_opt(2099, 12, 31).into(),
            "open".into(),
            Value::Int(0),
            start_of(first_day()).into(),
            format!("survei kepuasan {number} satisfaction survey {number}").into(),
        ]
    });
    Table {
        name: "campaigns",
        columns: &[
            "id",
            "questionnaire_id",
            "title",
            "audience",
            "is_anonymous",
            "opens_on",
            "closes_on",
            "status",
            "tokens_issued",
            "opened_at",
            "search_text",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(campaigns),
    }
}

fn responses<'a>(amount: Amount) -> Table<'a> {
    let questions = asked().map(|asked| Vec::<Question>::deserialize(&asked.questions).unwrap_or_default());
    let questions = questions.unwrap_or_default();
    Table {
        name: "survey_responses",
        columns: &["campaign_id", "id", "answered_on", "answers"],
        rows: Box::new((0..amount.answers).map(move |index| {
            vec![
                answered_campaign().into(),
                id_of_an_answer(index).into(),
                first_day().into(),
                answers(&questions, index).into(),
            ]
        })),
    }
}

/// Scattered, its first bit unset: that is set once the answer is written anew.
fn id_of_an_answer(index: usize) -> Uuid {
    Uuid::from_u128(scattered_id(index).as_u128() & !(1 << 127))
}

/// What somebody answered, as the service keeps it: an element for each question, options by their place. Good marks are
/// commoner than bad ones, the first of the options than the last; what people say of themselves hangs together in nothing,
/// so there are as many kinds of respondents as there can be.
fn answers(questions: &[Question], respondent: usize) -> String {
    let kept = questions.iter().enumerate().map(|(place, question)| {
        let drawn = |lot: usize| scatter((respondent * questions.len() + place) * 4 + lot);
        let common = |count: usize| (drawn(0) % count.max(1)).min(drawn(1) % count.max(1));
        match question.kind.as_str() {
            _ if drawn(2) % LEAVES_OUT == 0 => Json::Null,
            "scale_1_4" => Json::from(4 - common(4)),
            "single" => Json::from(common(question.options.len())),
            "text" if drawn(3) % WRITES == 0 => Json::from("Mohon buka sampai malam pada akhir pekan."),
            _ => Json::Null,
        }
    });
    Json::Array(kept.collect()).to_string()
}
