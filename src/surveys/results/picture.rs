//! Results as a picture: how the answers spread, or, broken down, a heat map of means.

use super::dto::CampaignResults;
use super::figures::{QuestionResult, ResultGroup};
use crate::kernel::language::Language;
use crate::kernel::svg::{Caption, HeatCell, HeatMap, HeatRow, HeatScale, StackedBars, StackedRow, StackedSection};
use crate::surveys::questionnaires::questions::QuestionKind;
use crate::surveys::statistics::satisfaction::SkmGrade;

/// Questions and groups of a picture.
const MOST_ROWS: usize = 40;
const MOST_COLUMNS: usize = 12;

/// Draws results.
pub fn picture(results: &CampaignResults, language: Language) -> Vec<u8> {
    let scored: Vec<&QuestionResult> =
        results.overall.questions.iter().filter(|question| question.kind.scale().is_some()).take(MOST_ROWS).collect();
    let svg = if results.by.is_some() {
        heat_map(results, &scored, language).to_svg()
    } else {
        StackedBars {
            caption: caption(results, language),
            sections: sections(&scored, language),
            empty_label: withheld(language).to_owned(),
        }
        .to_svg()
    };
    svg.into_bytes()
}

fn withheld(language: Language) -> &'static str {
    language.pick("ditahan: terlalu sedikit jawaban", "withheld: too few answers")
}

fn caption(results: &CampaignResults, language: Language) -> Caption {
    let mut parts = Vec::new();
    if let Some(skm) = &results.overall.skm {
        let grade = skm.grade.map(|grade| format!(" · {}", grade_name(grade, language))).unwrap_or_default();
        parts.push(format!("IKM {}{grade}", decimals(skm.ikm, 2, language)));
    }
    if let Some(readiness) = &results.overall.readiness {
        let name = language.pick("indeks kesiapan", "readiness index");
        parts.push(format!("{name} {}", decimals(readiness.index, 2, language)));
    }
    if let Some(count) = results.overall.answered_count {
        parts.push(format!("{count} {}", language.pick("responden", "respondents")));
    }
    parts.push(results.closed_on.to_string());
    Caption {
        lang: language.tag().to_owned(),
        title: results.title.text(language).to_owned(),
        subtitle: parts.join(" · "),
        description: language
            .pick(
                "Sebaran jawaban atas setiap pertanyaan berskala",
                "How the answers to each question on a scale spread",
            )
            .to_owned(),
    }
}

fn grade_name(grade: SkmGrade, language: Language) -> &'static str {
    match grade {
        SkmGrade::A => language.pick("A, sangat baik", "A, very good"),
        SkmGrade::B => language.pick("B, baik", "B, good"),
        SkmGrade::C => language.pick("C, kurang baik", "C, less good"),
        SkmGrade::D => language.pick("D, tidak baik", "D, not good"),
    }
}

fn decimals(number: f64, decimals: usize, language: Language) -> String {
    let written = format!("{number:.decimals$}");
    language.pick(&written.replace('.', ","), &written).to_owned()
}

/// Questions of the same kind that follow one another share a legend.
fn sections(questions: &[&QuestionResult], language: Language) -> Vec<StackedSection> {
    questions.chunk_by(|one, other| one.kind == other.kind).map(|questions| section(questions, language)).collect()
}

fn section(questions: &[&QuestionResult], language: Language) -> StackedSection {
    let is_nps = questions.first().is_some_and(|first| first.kind == QuestionKind::Scale0To10);
    let row = |question: &&QuestionResult| StackedRow {
        label: question.text.text(language).to_owned(),
        shares: (!question.is_withheld).then(|| shares(question)),
        figure: match (question.nps, question.mean) {
            (Some(nps), _) if is_nps => format!("{}{}", if nps > 0.0 { "+" } else { "" }, decimals(nps, 0, language)),
            (_, Some(mean)) => decimals(mean, 2, language),
            _ => String::new(),
        },
    };
    StackedSection {
        legend: legend(questions, language),
        figure_label: if is_nps { "NPS" } else { language.pick("rerata", "mean") }.to_owned(),
        rows: questions.iter().map(row).collect(),
    }
}

/// The names of the values, where all questions name them alike, else the values; of a scale from 0 to 10 the parts of the net
/// promoter score.
fn legend(questions: &[&QuestionResult], language: Language) -> Vec<String> {
    let Some(first) = questions.first() else { return Vec::new() };
    if first.kind == QuestionKind::Scale0To10 {
        return ["0–6", "7–8", "9–10"].map(str::to_owned).to_vec();
    }
    let (least, most) = first.kind.scale().unwrap_or((1, 5));
    let names = |question: &QuestionResult| {
        let named = |value: i32| question.answers.iter().find(|answer| answer.code == value.to_string());
        let name =
            |value| named(value).and_then(|answer| answer.text.as_ref()).map(|text| text.text(language).to_owned());
        (least..=most).map(|value| name(value).unwrap_or_else(|| value.to_string())).collect::<Vec<_>>()
    };
    let told: Vec<_> =
        questions.iter().filter(|question| !question.is_withheld).map(|question| names(question)).collect();
    match told.first() {
        Some(shared) if told.iter().all(|other| other == shared) => shared.clone(),
        _ => {
            let (low, high) = (language.pick("terendah", "lowest"), language.pick("tertinggi", "highest"));
            let end = |value: i32| match value {
                _ if value == least => format!("{value} {low}"),
                _ if value == most => format!("{value} {high}"),
                _ => value.to_string(),
            };
            (least..=most).map(end).collect()
        }
    }
}

fn shares(question: &QuestionResult) -> Vec<f64> {
    let all = question.answers.iter().map(|answer| answer.share);
    if question.kind != QuestionKind::Scale0To10 {
        return all.collect();
    }
    let all: Vec<f64> = all.collect();
    let between = |first: usize, last: usize| all.iter().skip(first).take(last - first).sum();
    vec![between(0, 7), between(7, 9), between(9, 11)]
}

fn heat_map(results: &CampaignResults, questions: &[&QuestionResult], language: Language) -> HeatMap {
    let groups: Vec<&ResultGroup> = results.groups.iter().take(MOST_COLUMNS).collect();
    let cell = |group: &ResultGroup, code: &str| {
        let found = group.questions.iter().find(|question| question.code == code)?;
        let (mean, (least, most)) = (found.mean?, found.kind.scale()?);
        let value = (mean - f64::from(least)) / f64::from(most - least);
        Some(HeatCell { value: Some(value), text: decimals(mean, 2, language) })
    };
    let rows = questions.iter().map(|question| HeatRow {
        label: question.text.text(language).to_owned(),
        cells: groups.iter().map(|group| cell(group, &question.code).unwrap_or_else(HeatCell::empty)).collect(),
    });
    let by = results.profile.iter().find(|profile| Some(profile.by) == results.by);
    let caption = caption(results, language);
    let by = by.map(|profile| profile.text.text(language)).unwrap_or_default();
    HeatMap {
        caption: Caption { subtitle: format!("{} · {by}", caption.subtitle), ..caption },
        columns: groups.iter().map(|group| group.label.text(language).to_owned()).collect(),
        rows: rows.collect(),
        scale: HeatScale::Share,
        low_label: language.pick("rendah", "low").to_owned(),
        high_label: language.pick("tinggi", "high").to_owned(),
        empty_label: withheld(language).to_owned(),
    }
}
