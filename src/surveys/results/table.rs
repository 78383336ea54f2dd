//! Results as a table: a row for each value that could be chosen, and one for each question without any.

use super::dto::CampaignResults;
use super::figures::{QuestionResult, ResultGroup};
use crate::kernel::csv;
use crate::kernel::error::Result;
use crate::kernel::language::Language;

const HEADER: [&str; 14] = [
    "group_codes",
    "group",
    "group_answered_count",
    "question_code",
    "question",
    "is_withheld",
    "answered_count",
    "mean",
    "median",
    "csat",
    "nps",
    "answer_code",
    "answer",
    "count",
];

/// The results of everybody, then of each group.
pub fn table(results: &CampaignResults, language: Language) -> Result<Vec<u8>> {
    let groups = std::iter::once(&results.overall).chain(&results.groups);
    csv::write(&HEADER, groups.flat_map(|group| rows(group, language)))
}

fn rows(group: &ResultGroup, language: Language) -> Vec<Vec<String>> {
    let text = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let count = |count: Option<i64>| count.map(|count| count.to_string()).unwrap_or_default();
    let head = |question: &QuestionResult| {
        vec![
            group.codes.join(" "),
            group.label.text(language).to_owned(),
            count(group.answered_count),
            question.code.clone(),
            question.text.text(language).to_owned(),
            question.is_withheld.to_string(),
            count(question.answered_count),
            text(question.mean),
            text(question.median),
            text(question.csat),
            text(question.nps),
        ]
    };
    let of_question = |question: &QuestionResult| {
        let head = head(question);
        let with = |rest: [String; 3]| head.iter().cloned().chain(rest).collect::<Vec<_>>();
        if question.answers.is_empty() {
            return vec![with([String::new(), String::new(), String::new()])];
        }
        let answers = question.answers.iter().map(|answer| {
            let name = answer.text.as_ref().map(|text| text.text(language).to_owned()).unwrap_or_default();
            with([answer.code.clone(), name, answer.count.to_string()])
        });
        answers.collect()
    };
    group.questions.iter().flat_map(of_question).collect()
}
