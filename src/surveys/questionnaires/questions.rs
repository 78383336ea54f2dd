//! What a questionnaire asks, as it is written and kept.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::language::Localized;
use crate::kernel::validation;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// A whole number from 1 (least) to 5 (most).
    #[serde(rename = "likert_5")]
    Likert5,
    /// A whole number from 1 to 4, as the citizen satisfaction survey (SKM) has it.
    #[serde(rename = "scale_1_4")]
    Scale1To4,
    /// A whole number from 0 to 10.
    #[serde(rename = "scale_0_10")]
    Scale0To10,
    /// The code of one option.
    Single,
    /// The codes of one or several options.
    Multiple,
    /// A number with at most two decimals.
    Number,
    /// Words.
    Text,
}

impl QuestionKind {
    /// Least and most of a scale; nothing for other kinds.
    pub const fn scale(self) -> Option<(i32, i32)> {
        match self {
            Self::Likert5 => Some((1, 5)),
            Self::Scale1To4 => Some((1, 4)),
            Self::Scale0To10 => Some((0, 10)),
            Self::Single | Self::Multiple | Self::Number | Self::Text => None,
        }
    }
}

/// What a question measures, for the figures that are computed from its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionTag {
    /// SKM element 1, requirements (persyaratan), PermenPANRB 14/2017.
    SkmU1,
    /// SKM element 2, system, mechanism, procedure (sistem, mekanisme, prosedur).
    SkmU2,
    /// SKM element 3, time of completion (waktu penyelesaian).
    SkmU3,
    /// SKM element 4, cost (biaya/tarif).
    SkmU4,
    /// SKM element 5, the product of the service (produk spesifikasi jenis pelayanan).
    SkmU5,
    /// SKM element 6, competence of the staff (kompetensi pelaksana).
    SkmU6,
    /// SKM element 7, behaviour of the staff (perilaku pelaksana).
    SkmU7,
    /// SKM element 8, complaints, suggestions, comments (penanganan pengaduan, saran dan masukan).
    SkmU8,
    /// SKM element 9, facilities (sarana dan prasarana).
    SkmU9,
    /// ADKAR: knows why the change is made.
    AdkarAwareness,
    /// ADKAR: wants to take part.
    AdkarDesire,
    /// ADKAR: knows how.
    AdkarKnowledge,
    /// ADKAR: can do it at work.
    AdkarAbility,
    /// ADKAR: is kept up.
    AdkarReinforcement,
    /// Readiness for change: commitment.
    ReadinessCommitment,
    /// Readiness for change: efficacy.
    ReadinessEfficacy,
    /// Satisfaction (CSAT).
    Csat,
    /// Would recommend it (NPS).
    Nps,
    /// Reaction to a training: material (materi).
    ReactionMaterial,
    /// Reaction to a training: speaker (narasumber).
    ReactionSpeaker,
    /// Reaction to a training: organisation (penyelenggara).
    ReactionOrganisation,
    /// Reaction to a training: facilities (sarana).
    ReactionFacilities,
    /// Of the respondent: sex (jenis kelamin).
    DemographicSex,
    /// Of the respondent: age band (kelompok usia).
    DemographicAgeBand,
    /// Of the respondent: education (pendidikan).
    DemographicEducation,
    /// Of the respondent: occupation (pekerjaan).
    DemographicOccupation,
    /// Of the respondent: the service used (jenis layanan).
    DemographicService,
    /// Of the respondent: district (kecamatan).
    DemographicDistrict,
}

impl QuestionTag {
    /// Whether at most one question of a questionnaire may measure it: an element of the SKM, the recommendation, and what is said of
    /// the respondent.
    pub const fn stands_once(self) -> bool {
        !matches!(
            self,
            Self::AdkarAwareness
                | Self::AdkarDesire
                | Self::AdkarKnowledge
                | Self::AdkarAbility
                | Self::AdkarReinforcement
                | Self::ReadinessCommitment
                | Self::ReadinessEfficacy
                | Self::Csat
                | Self::ReactionMaterial
                | Self::ReactionSpeaker
                | Self::ReactionOrganisation
                | Self::ReactionFacilities
        )
    }

    /// Whether a question of this kind can measure it.
    pub const fn fits(self, kind: QuestionKind) -> bool {
        match self {
            Self::SkmU1
            | Self::SkmU2
            | Self::SkmU3
            | Self::SkmU4
            | Self::SkmU5
            | Self::SkmU6
            | Self::SkmU7
            | Self::SkmU8
            | Self::SkmU9 => matches!(kind, QuestionKind::Scale1To4),
            Self::Nps => matches!(kind, QuestionKind::Scale0To10),
            Self::ReactionMaterial | Self::ReactionSpeaker | Self::ReactionOrganisation | Self::ReactionFacilities => {
                matches!(kind, QuestionKind::Likert5 | QuestionKind::Scale1To4)
            }
            Self::DemographicSex
            | Self::DemographicAgeBand
            | Self::DemographicEducation
            | Self::DemographicOccupation
            | Self::DemographicService
            | Self::DemographicDistrict => matches!(kind, QuestionKind::Single),
            Self::AdkarAwareness
            | Self::AdkarDesire
            | Self::AdkarKnowledge
            | Self::AdkarAbility
            | Self::AdkarReinforcement
            | Self::ReadinessCommitment
            | Self::ReadinessEfficacy
            | Self::Csat => matches!(kind, QuestionKind::Likert5),
        }
    }
}

/// Something that can be chosen; for a scale, the name of one of its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "FEMALE", "text": {"id": "Perempuan", "en": "Female"}}))]
pub struct QuestionOption {
    /// Its code, stable for ever; for a scale, the value.
    #[validate(length(min = 1, max = 40), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub code: String,
    /// What people read.
    #[validate(nested)]
    pub text: Localized,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "U3", "kind": "scale_1_4", "text": {"id": "Bagaimana kecepatan pelayanan?", "en": "How fast is the service?"},
    "is_required": true, "options": [], "least": null, "most": null, "tags": ["skm_u3"]
}))]
pub struct SurveyQuestion {
    /// Its code, stable from edition to edition.
    #[validate(length(min = 1, max = 40), custom(function = validation::code))]
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Z0-9][A-Z0-9._-]*$")]
    pub code: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What people read.
    #[validate(nested)]
    pub text: Localized,
    /// Whether it must be answered.
    pub is_required: bool,
    /// What can be chosen; for a scale, names of values.
    #[validate(nested, length(max = 50))]
    #[schema(max_items = 50)]
    #[serde(default)]
    pub options: Vec<QuestionOption>,
    /// The least number, where it is answered by one; null for no limit.
    #[validate(range(min = -1_000_000_000, max = 1_000_000_000))]
    #[schema(required, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    #[serde(default)]
    pub least: Option<i32>,
    /// The greatest number, where it is answered by one; null for no limit.
    #[validate(range(min = -1_000_000_000, max = 1_000_000_000))]
    #[schema(required, minimum = -1_000_000_000, maximum = 1_000_000_000)]
    #[serde(default)]
    pub most: Option<i32>,
    /// What it measures.
    #[validate(length(max = 3))]
    #[schema(max_items = 3)]
    #[serde(default)]
    pub tags: Vec<QuestionTag>,
}

/// The questions of a questionnaire, in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Questions(pub Vec<SurveyQuestion>);
