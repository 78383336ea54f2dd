//! The results of a closed campaign: the frozen row as it lies there, with what stands around it. Nothing of it is read but
//! where its parts begin and end, and how the elements of the SKM came out, from which suggestions follow; the place to
//! change when the service's `surveys::results` (`dto.rs`, `report.rs`, `suggestions.rs`) changes.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::rows::{Localized, Row};

/// Path of the results, with the campaign to be filled in.
pub(crate) const RESULTS: &str = "/api/v1/campaigns/{id}/results";

/// What was frozen, by its primary key, with the campaign and what it asked. The service looks for a campaign before, to
/// compare with; the seed makes none, nor does it say how many people could answer.
pub(crate) const SELECT_FROZEN: &str = "SELECT c.id, c.title, c.closed_at, q.id, q.code, q.edition, r.method, r.threshold, \
    r.content FROM campaign_results r JOIN campaigns c ON c.id = r.campaign_id \
    JOIN questionnaires q ON q.id = c.questionnaire_id WHERE r.campaign_id = $1 AND r.audience = 'library'";

/// The measured parameter of the results.
#[derive(Deserialize)]
pub(crate) struct Broken {
    by: Option<String>,
}

/// A row of [`SELECT_FROZEN`].
pub(crate) struct Frozen {
    campaign_id: Uuid,
    title: Localized,
    closed_at: DateTime<Utc>,
    questionnaire_id: Uuid,
    questionnaire_code: String,
    edition: i32,
    method: i32,
    threshold: i32,
    content: String,
}

#[derive(Deserialize)]
struct Content<'a> {
    #[serde(borrow)]
    formula: &'a RawValue,
    #[serde(borrow)]
    report: Report<'a>,
}

/// Of the formula: from which index on which grade is given, the highest first.
#[derive(Deserialize)]
struct Formula {
    terms: Terms,
}

#[derive(Deserialize)]
struct Terms {
    bands: Vec<Band>,
}

#[derive(Deserialize)]
struct Band {
    from: f64,
    grade: char,
}

#[derive(Deserialize)]
struct Overall<'a> {
    #[serde(borrow)]
    skm: Option<Skm<'a>>,
}

#[derive(Deserialize)]
struct Skm<'a> {
    #[serde(borrow)]
    elements: Vec<Scored<'a>>,
}

#[derive(Deserialize)]
struct Scored<'a> {
    element: i32,
    question_code: &'a str,
    average: f64,
    place: usize,
}

/// What follows of an element that came out low.
#[derive(Serialize)]
struct Suggestion<'a> {
    element: i32,
    question_code: &'a str,
    follow_up: &'static str,
    text: Text,
}

#[derive(Serialize)]
struct Text {
    id: &'static str,
    en: &'static str,
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    overall: &'a RawValue,
    #[serde(borrow)]
    reliability: &'a RawValue,
    #[serde(borrow)]
    profile: &'a RawValue,
    #[serde(borrow)]
    breakdowns: Vec<Breakdown<'a>>,
}

#[derive(Deserialize)]
struct Breakdown<'a> {
    by: &'a str,
    #[serde(borrow)]
    groups: &'a RawValue,
}

/// The results as the service answers them.
#[derive(Serialize)]
pub(crate) struct Results<'a> {
    campaign_id: Uuid,
    title: &'a Localized,
    questionnaire_id: Uuid,
    questionnaire_code: &'a str,
    edition: i32,
    closed_on: NaiveDate,
    method: i32,
    formula: &'a RawValue,
    threshold: i32,
    population: Option<i32>,
    target_sample: Option<i32>,
    overall: &'a RawValue,
    reliability: &'a RawValue,
    profile: &'a RawValue,
    by: Option<&'a str>,
    groups: &'a RawValue,
    previous: Option<()>,
    suggestions: Vec<Suggestion<'a>>,
}

/// Suggestions for the elements among the lowest three or below B, but for those that are A.
fn suggestions<'a>(skm: Skm<'a>, formula: &Formula) -> Vec<Suggestion<'a>> {
    let grade = |average: f64| {
        let index = (average * 2500.0).round() / 100.0;
        formula.terms.bands.iter().find(|band| index >= band.from).map(|band| band.grade)
    };
    let is_low = |element: &Scored<'a>| match grade(element.average) {
        Some('A') => false,
        Some('B') | None => element.place <= 3,
        Some(_) => true,
    };
    let suggested = skm.elements.into_iter().filter(is_low).map(|Scored { element, question_code, .. }| {
        let (follow_up, id, en) = match element {
            6 | 7 => (
                "training_need",
                "Catat sebagai kebutuhan pelatihan petugas layanan: petakan kesenjangan kompetensinya, lalu rencanakan kegiatan",
                "Take it as a training need of those who serve readers: look at their gaps, then plan an activity",
            ),
            _ => (
                "service_improvement",
                "Susun perbaikan layanan untuk unsur ini, dengan penanggung jawab dan tenggat",
                "Plan an improvement of the service for this element, with somebody in charge and a due date",
            ),
        };
        Suggestion { element, question_code, follow_up, text: Text { id, en } }
    });
    suggested.collect()
}

impl Frozen {
    /// Decodes a row.
    pub(crate) fn read(row: &impl Row) -> anyhow::Result<Self> {
        Ok(Self {
            campaign_id: row.get(0)?,
            title: row.json(1)?,
            closed_at: row.get(2)?,
            questionnaire_id: row.get(3)?,
            questionnaire_code: row.get(4)?,
            edition: row.get(5)?,
            method: row.get(6)?,
            threshold: row.get(7)?,
            content: row.get(8)?,
        })
    }

    /// Its results, with the groups that are asked for.
    pub(crate) fn results<'a>(&'a self, broken: &'a Broken) -> anyhow::Result<Results<'a>> {
        let Content { formula, report } = serde_json::from_str(&self.content)?;
        let by = broken.by.as_deref();
        let groups = report.breakdowns.iter().find(|breakdown| Some(breakdown.by) == by);
        let Overall { skm } = serde_json::from_str(report.overall.get())?;
        let rule: Option<Formula> = serde_json::from_str(formula.get())?;
        Ok(Results {
            campaign_id: self.campaign_id,
            title: &self.title,
            questionnaire_id: self.questionnaire_id,
            questionnaire_code: &self.questionnaire_code,
            edition: self.edition,
            // The day in Singkawang (WIB, UTC+7).
            closed_on: (self.closed_at + TimeDelta::hours(7)).date_naive(),
            method: self.method,
            formula,
            threshold: self.threshold,
            population: None,
            target_sample: None,
            overall: report.overall,
            reliability: report.reliability,
            profile: report.profile,
            by,
            groups: groups.map_or(serde_json::from_str("[]"), |breakdown| Ok(breakdown.groups))?,
            previous: None,
            suggestions: skm.zip(rule).map(|(skm, rule)| suggestions(skm, &rule)).unwrap_or_default(),
        })
    }
}
