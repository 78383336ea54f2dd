use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::figures::{ResultGroup, ScaleReliability, SurveyCode};
use super::layout::ResultDimension;
use super::suggestions::SkmSuggestion;
use crate::kernel::language::Localized;
use crate::kernel::page::Page;
use crate::surveys::skm_formulas::entity::SkmTerms;

/// A group of respondents, and how many they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"codes": ["FEMALE"], "label": {"id": "Perempuan", "en": "Female"}, "answered_count": 31}))]
pub struct ProfileGroup {
    /// The options that they chose.
    #[schema(max_items = 51, value_type = Vec<SurveyCode>)]
    pub codes: Vec<String>,
    /// What people read.
    pub label: Localized,
    /// How many they are.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub answered_count: i64,
}

/// Who answered, by one dimension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "by": "sex", "question_code": "SEX", "text": {"id": "Jenis kelamin", "en": "Sex"}, "is_withheld": false, "groups": []
}))]
pub struct RespondentProfile {
    /// The dimension; send it as `by` to have the results broken down.
    pub by: ResultDimension,
    /// The question.
    #[schema(max_length = 40)]
    pub question_code: String,
    /// What people read.
    pub text: Localized,
    /// Whether it is withheld, because groups would be too small, alone or together with those of other dimensions.
    pub is_withheld: bool,
    /// The groups; small ones are told together.
    #[schema(max_items = 51)]
    pub groups: Vec<ProfileGroup>,
}

/// The formula by which an index was computed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "skm_formula_id": "019b76da-a800-7a1d-8c41-52d0c6f0b7e3", "valid_from": "2017-05-09", "legal_basis": "PermenPANRB 14/2017",
    "terms": {"weight_mode": "exact", "bands": [{"from": 88.31, "grade": "A"}, {"from": 0.0, "grade": "D"}]}
}))]
pub struct AppliedFormula {
    /// The formula.
    pub skm_formula_id: Uuid,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The regulations.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// Weights and grades, as they were.
    pub terms: SkmTerms,
}

/// The campaign before, of the same questionnaire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "campaign_id": "019a0000-0000-7000-8000-000000000000", "title": {"id": "SKM 2025", "en": "SKM 2025"},
    "closed_on": "2025-06-30", "answered_count": 120, "ikm": 80.5, "ikm_change": 1.72, "means": []
}))]
pub struct PreviousResults {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its title.
    pub title: Localized,
    /// The day on which it closed.
    pub closed_on: NaiveDate,
    /// How many answered; null where that is withheld.
    #[schema(required, minimum = 0, maximum = 100_000_000)]
    pub answered_count: Option<i64>,
    /// Its index (IKM).
    #[schema(required, minimum = 0, maximum = 125)]
    pub ikm: Option<f64>,
    /// By how much the index rose since; below zero where it fell.
    #[schema(required, minimum = -125, maximum = 125)]
    pub ikm_change: Option<f64>,
    /// The means of the questions that both asked.
    #[schema(max_items = 200)]
    pub means: Vec<MeanChange>,
}

/// The mean of a question, then and since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "U3", "mean": 2.8, "change": 0.1}))]
pub struct MeanChange {
    /// The question's code.
    #[schema(max_length = 40)]
    pub code: String,
    /// Its mean then.
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    pub mean: f64,
    /// By how much it rose since.
    #[schema(minimum = -2_000_000_000, maximum = 2_000_000_000)]
    pub change: f64,
}

/// The results of a campaign, frozen when it closed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({
    "campaign_id": "019a0000-0000-7000-8000-000000000000", "title": {"id": "SKM 2026", "en": "SKM 2026"},
    "questionnaire_id": "019a0000-0000-7000-8000-000000000001", "questionnaire_code": "SKM", "edition": 1,
    "closed_on": "2026-04-30", "method": 1, "formula": null, "threshold": 5, "population": 500, "target_sample": 217,
    "overall": {"codes": [], "label": {"id": "Semua", "en": "Everybody"}, "answered_count": 220, "questions": [], "skm": null,
        "adkar": null, "readiness": null, "reaction": null},
    "reliability": [], "profile": [], "by": null, "groups": [], "previous": null, "suggestions": []
}))]
pub struct CampaignResults {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its title.
    pub title: Localized,
    /// The edition of the questionnaire.
    pub questionnaire_id: Uuid,
    /// The code of the questionnaire.
    #[schema(max_length = 40)]
    pub questionnaire_code: String,
    /// The number of the edition.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// The day on which it closed.
    pub closed_on: NaiveDate,
    /// The version of the computations by which the figures were made.
    #[schema(minimum = 1, maximum = 1000)]
    pub method: i32,
    /// The formula of the index (IKM); null where no SKM was asked.
    #[schema(required)]
    pub formula: Option<AppliedFormula>,
    /// The fewest people of whom anything is told, or can be worked out.
    #[schema(minimum = 5, maximum = 10)]
    pub threshold: i64,
    /// How many people could answer (N).
    #[schema(required, minimum = 1, maximum = 100_000_000)]
    pub population: Option<i32>,
    /// How many answers are aimed at (Krejcie and Morgan).
    #[schema(required, minimum = 0, maximum = 1000)]
    pub target_sample: Option<i64>,
    /// What everybody answered.
    pub overall: ResultGroup,
    /// How well the scales hang together.
    #[schema(max_items = 5)]
    pub reliability: Vec<ScaleReliability>,
    /// Who answered.
    #[schema(max_items = 6)]
    pub profile: Vec<RespondentProfile>,
    /// By what the results are broken down.
    #[schema(required)]
    pub by: Option<ResultDimension>,
    /// What each group answered; empty unless asked for with `by`, and where it is withheld.
    #[schema(max_items = 51)]
    pub groups: Vec<ResultGroup>,
    /// The campaign before, to compare with.
    #[schema(required)]
    pub previous: Option<PreviousResults>,
    /// What follows of the lowest elements of the satisfaction survey (SKM), for the library alone; nothing of it is published.
    #[schema(max_items = 9)]
    pub suggestions: Vec<SkmSuggestion>,
}

/// How the results are broken down.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ResultQuery {
    /// By what: one of the dimensions of the profile.
    #[param(inline, example = "sex")]
    pub by: Option<ResultDimension>,
}

/// Whether frozen results come out again.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({
    "campaign_id": "019a0000-0000-7000-8000-000000000000", "is_equal": true, "method": 1, "skm_formula_id": null,
    "frozen_sha256": "5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99",
    "recomputed_sha256": "5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99"
}))]
pub struct ResultVerification {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Whether the answers, counted anew by the method and formula of that day, give what was frozen, bit for bit.
    pub is_equal: bool,
    /// The version of the computations.
    #[schema(minimum = 1, maximum = 1000)]
    pub method: i32,
    /// The formula of the index (IKM), where one was used.
    #[schema(required)]
    pub skm_formula_id: Option<Uuid>,
    /// SHA-256 of what was frozen.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub frozen_sha256: String,
    /// SHA-256 of what comes out now.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub recomputed_sha256: String,
}

/// Words that somebody answered with.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(example = json!({"question_code": "SUGGESTION", "text": "Buka sampai malam pada akhir pekan."}))]
pub struct SurveyComment {
    /// The question.
    #[schema(max_length = 40)]
    pub question_code: String,
    /// The words.
    #[schema(max_length = 2000)]
    pub text: String,
}

/// A page of comments.
pub type SurveyCommentPage = Page<SurveyComment>;

/// Which comments to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SurveyCommentFilter {
    /// Answers to this question.
    #[param(max_length = 40, example = "SUGGESTION")]
    pub question_code: Option<String>,
}
