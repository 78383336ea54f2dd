use chrono::{DateTime, Utc};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub use super::entity::attendance::AttendanceSource;
pub use super::entity::{CheckInMethod, CheckInOutcome, CheckInReason};
use super::entity::{Column, Model};
use crate::activities::registrations::dto::RegistrationStatus;
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page};
use crate::kernel::validation;

/// A scan at the door.
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "session_id": "019a0000-0000-7000-8000-000000000010", "code": null,
    "registration_id": "019a0000-0000-7000-8000-000000000020", "scanned_at": "2026-12-07T00:55:10.000Z", "nonce": "7f3a9c",
    "device_id": "pintu-utama"
}))]
pub struct NewCheckIn {
    /// The session.
    pub session_id: Uuid,
    /// The code as it was scanned. Either this or a registration.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub code: Option<String>,
    /// The registration of somebody who was recognised by hand.
    pub registration_id: Option<Uuid>,
    /// When, by the device's clock.
    #[validate(custom(function = validation::instant))]
    pub scanned_at: Instant,
    /// What tells the device's scans apart: a scan that is sent again is counted once.
    #[validate(length(min = 1, max = 64), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 64, pattern = r"\S")]
    pub nonce: String,
    /// The device.
    #[validate(length(min = 1, max = 64), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 64, pattern = r"\S")]
    pub device_id: String,
}

/// Scans of one or more devices, in any order.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"items": []}))]
pub struct NewCheckIns {
    /// At most 1,000 scans.
    #[validate(nested, length(max = 1000))]
    #[schema(max_items = 1000)]
    pub items: Vec<NewCheckIn>,
}

/// What became of one scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "nonce": "7f3a9c", "device_id": "pintu-utama", "outcome": "applied", "reason": null,
    "check_in_id": "019a0000-0000-7000-8000-000000000030", "registration_id": "019a0000-0000-7000-8000-000000000020"
}))]
pub struct CheckInAnswer {
    /// The scan's nonce.
    #[schema(max_length = 64)]
    pub nonce: String,
    /// The device.
    #[schema(max_length = 64)]
    pub device_id: String,
    /// What became of it.
    pub outcome: CheckInOutcome,
    /// Why it was not applied.
    #[schema(required)]
    pub reason: Option<CheckInReason>,
    /// Where it is kept; null where it is not.
    #[schema(required)]
    pub check_in_id: Option<Uuid>,
    /// Who was recognised.
    #[schema(required)]
    pub registration_id: Option<Uuid>,
}

/// What became of a batch, row by row in its order.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"applied": 1, "duplicate": 0, "conflict": 0, "rejected": 0, "items": []}))]
pub struct CheckInReport {
    /// How many were applied.
    #[schema(minimum = 0, maximum = 1000)]
    pub applied: usize,
    /// How many were known already.
    #[schema(minimum = 0, maximum = 1000)]
    pub duplicate: usize,
    /// How many contradict what is known.
    #[schema(minimum = 0, maximum = 1000)]
    pub conflict: usize,
    /// How many are not good.
    #[schema(minimum = 0, maximum = 1000)]
    pub rejected: usize,
    /// Row by row.
    #[schema(max_items = 1000)]
    pub items: Vec<CheckInAnswer>,
}

impl CheckInReport {
    /// A report of these answers.
    pub fn of(items: Vec<CheckInAnswer>) -> Self {
        let count = |outcome| items.iter().filter(|item| item.outcome == outcome).count();
        Self {
            applied: count(CheckInOutcome::Applied),
            duplicate: count(CheckInOutcome::Duplicate),
            conflict: count(CheckInOutcome::Conflict),
            rejected: count(CheckInOutcome::Rejected),
            items,
        }
    }
}

/// A scan as it is kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000030", "activity_id": "019a0000-0000-7000-8000-000000000000",
    "session_id": "019a0000-0000-7000-8000-000000000010", "registration_id": "019a0000-0000-7000-8000-000000000020",
    "device_id": "pintu-utama", "nonce": "7f3a9c", "method": "code", "scanned_at": "2026-12-07T00:55:10.000Z",
    "received_at": "2026-12-07T00:55:11.000Z", "outcome": "applied", "reason": null, "annulled_at": null, "annul_reason": null,
    "version": 1, "created_at": "2026-12-07T00:55:11.000Z", "updated_at": "2026-12-07T00:55:11.000Z", "actions": ["annulment"]
}))]
pub struct CheckIn {
    /// The scan.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// The session; null where the device named one that the activity does not have.
    #[schema(required)]
    pub session_id: Option<Uuid>,
    /// Who was recognised; null where nobody was.
    #[schema(required)]
    pub registration_id: Option<Uuid>,
    /// The device.
    #[schema(max_length = 64)]
    pub device_id: String,
    /// What tells the device's scans apart.
    #[schema(max_length = 64)]
    pub nonce: String,
    /// How the person was recognised.
    pub method: CheckInMethod,
    /// When it happened, by the device's clock.
    pub scanned_at: Instant,
    /// When it arrived.
    pub received_at: Instant,
    /// What became of it.
    pub outcome: CheckInOutcome,
    /// Why it was not applied.
    #[schema(required)]
    pub reason: Option<CheckInReason>,
    /// When it was taken back.
    #[schema(required)]
    pub annulled_at: Option<Instant>,
    /// Why it was taken back.
    #[schema(required, max_length = 1000)]
    pub annul_reason: Option<String>,
    /// Counts the changes.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What may be done with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<CheckInAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckInAction {
    /// Take it back.
    Annulment,
}

/// A page of scans.
pub type CheckInPage = Page<CheckIn>;

impl CheckIn {
    /// A scan as it stands now.
    pub fn seen(row: Model, now: DateTime<Utc>) -> Self {
        Self {
            actions: super::service::may_annul(&row, now).then_some(CheckInAction::Annulment).into_iter().collect(),
            id: row.id,
            activity_id: row.activity_id,
            session_id: row.session_id,
            registration_id: row.registration_id,
            device_id: row.device_id,
            nonce: row.nonce,
            method: row.method,
            scanned_at: Instant(row.scanned_at),
            received_at: Instant(row.received_at),
            outcome: row.outcome,
            reason: row.reason,
            annulled_at: row.annulled_at.map(Instant),
            annul_reason: row.annul_reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for CheckIn {
    fn path(&self) -> String {
        format!("/api/v1/check-ins/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Why a scan is taken back.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Salah orang"}))]
pub struct AnnulReason {
    /// What was wrong.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// Which scans to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CheckInFilter {
    /// At this session.
    pub session_id: Option<Uuid>,
    /// Of this registration.
    pub registration_id: Option<Uuid>,
    /// With one of these outcomes, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "rejected", pattern = "^(applied|duplicate|conflict|rejected)(,(applied|duplicate|conflict|rejected))*$")]
    pub outcome: Option<AnyOf<CheckInOutcome>>,
}

impl CheckInFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.session_id.map(|id| Column::SessionId.eq(id)))
            .add_option(self.registration_id.map(|id| Column::RegistrationId.eq(id)))
            .add_option(self.outcome.as_ref().map(|outcome| Column::Outcome.is_in(outcome.0.iter().copied())))
    }
}

/// What a participant shows at the door.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "registration_id": "019a0000-0000-7000-8000-000000000020", "status": "confirmed",
    "code": "BP1.019a000000007000800000000000002b.59876543.q83vAbCdEfGh", "valid_from": "2026-12-07T00:55:00.000Z",
    "valid_until": "2026-12-07T00:55:30.000Z", "period_seconds": 30,
    "secret": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
}))]
pub struct CheckInCode {
    /// The registration.
    pub registration_id: Uuid,
    /// Where it stands: only a confirmed one has a code.
    pub status: RegistrationStatus,
    /// The code to show as a QR code: `BP1.{registration}.{step}.{tag}`; null without a confirmed seat.
    #[schema(required, max_length = 200)]
    pub code: Option<String>,
    /// From when the code is to be shown.
    pub valid_from: Instant,
    /// When the next one is to be shown.
    pub valid_until: Instant,
    /// How long a code is shown.
    #[schema(minimum = 30, maximum = 30)]
    pub period_seconds: i64,
    /// By which the person's app makes the next codes without a network, base64url: `tag` is the first 12 characters of
    /// base64url(HMAC-SHA-256(secret, `BP1.{registration without hyphens}.{step}`)), `step` the seconds since 1970 divided by
    /// 30. Null without a confirmed seat.
    #[schema(required, max_length = 64)]
    pub secret: Option<String>,
}

/// By which a device at the door knows the codes of one person.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "registration_id": "019a0000-0000-7000-8000-000000000020", "librarian_name": "Rizky Pratama",
    "secret": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
}))]
pub struct Verifier {
    /// The registration, named in the code.
    pub registration_id: Uuid,
    /// Whom to greet.
    #[schema(max_length = 200)]
    pub librarian_name: String,
    /// The registration's secret, base64url.
    #[schema(max_length = 64)]
    pub secret: String,
}

/// All that a device at the door needs without a network.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "session_id": "019a0000-0000-7000-8000-000000000010", "activity_id": "019a0000-0000-7000-8000-000000000000",
    "activity_title": "Bimtek SLiMS 9 dan Analitik Kunjungan", "opens_at": "2026-12-07T00:00:00.000Z",
    "closes_at": "2026-12-07T09:00:00.000Z", "period_seconds": 30, "made_at": "2026-12-06T10:00:00.000Z", "items": []
}))]
pub struct SessionVerifiers {
    /// The session.
    pub session_id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// Its title.
    #[schema(max_length = 300)]
    pub activity_title: String,
    /// From when scans count.
    pub opens_at: Instant,
    /// Until when scans count.
    pub closes_at: Instant,
    /// How long a code is shown: it holds in its period and the ones beside it.
    #[schema(minimum = 30, maximum = 30)]
    pub period_seconds: i64,
    /// The service's clock when this was made, to set the device's by.
    pub made_at: Instant,
    /// Everybody with a confirmed seat.
    #[schema(max_items = 10_000)]
    pub items: Vec<Verifier>,
}

/// Whether somebody was at a session.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "registration_id": "019a0000-0000-7000-8000-000000000020", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "librarian_name": "Rizky Pratama", "is_present": true, "source": "check_in", "at": "2026-12-07T00:55:10.000Z"
}))]
pub struct AttendanceEntry {
    /// The registration.
    pub registration_id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// Their name.
    #[schema(max_length = 200)]
    pub librarian_name: String,
    /// Whether they were there.
    pub is_present: bool,
    /// Where it is known from; null where nobody saw them.
    #[schema(required)]
    pub source: Option<AttendanceSource>,
    /// When they were seen, or when it was said.
    #[schema(required)]
    pub at: Option<Instant>,
}

/// A page of attendance.
pub type AttendanceEntryPage = Page<AttendanceEntry>;

/// Attendance of one person, by hand.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"registration_id": "019a0000-0000-7000-8000-000000000020", "is_present": true}))]
pub struct NewAttendance {
    /// The registration: one with a confirmed seat.
    pub registration_id: Uuid,
    /// Whether they were there; null goes back to what the scans say.
    pub is_present: Option<bool>,
}

/// Attendance by hand.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"items": []}))]
pub struct NewAttendances {
    /// At most 1,000 people.
    #[validate(nested, length(max = 1000))]
    #[schema(max_items = 1000)]
    pub items: Vec<NewAttendance>,
}

/// How attendance stands after it was set.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(example = json!({"session_id": "019a0000-0000-7000-8000-000000000010", "present": 11, "seated": 12}))]
pub struct AttendanceSummary {
    /// The session.
    pub session_id: Uuid,
    /// How many were there.
    #[schema(minimum = 0, maximum = 10_000)]
    pub present: i64,
    /// How many have a seat.
    #[schema(minimum = 0, maximum = 10_000)]
    pub seated: i64,
}
