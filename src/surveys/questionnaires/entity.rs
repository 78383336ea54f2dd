use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::questions::Questions;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::language::Localized;

/// The life of an edition of a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum QuestionnaireStatus {
    /// Being written; admins see it.
    Draft,
    /// In use; it never changes.
    Published,
    /// No new campaign asks it; those under way go on.
    Retired,
}

/// An edition of a questionnaire.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "questionnaires")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    /// Counts the editions of a code.
    pub edition: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub title: Localized,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub intro: Option<Localized>,
    #[sea_orm(column_type = "JsonBinary")]
    pub questions: Questions,
    /// Whether its answers are withheld in groups of fewer than 10 instead of 5.
    pub is_sensitive: bool,
    pub asks_minors: bool,
    pub status: QuestionnaireStatus,
    pub published_at: Option<DateTimeUtc>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "questionnaire";
    const COLLECTION: Option<&'static str> = Some("questionnaires");
    const READERS: Readers = Readers::Everyone;
}
