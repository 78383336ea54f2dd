use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dto::MatchingParameters;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// The life of a matching round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MatchingRoundStatus {
    /// Being prepared, or its parameters changed since it was executed.
    Draft,
    /// Pairs are proposed.
    Executed,
    /// Pairs became mentorships.
    Published,
    /// Given up.
    Cancelled,
}

/// A round of matching.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "matching_rounds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// The first day of the mentorships.
    pub starts_on: Date,
    /// Their last day; open where nobody said.
    pub ends_on: Option<Date>,
    #[sea_orm(column_type = "JsonBinary")]
    pub parameters: MatchingParameters,
    pub status: MatchingRoundStatus,
    /// The last job that executed it, or is about to.
    pub job_id: Option<Uuid>,
    /// Counts what was decided on its proposals: a job that saw another number starts anew.
    pub decisions: i32,
    /// Open requests of the last execution.
    pub request_count: i32,
    /// Mentors of the last execution.
    pub mentor_count: i32,
    /// Pairs proposed or kept by the last execution.
    pub matched_count: i32,
    pub unmatched_count: i32,
    /// The sum of the scores of all these pairs.
    pub total_score: i64,
    pub executed_at: Option<DateTimeUtc>,
    pub published_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// Whether it can still be changed.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, MatchingRoundStatus::Draft | MatchingRoundStatus::Executed)
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "matching_round";
    const COLLECTION: Option<&'static str> = Some("matching-rounds");
    const READERS: Readers = Readers::Admin;
}

/// For whom a round found nobody.
pub mod unmatched {
    use sea_orm::entity::prelude::*;

    use crate::mentoring::matching::blocked::{BlockingRule, Obstacle};

    /// Somebody left.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "matching_unmatched")]
    pub struct Model {
        /// The row.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// The round.
        pub matching_round_id: Uuid,
        /// The request.
        pub request_id: Uuid,
        /// Who looks for a mentor.
        pub mentee_id: Uuid,
        /// The rule that stood in the way.
        pub rule: BlockingRule,
        /// The same, with what would help.
        #[sea_orm(column_type = "JsonBinary")]
        pub obstacle: Obstacle,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
