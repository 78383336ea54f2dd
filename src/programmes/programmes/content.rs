//! What is written of a programme: whole when it is new, in parts when it changes.

use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::entity::{ActiveModel, Aims, CompetencyAim, Model, Objectives, TargetGroup};
use crate::competencies::aims::no_competency_twice;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::text::search_text;
use crate::kernel::validation;

/// The longest objective.
const LONGEST_OBJECTIVE: usize = 500;

/// A programme to be entered, as a draft.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "year": 2026, "title": "Program Pembinaan Pustakawan 2026",
    "objectives": ["Setiap pustakawan mencapai 20 JP", "Layanan digital dikuasai di semua unit"],
    "target_group": {"tags": ["pustakawan ahli"], "unit_ids": [], "position_ids": []}
}))]
pub struct NewProgramme {
    /// The year that it frames.
    #[validate(range(min = 2000, max = 2100))]
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// The title.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub title: String,
    /// What it is about.
    #[validate(length(min = 1, max = 5000))]
    #[schema(min_length = 1, max_length = 5000)]
    pub description: Option<String>,
    /// What it is to reach (tujuan), each a sentence of at most 500 characters.
    #[validate(length(max = 20), custom(function = sentences))]
    #[schema(max_items = 20, value_type = Vec<Objective>)]
    #[serde(default)]
    pub objectives: Vec<String>,
    /// Competencies with the level aimed at: units of a framework that is published or still being written.
    #[validate(nested, length(max = 50), custom(function = no_competency_twice))]
    #[schema(max_items = 50)]
    #[serde(default)]
    pub targets: Vec<CompetencyAim>,
    /// At whom it aims; the whole staff unless said otherwise.
    #[validate(nested)]
    #[serde(default)]
    pub target_group: TargetGroup,
    /// The librarian who answers for it (penanggung jawab).
    pub responsible_id: Option<Uuid>,
}

/// A sentence of the objectives, for the OpenAPI.
#[derive(Serialize, ToSchema)]
#[schema(min_length = 1, max_length = 500, pattern = r"\S", example = "Setiap pustakawan mencapai 20 JP")]
pub struct Objective(pub String);

fn sentences(sentences: &[String]) -> Result<(), ValidationError> {
    if sentences.iter().any(|sentence| sentence.chars().count() > LONGEST_OBJECTIVE) {
        let mut error = ValidationError::new("length");
        error.add_param("max".into(), &LONGEST_OBJECTIVE);
        return Err(error);
    }
    sentences.iter().try_for_each(|sentence| validation::visible(sentence))
}

/// Changes of a programme: a merge patch (RFC 7396).
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"objectives": ["Setiap pustakawan mencapai 20 JP"]}))]
pub struct ProgrammeChanges {
    /// Another year, while it is a draft.
    #[schema(minimum = 2000, maximum = 2100, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub year: Option<i32>,
    /// Another title.
    #[schema(min_length = 1, max_length = 300, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another description; null clears it.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 5000)]
    #[serde(default)]
    pub description: Patch<String>,
    /// Other objectives, all of them.
    #[schema(max_items = 20, nullable = false, value_type = Vec<Objective>)]
    #[serde(default, deserialize_with = "not_null")]
    pub objectives: Option<Vec<String>>,
    /// Other targets, all of them.
    #[schema(max_items = 50, nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub targets: Option<Vec<CompetencyAim>>,
    /// Another target group, whole.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub target_group: Option<TargetGroup>,
    /// Somebody else who answers for it; null clears it, while it is a draft.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub responsible_id: Patch<Uuid>,
}

impl ProgrammeChanges {
    /// The programme as it is to be: what the patch leaves out stays. The rules of [`NewProgramme`] are run on it.
    pub fn onto(self, row: &Model) -> NewProgramme {
        NewProgramme {
            year: self.year.unwrap_or(row.year),
            title: self.title.unwrap_or_else(|| row.title.clone()),
            description: self.description.or(row.description.clone()),
            objectives: self.objectives.unwrap_or_else(|| row.objectives.0.clone()),
            targets: self.targets.unwrap_or_else(|| row.targets.0.clone()),
            target_group: self.target_group.unwrap_or_else(|| row.target_group.clone()),
            responsible_id: self.responsible_id.or(row.responsible_id),
        }
    }
}

impl NewProgramme {
    /// Writes it into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.year = Set(self.year);
        row.title = Set(self.title.clone());
        row.description = Set(self.description.clone());
        row.objectives = Set(Objectives(self.objectives.clone()));
        row.targets = Set(Aims(self.targets.clone()));
        row.target_group = Set(self.target_group.clone());
        row.responsible_id = Set(self.responsible_id);
        row.search_text = Set(search_text(&[&self.title, self.description.as_deref().unwrap_or_default()]));
    }
}
