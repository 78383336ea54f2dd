use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::competencies::aims::Aims;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::mentoring::availability::WeeklyTimes;
use crate::mentoring::matching::blocked::Obstacle;
use crate::staff::librarians::entity::Words;

/// The life of a mentoring request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MentoringRequestStatus {
    /// Waits for a mentor.
    Open,
    /// Has one.
    Matched,
    /// Taken back by the person.
    Withdrawn,
    /// Closed by an admin without a mentor.
    Closed,
}

/// Mentors whom somebody would like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Wishes(pub Vec<Uuid>);

/// What somebody wants to reach with a mentor's help.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "mentoring_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub librarian_id: Uuid,
    /// The person while the request is open: one open request each.
    pub open_key: Option<Uuid>,
    /// Competencies with the level to be reached.
    #[sea_orm(column_type = "JsonBinary")]
    pub goals: Aims,
    #[sea_orm(column_type = "JsonBinary")]
    pub preferred_mentors: Wishes,
    #[sea_orm(column_type = "JsonBinary")]
    pub times: WeeklyTimes,
    #[sea_orm(column_type = "JsonBinary")]
    pub languages: Words,
    pub note: Option<String>,
    pub status: MentoringRequestStatus,
    /// The last round that was published with it.
    pub matching_round_id: Option<Uuid>,
    /// The pair that came of it.
    pub mentorship_id: Option<Uuid>,
    /// Why the last round found nobody.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub obstacle: Option<Obstacle>,
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was withdrawn or closed.
    pub reason: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "mentoring_request";
    const COLLECTION: Option<&'static str> = Some("mentoring-requests");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
