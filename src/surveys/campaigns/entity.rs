use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::language::Localized;

/// What a campaign can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// An activity (kegiatan).
    Activity,
    /// A change initiative (inisiatif perubahan).
    ChangeInitiative,
    /// Mentoring (pembimbingan): one mentorship, or all of it.
    Mentoring,
    /// The library's service (layanan).
    Service,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CampaignAudience {
    /// The people of what it is about: who took part in the activity, whom the change concerns.
    Participants,
    /// All of the staff.
    Staff,
    /// Readers (pemustaka).
    Readers,
}

/// The life of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CampaignStatus {
    /// Being prepared; admins see it.
    Draft,
    /// Takes answers from its first day to its last.
    Open,
    /// Over; its answers stand.
    Closed,
    /// Called off; its answers are gone.
    Cancelled,
}

/// A questionnaire asked of somebody for a while.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "campaigns")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub questionnaire_id: Uuid,
    #[sea_orm(column_type = "JsonBinary")]
    pub title: Localized,
    pub subject_kind: Option<SubjectKind>,
    pub subject_id: Option<Uuid>,
    pub audience: CampaignAudience,
    pub is_anonymous: bool,
    pub opens_on: Date,
    pub closes_on: Date,
    /// How many people could answer (N).
    pub population: Option<i32>,
    pub status: CampaignStatus,
    /// SHA-256 of the open link's token.
    #[serde(skip)]
    #[sea_orm(unique, column_type = "VarBinary(StringLen::None)", nullable)]
    pub link_hash: Option<Vec<u8>>,
    pub tokens_issued: i32,
    /// How many answered; counted when it closes.
    pub response_count: Option<i32>,
    pub opened_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    /// The job that counts its answers, where they are many.
    pub job_id: Option<Uuid>,
    pub results_frozen_at: Option<DateTimeUtc>,
    /// Why it was called off.
    pub reason: Option<String>,
    pub published_at: Option<DateTimeUtc>,
    /// Why it was published although fewer answered than its target.
    pub publication_reason: Option<String>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "campaign";
    const COLLECTION: Option<&'static str> = Some("campaigns");
    const READERS: Readers = Readers::Everyone;
}

impl Model {
    /// Whether it takes answers on this day.
    pub fn takes_answers(&self, on: Date) -> bool {
        self.status == CampaignStatus::Open && (self.opens_on..=self.closes_on).contains(&on)
    }
}

/// One-time tokens that nobody has used yet.
///
/// A token that was used has no row any more: on PostgreSQL a mark written with the answer would carry the number of the same
/// transaction (`xmin`), and so tie both. That it was ours the token itself tells (`tokens.rs`). What databases keep of rows that are
/// gone is taken away too (`traces.rs`).
pub mod token {
    use sea_orm::entity::prelude::*;

    /// A token that may be used once.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_tokens")]
    pub struct Model {
        /// What is kept of the token: a hash of it under the instance's secret.
        #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::None)")]
        pub hash: Vec<u8>,
        /// The campaign that it answers.
        pub campaign_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
