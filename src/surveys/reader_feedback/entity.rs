use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::error::{Error, Result};
use crate::kernel::event::Readers;

/// What a reader wants to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FeedbackKind {
    /// A suggestion (saran).
    Suggestion,
    /// A complaint (pengaduan).
    Complaint,
    /// Praise (apresiasi).
    Praise,
}

/// How it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FeedbackChannel {
    /// The reader wrote it, without an account.
    Public,
    /// Somebody of the staff wrote down what they were told.
    Staff,
}

/// The life of what a reader says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FeedbackStatus {
    /// Nobody has it yet.
    Received,
    /// Somebody is to answer it.
    Assigned,
    /// Answered.
    Answered,
    /// Answered, and what followed from it is done.
    Closed,
    /// Not for the library to answer, with the reason.
    Rejected,
}

/// What a reader said.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "reader_feedback")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: FeedbackKind,
    pub channel: FeedbackChannel,
    pub message: String,
    pub service: Option<String>,
    /// How the reader can be reached, if they said.
    pub contact: Option<String>,
    /// SHA-256 of the code by which the reader follows it.
    #[serde(skip)]
    #[sea_orm(unique, column_type = "VarBinary(StringLen::None)", nullable)]
    pub code_hash: Option<Vec<u8>>,
    pub status: FeedbackStatus,
    pub due_at: DateTimeUtc,
    /// The librarian who wrote it down.
    pub recorded_by: Option<Uuid>,
    /// The librarian who is to answer.
    pub assignee_id: Option<Uuid>,
    pub assigned_at: Option<DateTimeUtc>,
    pub answer: Option<String>,
    pub answered_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    /// Why it was rejected.
    pub reason: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "reader_feedback";
    const COLLECTION: Option<&'static str> = Some("reader-feedback");
    const READERS: Readers = Readers::Admin;

    /// How a reader can be reached is of no use to the log.
    fn audit(row: &Model) -> Result<serde_json::Value> {
        let mut kept = serde_json::to_value(row).map_err(Error::internal)?;
        if let Some(fields) = kept.as_object_mut() {
            fields.remove("contact");
        }
        Ok(kept)
    }
}
