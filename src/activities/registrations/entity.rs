use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// The life of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RegistrationStatus {
    /// Waits for approval.
    Requested,
    /// Has a seat.
    Confirmed,
    /// Waits for a seat.
    Waitlisted,
    /// A seat is held until it is accepted or the offer expires.
    Offered,
    /// Given up, refused, or called off with the activity.
    Cancelled,
    /// Came, for at least one session.
    Attended,
    /// Had a seat and did not come.
    NoShow,
}

/// What came of taking part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RegistrationResult {
    /// Attendance and score reach what the activity asks.
    Passed,
    /// Came, but attendance or score does not.
    Incomplete,
    /// Did not come.
    Absent,
}

/// Why a registration was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CancelCause {
    /// The person gave it up.
    Participant,
    /// An admin took it back.
    Admin,
    /// The superior or an admin refused it.
    Rejected,
    /// The activity was called off.
    ActivityCancelled,
    /// The activity was over before there was a seat.
    ActivityCompleted,
    /// The offer was not accepted in time.
    OfferExpired,
}

/// Somebody's registration for an activity; one for each person and activity.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "registrations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub activity_id: Uuid,
    pub librarian_id: Uuid,
    pub status: RegistrationStatus,
    pub result: Option<RegistrationResult>,
    /// The number drawn for the waiting list: the smaller goes first.
    pub waitlist_number: Option<i32>,
    /// When it was last asked for.
    pub registered_at: DateTimeUtc,
    pub supervisor_approved_at: Option<DateTimeUtc>,
    /// The user who approved as the superior.
    pub supervisor_approved_by: Option<Uuid>,
    pub approved_at: Option<DateTimeUtc>,
    /// The user who approved as an admin.
    pub approved_by: Option<Uuid>,
    pub confirmed_at: Option<DateTimeUtc>,
    pub offer_expires_at: Option<DateTimeUtc>,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancel_cause: Option<CancelCause>,
    pub cancel_reason: Option<String>,
    /// The share of the activity's time that was attended; set when it is completed.
    pub attendance_percent: Option<i32>,
    pub pre_test_hundredths: Option<i32>,
    pub post_test_hundredths: Option<i32>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "registration";
    const COLLECTION: Option<&'static str> = Some("registrations");
    const READERS: Readers = Readers::Person;

    fn person(row: &Model) -> Option<Uuid> {
        Some(row.librarian_id)
    }
}
