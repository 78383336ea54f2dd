use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

pub use super::entity::AppointmentKind;
use super::entity::Model;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::{decimal, two_decimals};
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation::{self, OUT_OF_RANGE, fault};

/// The most credit points of a decree.
const MOST_POINTS: f64 = 10_000.0;

/// Unit, position and grade of a person from one day on (riwayat jabatan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000060", "librarian_id": "019a0000-0000-7000-8000-000000000001",
    "kind": "promotion", "effective_on": "2024-04-01", "ends_on": null, "unit_id": "019a0000-0000-7000-8000-000000000002",
    "position_id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001", "grade": "III/c", "credit_points": 0.0,
    "decree_number": "800.1.3.3/118/BKPSDM", "decree_on": "2024-03-18", "siasn_id": null, "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z"
}))]
pub struct Appointment {
    /// The appointment.
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// Why the place changed.
    pub kind: AppointmentKind,
    /// The first day (TMT).
    pub effective_on: NaiveDate,
    /// The last day of a contract; null where none was agreed.
    #[schema(required)]
    pub ends_on: Option<NaiveDate>,
    /// The unit from then on.
    pub unit_id: Uuid,
    /// The position from then on; null outside the functional positions.
    #[schema(required)]
    pub position_id: Option<Uuid>,
    /// The grade (pangkat/golongan) from then on.
    #[schema(required, max_length = 10)]
    pub grade: Option<String>,
    /// Credit points (angka kredit) with which the decree lets the count begin; null where it states none.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub credit_points: Option<f64>,
    /// The number of the decree (nomor SK).
    #[schema(required, max_length = 100)]
    pub decree_number: Option<String>,
    /// The day of the decree.
    #[schema(required)]
    pub decree_on: Option<NaiveDate>,
    /// The id of the row in SIASN.
    #[schema(required, max_length = 60)]
    pub siasn_id: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of appointments.
pub type AppointmentPage = Page<Appointment>;

impl From<Model> for Appointment {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            librarian_id: row.librarian_id,
            kind: row.kind,
            effective_on: row.effective_on,
            ends_on: row.ends_on,
            unit_id: row.unit_id,
            position_id: row.position_id,
            grade: row.grade,
            credit_points: row.credit_points.map(|points| decimal(points.into())),
            decree_number: row.decree_number,
            decree_on: row.decree_on,
            siasn_id: row.siasn_id,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for Appointment {
    fn path(&self) -> String {
        format!("/api/v1/appointments/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// An appointment to be entered: it states unit, position and grade, changed or not.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "promotion", "effective_on": "2024-04-01", "unit_id": "019a0000-0000-7000-8000-000000000002",
    "position_id": "019b76da-a87b-7a5e-8f0e-2c51c4b1a001", "grade": "III/c", "credit_points": 0.0,
    "decree_number": "800.1.3.3/118/BKPSDM", "decree_on": "2024-03-18"
}))]
pub struct NewAppointment {
    /// Why the place changes.
    pub kind: AppointmentKind,
    /// The first day (TMT); one a day. A later one takes effect on its day.
    pub effective_on: NaiveDate,
    /// The last day of a contract.
    pub ends_on: Option<NaiveDate>,
    /// The unit from then on.
    pub unit_id: Uuid,
    /// The position from then on; none outside the functional positions.
    pub position_id: Option<Uuid>,
    /// The grade (pangkat/golongan) from then on.
    #[validate(length(min = 1, max = 10))]
    #[schema(
        min_length = 1,
        max_length = 10,
        pattern = "^((I|II|III|IV)/[a-e]|I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XVII)$"
    )]
    pub grade: Option<String>,
    /// Credit points (angka kredit) with which the decree lets the count begin.
    #[validate(range(min = 0.0, max = 10_000.0), custom(function = two_decimals))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub credit_points: Option<f64>,
    /// The number of the decree (nomor SK).
    #[validate(length(min = 1, max = 100), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub decree_number: Option<String>,
    /// The day of the decree.
    pub decree_on: Option<NaiveDate>,
    /// The id of the row in SIASN.
    #[validate(length(min = 1, max = 60), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 60, pattern = r"\S")]
    pub siasn_id: Option<String>,
}

/// Changes of an appointment: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"effective_on": "2024-05-01", "decree_number": "800.1.3.3/120/BKPSDM"}))]
pub struct AppointmentChanges {
    /// Another reason.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<AppointmentKind>,
    /// Another first day.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub effective_on: Option<NaiveDate>,
    /// Another last day; null clears it.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub ends_on: Patch<NaiveDate>,
    /// Another unit.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub unit_id: Option<Uuid>,
    /// Another position; null clears it.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub position_id: Patch<Uuid>,
    /// Another grade; null clears it.
    #[validate(length(min = 1, max = 10))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 10, pattern = "^((I|II|III|IV)/[a-e]|I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XVII)$")]
    #[serde(default)]
    pub grade: Patch<String>,
    /// Other credit points to begin with; null clears them.
    #[validate(custom(function = points))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 10_000)]
    #[serde(default)]
    pub credit_points: Patch<f64>,
    /// Another number of the decree; null clears it.
    #[validate(length(min = 1, max = 100))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    #[serde(default)]
    pub decree_number: Patch<String>,
    /// Another day of the decree; null clears it.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub decree_on: Patch<NaiveDate>,
    /// Another id in SIASN; null clears it.
    #[validate(length(min = 1, max = 60))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60)]
    #[serde(default)]
    pub siasn_id: Patch<String>,
}

fn points(points: &Patch<f64>) -> Result<(), ValidationError> {
    match points.value() {
        Some(number) if !(0.0..=MOST_POINTS).contains(number) => {
            let mut error = fault(&OUT_OF_RANGE);
            error.add_param("min".into(), &0);
            error.add_param("max".into(), &MOST_POINTS);
            Err(error)
        }
        Some(number) => two_decimals(*number),
        None => Ok(()),
    }
}
