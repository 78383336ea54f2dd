use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::competencies::assessments::entity::EvidenceList;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// How somebody learned on their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LearningKind {
    /// Reading (membaca).
    Reading,
    /// A conference, seminar or congress (konferensi).
    Conference,
    /// A course elsewhere (kursus).
    Course,
    /// E-learning.
    ELearning,
    /// A learning community (komunitas belajar).
    Community,
    /// Writing that was published (publikasi).
    Publication,
    /// Teaching others (mengajar).
    Teaching,
}

impl LearningKind {
    /// SIASN's id of the type (jenis diklat) by which this is counted unless the person names another.
    pub const fn usual_type(self) -> i32 {
        match self {
            Self::Reading => 22,
            Self::Conference => 9,
            Self::Course => 11,
            Self::ELearning => 16,
            Self::Community => 23,
            Self::Publication | Self::Teaching => 25,
        }
    }
}

/// The life of a learning entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LearningEntryStatus {
    /// Being written.
    Draft,
    /// Waits for somebody to verify it.
    Submitted,
    /// Credited.
    Verified,
    /// Sent back to be mended.
    Returned,
    /// Given up; its credit was taken back.
    Withdrawn,
}

/// What somebody learned on their own.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "learning_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub librarian_id: Uuid,
    pub kind: LearningKind,
    pub training_type_id: Uuid,
    pub title: String,
    pub organiser: Option<String>,
    pub certificate_number: Option<String>,
    /// Number and organiser, folded, while the claim is alive.
    pub certificate_key: Option<String>,
    pub starts_on: Date,
    pub ends_on: Date,
    /// 0 stands for all from first to last.
    pub days: i32,
    pub sessions: i32,
    pub minutes: i32,
    pub is_international: bool,
    /// Hours that the certificate or the person says, in hundredths.
    pub claimed: Option<i32>,
    pub summary: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub evidence: EvidenceList,
    /// The action of the person's plan that it was done for.
    pub plan_action_id: Option<Uuid>,
    pub status: LearningEntryStatus,
    pub submitted_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    /// The user who verified, returned or withdrew it.
    pub decided_by: Option<Uuid>,
    /// Why it was returned or withdrawn.
    pub reason: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// Whether the person can still change it.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, LearningEntryStatus::Draft | LearningEntryStatus::Returned)
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "learning_entry";
    const COLLECTION: Option<&'static str> = Some("learning-entries");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
