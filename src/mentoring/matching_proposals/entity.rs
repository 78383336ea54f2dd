use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::mentoring::matching::terms::Terms;

/// Who thought of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MatchingProposalSource {
    /// The round.
    Computed,
    /// An admin.
    Manual,
}

/// What was decided on a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MatchingProposalStatus {
    /// Nothing yet.
    Proposed,
    /// It stays, and becomes a mentorship when the round is published.
    Accepted,
    /// It does not come again in this round.
    Rejected,
}

/// A pair of a round.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "matching_proposals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub matching_round_id: Uuid,
    pub request_id: Uuid,
    pub mentee_id: Uuid,
    pub mentor_id: Uuid,
    pub score: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub terms: Terms,
    pub source: MatchingProposalSource,
    pub status: MatchingProposalStatus,
    /// The request while the pair is accepted: one accepted pair each.
    pub accepted_key: Option<Uuid>,
    /// The pair that it became.
    pub mentorship_id: Option<Uuid>,
    pub decided_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "matching_proposal";
    const COLLECTION: Option<&'static str> = Some("matching-proposals");
    const READERS: Readers = Readers::Admin;
}
