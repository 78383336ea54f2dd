//! What a group of people answered, as it goes over the wire and is frozen.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::counting::ScaleName;
use crate::kernel::language::Localized;
use crate::surveys::questionnaires::questions::QuestionKind;
use crate::surveys::statistics::change::{ChangeElement, ReadinessBand};
use crate::surveys::statistics::satisfaction::SkmGrade;

/// The code of an option or of a question, for the OpenAPI.
#[derive(Serialize, ToSchema)]
#[schema(max_length = 40, example = "FEMALE")]
pub struct SurveyCode(pub String);

/// How many chose a value or an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "4", "text": {"id": "Sangat baik", "en": "Very good"}, "count": 12, "share": 60.0}))]
pub struct AnswerCount {
    /// The value, or the option's code.
    #[schema(max_length = 40)]
    pub code: String,
    /// What people read; null where a value has no name.
    #[schema(required)]
    pub text: Option<Localized>,
    /// How many chose it.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub count: i64,
    /// The share of those who answered, in percent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub share: f64,
}

/// A question as it came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "code": "Q1", "kind": "likert_5", "text": {"id": "Materi bermanfaat", "en": "The material is useful"},
    "is_withheld": false, "answered_count": 20, "answers": [], "mean": 4.1, "median": 4.0, "csat": 80.0, "nps": null
}))]
pub struct QuestionResult {
    /// Its code.
    #[schema(max_length = 40)]
    pub code: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What people read.
    pub text: Localized,
    /// Whether its figures are withheld, because too few people stand behind them or behind what could be worked out of them.
    pub is_withheld: bool,
    /// How many answered it; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100_000_000)]
    pub answered_count: Option<i64>,
    /// How many chose each value or option; empty for numbers and words, and where it is withheld.
    #[schema(max_items = 50)]
    pub answers: Vec<AnswerCount>,
    /// The mean of a scale or number, with four decimals.
    #[schema(required, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub mean: Option<f64>,
    /// The median of a scale.
    #[schema(required, minimum = 0, maximum = 10)]
    pub median: Option<f64>,
    /// CSAT of a scale from 1 to 5: the share of 4 and 5, in percent with two decimals.
    #[schema(required, minimum = 0, maximum = 100)]
    pub csat: Option<f64>,
    /// NPS of a scale from 0 to 10: percent of 9 and 10 less percent of 0 to 6, with two decimals.
    #[schema(required, minimum = -100, maximum = 100)]
    pub nps: Option<f64>,
}

/// An element (unsur) of the citizen satisfaction survey (SKM) as it came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "element": 3, "question_code": "U3", "answered_count": 10, "average": 2.9, "weighted_average": 0.3222, "place": 1
}))]
pub struct SkmElementResult {
    /// The element, 1 to 9 (U1 to U9); questionnaires ask them in different orders.
    #[schema(minimum = 1, maximum = 9)]
    pub element: i32,
    /// The question that asks for it.
    #[schema(max_length = 40)]
    pub question_code: String,
    /// How many answered it; each element may have another number.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub answered_count: i64,
    /// The average (nilai rata-rata, NRR) with four decimals.
    #[schema(minimum = 1, maximum = 4)]
    pub average: f64,
    /// The average times its weight (NRR tertimbang) with four decimals.
    #[schema(minimum = 0, maximum = 4)]
    pub weighted_average: f64,
    /// 1 for the lowest average, which asks for improvement first; equal averages share a place.
    #[schema(minimum = 1, maximum = 9)]
    pub place: usize,
}

/// The citizen satisfaction survey (SKM, PermenPANRB 14/2017) as it came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"elements": [], "value": 3.2889, "ikm": 82.22, "grade": "B"}))]
pub struct SkmResult {
    /// The elements, U1 first.
    #[schema(max_items = 9)]
    pub elements: Vec<SkmElementResult>,
    /// The sum of the weighted averages (nilai SKM) with four decimals.
    #[schema(minimum = 0, maximum = 5)]
    pub value: f64,
    /// The index (indeks kepuasan masyarakat, IKM): 25 times the exact sum, rounded half up to two decimals.
    #[schema(minimum = 0, maximum = 125)]
    pub ikm: f64,
    /// The grade (mutu pelayanan) of the rounded index.
    #[schema(required)]
    pub grade: Option<SkmGrade>,
}

/// An element of ADKAR as it came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"element": "desire", "mean": 3.0}))]
pub struct AdkarElementResult {
    /// The element.
    pub element: ChangeElement,
    /// The mean of the answers to its questions, with four decimals.
    #[schema(minimum = 1, maximum = 5)]
    pub mean: f64,
}

/// How many people meet their barrier at an element.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"element": "desire", "count": 7, "share": 29.17}))]
pub struct BarrierCount {
    /// The first element that they score 3 or less; null for those who have no barrier.
    #[schema(required)]
    pub element: Option<ChangeElement>,
    /// How many.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub count: i64,
    /// The share of those who answered all elements, in percent with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub share: f64,
}

/// Where people stand with a change (ADKAR).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"elements": [], "barrier": "desire", "answered_count": 24, "people": [], "resistance_share": 33.33}))]
pub struct AdkarResult {
    /// The elements, awareness first.
    #[schema(max_items = 5)]
    pub elements: Vec<AdkarElementResult>,
    /// The first element whose mean is 3 or less: what to work on; null where all lie above.
    #[schema(required)]
    pub barrier: Option<ChangeElement>,
    /// How many answered all elements; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100_000_000)]
    pub answered_count: Option<i64>,
    /// How many meet their barrier where; empty where that is withheld.
    #[schema(max_items = 6)]
    pub people: Vec<BarrierCount>,
    /// The share whose barrier is awareness or desire, in percent with two decimals; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100)]
    pub resistance_share: Option<f64>,
}

/// How ready people are for a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"index": 58.0, "band": "partly_ready"}))]
pub struct ReadinessResult {
    /// `(mean - 1) / 4 x 100` of all answers, with two decimals.
    #[schema(minimum = 0, maximum = 100)]
    pub index: f64,
    /// Its band: ready from 75, partly ready from 50.
    pub band: ReadinessBand,
}

/// How a training, or whatever was asked about, was received.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"mean": 4.25, "csat": 87.5, "nps": 40.0}))]
pub struct ReactionResult {
    /// The mean of all answers to questions on the reaction, with four decimals.
    #[schema(required, minimum = 1, maximum = 5)]
    pub mean: Option<f64>,
    /// The share of 4 and 5 among all answers on satisfaction, else on the reaction, in percent with two decimals.
    #[schema(required, minimum = 0, maximum = 100)]
    pub csat: Option<f64>,
    /// The net promoter score with two decimals.
    #[schema(required, minimum = -100, maximum = 100)]
    pub nps: Option<f64>,
}

/// What a group of people answered; everybody is one too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "codes": ["FEMALE"], "label": {"id": "Perempuan", "en": "Female"}, "answered_count": 31, "questions": [], "skm": null,
    "adkar": null, "readiness": null, "reaction": null
}))]
pub struct ResultGroup {
    /// The options that they chose: several where small groups are told together, none for everybody and for those who said nothing.
    #[schema(max_items = 51, value_type = Vec<SurveyCode>)]
    pub codes: Vec<String>,
    /// What people read.
    pub label: Localized,
    /// How many they are; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100_000_000)]
    pub answered_count: Option<i64>,
    /// What they answered; questions that tell people apart are left out.
    #[schema(max_items = 200)]
    pub questions: Vec<QuestionResult>,
    /// The citizen satisfaction survey (SKM), where it was asked.
    #[schema(required)]
    pub skm: Option<SkmResult>,
    /// ADKAR, where it was asked.
    #[schema(required)]
    pub adkar: Option<AdkarResult>,
    /// Readiness for change, where it was asked.
    #[schema(required)]
    pub readiness: Option<ReadinessResult>,
    /// The reaction, where it was asked.
    #[schema(required)]
    pub reaction: Option<ReactionResult>,
}

/// How well the questions of a scale hang together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"scale": "skm", "question_codes": ["U1", "U2"], "answered_count": 10, "alpha": 0.8731}))]
pub struct ScaleReliability {
    /// The scale.
    pub scale: ScaleName,
    /// Its questions.
    #[schema(max_items = 200, value_type = Vec<SurveyCode>)]
    pub question_codes: Vec<String>,
    /// How many answered all of them; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100_000_000)]
    pub answered_count: Option<i64>,
    /// Cronbach's alpha with four decimals, of those who answered all; 0.7 and more is held to be good. Null where it is withheld, or
    /// where all answered alike.
    #[schema(required, minimum = -1_000_000_000_000_000_i64, maximum = 1)]
    pub alpha: Option<f64>,
}
