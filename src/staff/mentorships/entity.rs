use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// How somebody helps another, which decides the type of training (jenis diklat) that meetings are credited by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MentorshipKind {
    /// Somebody with experience guides (mentoring).
    #[default]
    Mentoring,
    /// Somebody asks the right questions (coaching).
    Coaching,
}

/// How far a pair has come. Whether an agreed one has begun, or is over, is for its days to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MentorshipStage {
    /// Waits for one of the two, or both.
    Proposed,
    /// Both want it, or an admin entered it so.
    Agreed,
    /// One of the two does not want it.
    Declined,
    /// Brought to its end.
    Completed,
    /// Broken off.
    EndedEarly,
}

/// Who mentors whom, from when until when.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "mentorships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub mentor_id: Uuid,
    pub mentee_id: Uuid,
    pub kind: MentorshipKind,
    pub stage: MentorshipStage,
    pub starts_on: Date,
    /// The last day; open where nobody said.
    pub ends_on: Option<Date>,
    pub mentor_accepted_at: Option<DateTimeUtc>,
    pub mentee_accepted_at: Option<DateTimeUtc>,
    /// When it was declined, completed or broken off.
    pub ended_at: Option<DateTimeUtc>,
    /// Why it was broken off, or came to nothing.
    pub end_reason: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// Whether it is agreed and not over on a day, begun or not.
    pub fn stands(&self, on: NaiveDate) -> bool {
        self.stage == MentorshipStage::Agreed && self.ends_on.is_none_or(|last| last >= on)
    }

    /// Whether a day is one of its own.
    pub fn has_day(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|last| last >= day)
    }
}

/// The pairs that are agreed and not over on a day, begun or not.
pub fn standing(on: NaiveDate) -> Condition {
    Condition::all().add(Column::Stage.eq(MentorshipStage::Agreed)).add(not_over(on))
}

/// The pairs that are under way on a day.
pub fn under_way(on: NaiveDate) -> Condition {
    standing(on).add(Column::StartsOn.lte(on))
}

/// The pairs whose last day is not before a day.
pub fn not_over(on: NaiveDate) -> Condition {
    Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(on))
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "mentorship";
    const COLLECTION: Option<&'static str> = Some("mentorships");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.mentee_id)
    }

    /// The mentor reaches the mentee's records neither before the pair is under way nor after its end.
    fn other_person(row: &Model) -> Option<Uuid> {
        Some(row.mentor_id)
    }
}
