use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::error::Result;
use crate::kernel::event::Readers;

/// What a file is. Nothing else is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum MediaType {
    /// A document that looks alike everywhere.
    #[sea_orm(string_value = "application/pdf")]
    #[serde(rename = "application/pdf")]
    Pdf,
    /// A picture without loss.
    #[sea_orm(string_value = "image/png")]
    #[serde(rename = "image/png")]
    Png,
    /// A photograph.
    #[sea_orm(string_value = "image/jpeg")]
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// A picture, small.
    #[sea_orm(string_value = "image/webp")]
    #[serde(rename = "image/webp")]
    Webp,
    /// A document of a word processor.
    #[sea_orm(string_value = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    #[serde(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    /// A workbook of a spreadsheet.
    #[sea_orm(string_value = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    #[serde(rename = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    Xlsx,
    /// A table as text.
    #[sea_orm(string_value = "text/csv")]
    #[serde(rename = "text/csv")]
    Csv,
}

impl MediaType {
    /// As it stands in headers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
        }
    }

    /// What the names of such files end with.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Csv => &["csv"],
        }
    }
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FileStatus {
    /// Announced; its content is to come, within a day.
    Pending,
    /// Looked through, and there to be read.
    Available,
    /// Its content was not what it said to be, or not safe; nothing of it was kept.
    Rejected,
}

/// A file.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account that announced it.
    pub owner_id: Uuid,
    pub name: String,
    pub media_type: MediaType,
    /// Bytes: as announced, then as kept.
    pub size: i64,
    /// SHA-256 of what is kept, in hexadecimal digits.
    pub sha256: Option<String>,
    pub status: FileStatus,
    /// Where the store has its content.
    pub storage_key: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "file";
    const COLLECTION: Option<&'static str> = Some("files");
    const READERS: Readers = Readers::Admin;

    /// Where the store has it is nobody's matter.
    fn audit(row: &Model) -> Result<serde_json::Value> {
        Ok(json!({
            "owner_id": row.owner_id, "name": row.name, "media_type": row.media_type, "size": row.size, "sha256": row.sha256,
            "status": row.status,
        }))
    }
}

/// What refers to files by more than a column of its own.
pub mod reference {
    use sea_orm::entity::prelude::*;

    /// One object refers to one file. While it does the database keeps the file.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "file_references")]
    pub struct Model {
        /// The kind of the object, as in its events.
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject_kind: String,
        /// The object.
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject_id: Uuid,
        /// The file.
        #[sea_orm(primary_key, auto_increment = false)]
        pub file_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
