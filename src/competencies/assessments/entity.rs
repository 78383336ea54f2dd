use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "Portofolio pengatalogan 2026", "url": "https://example.org/portofolio"}))]
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
}

/// All evidence of an assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct EvidenceList(pub Vec<Evidence>);

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
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
