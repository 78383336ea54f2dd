use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::competencies::assessments::entity::AssessmentMethod;
use crate::kernel::db::Record;
use crate::kernel::error::{Error, Result};
use crate::kernel::event::Readers;
use crate::kernel::language::Localized;

/// The life of a framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FrameworkStatus {
    /// May still change.
    Draft,
    /// In use, and never changes again.
    Published,
    /// Out of use.
    Retired,
}

/// How several confirmed assessments of one competency become one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LevelRule {
    /// The latest counts.
    Latest,
    /// The best counts.
    Best,
    /// The mean, in which an assessment of two years ago weighs half.
    Weighted,
    /// The latest by one method counts.
    RequiredSource,
}

/// A version of a competency framework.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "frameworks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub version_label: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub title: Localized,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub description: Option<Localized>,
    pub source: Option<String>,
    pub status: FrameworkStatus,
    pub level_rule: LevelRule,
    pub required_source: Option<AssessmentMethod>,
    pub supersedes_id: Option<Uuid>,
    /// Whether its codes or texts still wait to be checked against the official ones.
    pub provisional: bool,
    pub published_at: Option<DateTimeUtc>,
    pub retired_at: Option<DateTimeUtc>,
    /// What a CASE package said beyond what we use, as JSON: a text, so that it goes out byte for byte as it came in.
    #[sea_orm(column_type = "Text", nullable)]
    pub case_extra: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "framework";
    const COLLECTION: Option<&'static str> = Some("frameworks");
    const READERS: Readers = Readers::Everyone;

    fn audit(row: &Model) -> Result<serde_json::Value> {
        let mut kept = serde_json::to_value(row).map_err(Error::internal)?;
        if let Some(fields) = kept.as_object_mut() {
            // What follows from the rest, and what only goes out again as it came in.
            fields.retain(|name, _| name != "search_text" && name != "case_extra");
        }
        Ok(kept)
    }
}
