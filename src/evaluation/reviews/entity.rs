use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// The life of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ReviewStatus {
    /// To be held.
    Planned,
    /// Held; what was found is being followed.
    Held,
    /// Each finding has an action or a reason why not.
    Closed,
}

/// People who take part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Participants(pub Vec<Uuid>);

/// What was decided, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Decisions(pub Vec<String>);

/// An evaluation meeting.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// The day of the meeting, planned or past.
    pub held_on: Date,
    pub programme_id: Option<Uuid>,
    #[sea_orm(column_type = "JsonBinary")]
    pub participant_ids: Participants,
    pub agenda: Option<String>,
    pub minutes: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub decisions: Decisions,
    pub status: ReviewStatus,
    pub closed_at: Option<DateTimeUtc>,
    pub search_text: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "review";
    const COLLECTION: Option<&'static str> = Some("reviews");
    const READERS: Readers = Readers::Everyone;
}
