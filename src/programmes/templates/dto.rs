use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use validator::Validate;

use super::references::TemplateAim;
use crate::kernel::validation::{self, ShortWord};
use crate::programmes::programmes::content::Objective;

/// What a template says that it is.
pub const FORMAT: &str = "bina-pustaka/programme-template/1";

/// A programme for another library (templat program): no people, no places, nothing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "format": "bina-pustaka/programme-template/1", "year": 2026, "title": "Program Pembinaan Pustakawan 2026",
    "description": null, "objectives": ["Setiap pustakawan mencapai 20 JP"], "targets": [],
    "target_group": {"tags": ["pustakawan ahli"], "position_codes": ["15504"]},
    "milestones": [{"title": "Asesmen awal tahun selesai", "description": null, "due_on": "2026-02-27"}],
    "parts": {"activities": []}
}))]
pub struct ProgrammeTemplate {
    /// What this file is, and its version.
    #[schema(max_length = 60, pattern = "^bina-pustaka/programme-template/1$")]
    pub format: String,
    /// The year for which its dates stand.
    #[validate(range(min = 2000, max = 2100))]
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// The title.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: String,
    /// What it is about.
    #[schema(required, min_length = 1, max_length = 5000)]
    pub description: Option<String>,
    /// What it is to reach (tujuan), each a sentence.
    #[schema(max_items = 20, value_type = Vec<Objective>)]
    pub objectives: Vec<String>,
    /// Competencies with the level aimed at.
    #[validate(nested, length(max = 50))]
    #[schema(max_items = 50)]
    pub targets: Vec<TemplateAim>,
    /// At whom it aims (sasaran).
    pub target_group: TemplateTargetGroup,
    /// Its milestones (tonggak capaian).
    #[validate(nested, length(max = 500))]
    #[schema(max_items = 500)]
    pub milestones: Vec<TemplateMilestone>,
    /// What the chapters add: `activities`, each with its sessions, and more to come.
    #[schema(value_type = Object)]
    pub parts: BTreeMap<String, Vec<Value>>,
}

/// At whom a programme aims, in terms that every library knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"tags": ["pustakawan ahli"], "position_codes": ["15504"]}))]
pub struct TemplateTargetGroup {
    /// Words for people to read.
    #[schema(max_items = 20, value_type = Vec<ShortWord>)]
    pub tags: Vec<String>,
    /// Positions by their SIASN codes.
    #[schema(max_items = 50, value_type = Vec<ShortWord>)]
    pub position_codes: Vec<String>,
}

/// What is to be reached by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "Asesmen awal tahun selesai", "description": null, "due_on": "2026-02-27"}))]
pub struct TemplateMilestone {
    /// What is to be reached.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: String,
    /// More about it.
    #[validate(length(min = 1, max = 5000))]
    #[schema(required, min_length = 1, max_length = 5000)]
    pub description: Option<String>,
    /// By when.
    #[validate(custom(function = validation::day))]
    pub due_on: NaiveDate,
}
