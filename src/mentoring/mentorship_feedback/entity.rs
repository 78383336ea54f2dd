use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::error::Result;
use crate::kernel::event::Readers;

/// When feedback is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FeedbackStage {
    /// Midway (tengah waktu).
    MidTerm,
    /// In the end (akhir).
    Final,
}

/// Who gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FeedbackGiver {
    /// The mentor, on the mentee.
    Mentor,
    /// The mentee, on the mentor.
    Mentee,
}

/// What one of the two thinks.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "mentorship_feedback")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub mentorship_id: Uuid,
    /// The mentee.
    pub librarian_id: Uuid,
    pub stage: FeedbackStage,
    pub given_by: FeedbackGiver,
    /// The librarian who gives it.
    pub author_id: Uuid,
    pub preparation: i32,
    pub communication: i32,
    pub commitment: i32,
    pub usefulness: i32,
    pub comment: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "mentorship_feedback";
    const COLLECTION: Option<&'static str> = Some("mentorship-feedback");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }

    /// That it is there, never what it says: the trail would tell before both are in.
    fn audit(row: &Model) -> Result<serde_json::Value> {
        Ok(json!({
            "id": row.id, "mentorship_id": row.mentorship_id, "librarian_id": row.librarian_id, "stage": row.stage,
            "given_by": row.given_by, "author_id": row.author_id
        }))
    }
}
