use std::collections::BTreeSet;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::validation::{URL_OR_FILE, fault};

/// How a level was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AssessmentMethod {
    /// The person's own estimate (asesmen mandiri); counts once a mentor or admin confirmed it.
    #[serde(rename = "self")]
    SelfAssessment,
    /// A mentor's observation.
    Mentor,
    /// An assessor's judgement (asesor).
    Assessor,
    /// A certificate of competency (sertifikat LSP).
    Certification,
    /// A test.
    Test,
}

/// The life of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AssessmentStatus {
    /// Being written.
    Draft,
    /// Waits for somebody to confirm it.
    Submitted,
    /// Counts.
    Confirmed,
    /// Sent back to be mended.
    Returned,
}

/// What shows that a level is right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[validate(schema(function = at_most_one_place))]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "Portofolio pengatalogan 2026", "url": "https://example.org/portofolio", "file_id": null}))]
pub struct Evidence {
    /// What it is.
    #[validate(length(min = 1, max = 200), custom(function = crate::kernel::validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: String,
    /// Where it can be seen.
    #[validate(length(min = 1, max = 2000), custom(function = crate::kernel::validation::web_address))]
    #[schema(required, format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    #[serde(default)]
    pub url: Option<String>,
    /// The file that it is, instead of an address: one of the writer's own that is available.
    #[serde(default)]
    pub file_id: Option<Uuid>,
}

fn at_most_one_place(evidence: &Evidence) -> Result<(), ValidationError> {
    if evidence.url.is_some() && evidence.file_id.is_some() { Err(fault(&URL_OR_FILE)) } else { Ok(()) }
}

/// All evidence of an assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct EvidenceList(pub Vec<Evidence>);

impl EvidenceList {
    /// The files among it.
    pub fn files(&self) -> BTreeSet<Uuid> {
        self.0.iter().filter_map(|evidence| evidence.file_id).collect()
    }

    /// The files that were not among the evidence before, each with its place under `list`, a JSON pointer.
    pub fn new_files(&self, before: &BTreeSet<Uuid>, list: &str) -> Vec<(String, Uuid)> {
        let named = self.0.iter().enumerate().filter_map(|(number, evidence)| Some((number, evidence.file_id?)));
        let new = named.filter(|(_, id)| !before.contains(id));
        new.map(|(number, id)| (format!("{list}/{number}/file_id"), id)).collect()
    }
}

/// A judgement of somebody's level in a competency.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "assessments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub librarian_id: Uuid,
    pub competency_id: Uuid,
    pub method: AssessmentMethod,
    /// 1 to 5.
    pub level: i32,
    /// From when it counts.
    pub assessed_on: Date,
    /// The last day on which it counts; open where nobody said.
    pub valid_until: Option<Date>,
    pub status: AssessmentStatus,
    #[sea_orm(column_type = "JsonBinary")]
    pub evidence: EvidenceList,
    pub note: Option<String>,
    /// The user who wrote it.
    pub author_id: Option<Uuid>,
    pub submitted_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    /// The user who confirmed or returned it.
    pub decided_by: Option<Uuid>,
    pub return_reason: Option<String>,
    /// The assessment of an older framework that it was carried over from.
    pub carried_from_id: Option<Uuid>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "assessment";
    const COLLECTION: Option<&'static str> = Some("assessments");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
