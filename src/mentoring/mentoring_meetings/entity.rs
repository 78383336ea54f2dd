use chrono::{NaiveDate, TimeDelta};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::clock::local_date;
use crate::kernel::db::Record;
use crate::kernel::event::Readers;
use crate::kernel::validation;
use crate::staff::mentorships::entity::MentorshipKind;

/// The life of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MentoringMeetingStatus {
    /// To come, or not yet said to have been held (direncanakan).
    Planned,
    /// Took place and is credited (terlaksana).
    Held,
    /// Called off, or taken back (dibatalkan).
    Cancelled,
}

/// Something that somebody is to do after a meeting (tindak lanjut).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "what": "Mengatalog lima judul koleksi lokal dengan RDA", "assignee_id": null, "due_on": "2026-03-16", "is_done": false
}))]
pub struct MeetingActionItem {
    /// What is to be done.
    #[validate(length(min = 1, max = 500), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub what: String,
    /// Who is to do it: the mentor or a mentee of the meeting; null for all of them.
    #[serde(default)]
    pub assignee_id: Option<Uuid>,
    /// Until when.
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    /// Whether it is done.
    #[serde(default)]
    pub is_done: bool,
}

/// All action items of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct ActionItems(pub Vec<MeetingActionItem>);

/// A meeting.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "mentoring_meetings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub mentor_id: Uuid,
    /// That of all its pairs.
    pub kind: MentorshipKind,
    pub starts_at: DateTimeUtc,
    pub minutes: i32,
    pub place: Option<String>,
    pub online_url: Option<String>,
    pub agenda: Option<String>,
    pub shared_notes: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub action_items: ActionItems,
    pub status: MentoringMeetingStatus,
    pub cancel_reason: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// The day of the library on which it is.
    pub fn day(&self) -> NaiveDate {
        local_date(self.starts_at)
    }

    /// When it is over.
    pub fn ends_at(&self) -> DateTimeUtc {
        self.starts_at + TimeDelta::minutes(self.minutes.into())
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// What happens to a meeting is told to its people as a matter of each of their pairs.
impl Record for Entity {
    const KIND: &'static str = "mentoring_meeting";
    const COLLECTION: Option<&'static str> = Some("mentoring-meetings");
    const READERS: Readers = Readers::Admin;
}

/// The pairs that a meeting is of.
pub mod participant {
    use sea_orm::entity::prelude::*;

    /// A pair at a meeting.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mentoring_meeting_participants")]
    pub struct Model {
        /// The meeting.
        #[sea_orm(primary_key, auto_increment = false)]
        pub meeting_id: Uuid,
        /// The pair.
        #[sea_orm(primary_key, auto_increment = false)]
        pub mentorship_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
