use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kernel::db::Record;
use crate::kernel::event::Readers;

/// How somebody was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CheckInMethod {
    /// By the code that their app showed.
    Code,
    /// By whoever keeps the door.
    Manual,
}

/// What became of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CheckInOutcome {
    /// It is what shows that the person was there.
    Applied,
    /// Good, but another scan shows it already.
    Duplicate,
    /// Good in itself, but it contradicts what is known.
    Conflict,
    /// Not good.
    Rejected,
}

/// Why a scan was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CheckInReason {
    /// Duplicate: this very scan came before.
    SameScan,
    /// Duplicate: an earlier scan shows that the person was there.
    AlreadyCheckedIn,
    /// Conflict: the device used this nonce for another scan. Only the first is kept.
    NonceReused,
    /// Conflict: the activity is over or called off.
    ActivityClosed,
    /// Conflict: the person has no confirmed seat.
    NotConfirmed,
    /// Conflict: attendance was set by hand.
    SetByHand,
    /// Rejected: the activity has no such session.
    UnknownSession,
    /// Rejected: no code of anybody registered here.
    UnknownCode,
    /// Rejected: the code was not the person's at that time.
    ExpiredCode,
    /// Rejected: the activity has no such registration.
    UnknownRegistration,
    /// Rejected: the device's clock is ahead.
    ClockAhead,
    /// Rejected: scanned more than an hour before the session, or after it.
    OutsideSession,
}

/// A scan at the door, good or not.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "check_ins")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub activity_id: Uuid,
    /// Null where the device named a session that the activity does not have.
    pub session_id: Option<Uuid>,
    /// Null where nobody was recognised.
    pub registration_id: Option<Uuid>,
    pub device_id: String,
    pub nonce: String,
    /// SHA-256 of what was scanned.
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub fingerprint: Vec<u8>,
    pub method: CheckInMethod,
    /// By the device's clock.
    pub scanned_at: DateTimeUtc,
    /// By the service's.
    pub received_at: DateTimeUtc,
    pub outcome: CheckInOutcome,
    pub reason: Option<CheckInReason>,
    pub annulled_at: Option<DateTimeUtc>,
    pub annul_reason: Option<String>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Record for Entity {
    const KIND: &'static str = "check_in";
    const COLLECTION: Option<&'static str> = Some("check-ins");
    const READERS: Readers = Readers::Admin;
}

impl Model {
    /// The order of scans, the same for all: by the device's clock, then by device and nonce.
    pub fn rank(&self) -> (DateTimeUtc, &str, &str) {
        (self.scanned_at, &self.device_id, &self.nonce)
    }
}

/// Who was at which session.
pub mod attendance {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};
    use utoipa::ToSchema;

    /// Where it is known from.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum AttendanceSource {
        /// A scan at the door.
        CheckIn,
        /// Somebody who keeps the door said so; no scan changes it.
        ByHand,
    }

    /// One person at one session.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
    #[sea_orm(table_name = "session_attendance")]
    pub struct Model {
        /// The session.
        #[sea_orm(primary_key, auto_increment = false)]
        pub session_id: Uuid,
        /// The registration.
        #[sea_orm(primary_key, auto_increment = false)]
        pub registration_id: Uuid,
        /// Whether they were there.
        pub is_present: bool,
        /// Where it is known from.
        pub source: AttendanceSource,
        /// When they were seen, or when it was said.
        pub at: DateTimeUtc,
        /// The scan that shows it.
        pub check_in_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
