use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::employee_number::mask;
use super::entity::{Column, Model};
pub use super::entity::{EmploymentKind, RecordedSex};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::policy::Access;
use crate::kernel::query::Ids;
use crate::kernel::validation;

/// A member of staff as the directory shows them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000001", "name": "Maria Lestari Bong",
    "unit_id": "019a0000-0000-7000-8000-000000000002", "position_id": null, "archived_at": null
}))]
pub struct LibrarianSummary {
    /// The person.
    pub id: Uuid,
    /// The name.
    #[schema(max_length = 200)]
    pub name: String,
    /// Where they work.
    pub unit_id: Uuid,
    /// Their position; null outside the functional positions.
    #[schema(required)]
    pub position_id: Option<Uuid>,
    /// When the record was archived.
    #[schema(required)]
    pub archived_at: Option<Instant>,
}

/// A page of the directory.
pub type LibrarianSummaryPage = Page<LibrarianSummary>;

impl From<Model> for LibrarianSummary {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            unit_id: row.unit_id,
            position_id: row.position_id,
            archived_at: row.archived_at.map(Instant),
        }
    }
}

/// The professional record of a member of staff (data kepegawaian).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000001", "name": "Nurhaliza Putri", "employment_kind": "pns", "employee_number": null,
    "employee_number_masked": "**************2005", "unit_id": "019a0000-0000-7000-8000-000000000002", "position_id": null,
    "grade": "III/b", "position_since": "2021-03-01", "next_appointment_on": null, "born_on": "1992-03-14", "sex": "female", "email": null,
    "phone": null, "siasn_id": null, "supervisor_id": null, "languages": ["id"], "interests": ["pengatalogan"], "version": 1,
    "created_at": "2026-01-05T01:00:00.000Z", "updated_at": "2026-01-05T01:00:00.000Z", "archived_at": null, "actions": []
}))]
pub struct Librarian {
    /// The person.
    pub id: Uuid,
    /// The name.
    #[schema(max_length = 200)]
    pub name: String,
    /// How they are employed.
    pub employment_kind: EmploymentKind,
    /// NIP or NI PPPK; for the person and admins, else null.
    #[schema(required, max_length = 18)]
    pub employee_number: Option<String>,
    /// The same with all but the last four digits hidden; null without a number.
    #[schema(required, max_length = 18)]
    pub employee_number_masked: Option<String>,
    /// Where they work.
    pub unit_id: Uuid,
    /// Their position; null outside the functional positions.
    #[schema(required)]
    pub position_id: Option<Uuid>,
    /// Grade (pangkat/golongan).
    #[schema(required, max_length = 10)]
    pub grade: Option<String>,
    /// In the position since (TMT jabatan).
    #[schema(required)]
    pub position_since: Option<NaiveDate>,
    /// When the next appointment takes effect; null where none lies ahead.
    #[schema(required)]
    pub next_appointment_on: Option<NaiveDate>,
    /// Day of birth.
    #[schema(required)]
    pub born_on: Option<NaiveDate>,
    /// Sex as official records have it.
    #[schema(required)]
    pub sex: Option<RecordedSex>,
    /// E-mail at work.
    #[schema(required, max_length = 254)]
    pub email: Option<String>,
    /// Telephone, E.164.
    #[schema(required, max_length = 16)]
    pub phone: Option<String>,
    /// The id of the person in SIASN.
    #[schema(required, max_length = 60)]
    pub siasn_id: Option<String>,
    /// The direct superior.
    #[schema(required)]
    pub supervisor_id: Option<Uuid>,
    /// Languages, BCP 47.
    #[schema(max_items = 20, value_type = Vec<validation::ShortWord>)]
    pub languages: Vec<String>,
    /// What they like to work on.
    #[schema(max_items = 50, value_type = Vec<validation::ShortWord>)]
    pub interests: Vec<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// When it was archived.
    #[schema(required)]
    pub archived_at: Option<Instant>,
    /// What the caller may do with it next.
    #[schema(max_items = 10)]
    pub actions: Vec<LibrarianAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LibrarianAction {
    /// Take it back from the archive.
    Restoration,
}

impl Librarian {
    /// The record as this caller sees it.
    pub fn seen(row: Model, access: &Access) -> Self {
        let shows_number = access.is_admin() || access.is_own(row.id);
        Self {
            id: row.id,
            name: row.name,
            employment_kind: row.employment_kind,
            employee_number_masked: row.employee_number.as_deref().map(mask),
            employee_number: row.employee_number.filter(|_| shows_number),
            unit_id: row.unit_id,
            position_id: row.position_id,
            grade: row.grade,
            position_since: row.position_since,
            next_appointment_on: row.next_appointment_on,
            born_on: row.born_on,
            sex: row.sex,
            email: row.email,
            phone: row.phone,
            siasn_id: row.siasn_id,
            supervisor_id: row.supervisor_id,
            languages: row.languages.0,
            interests: row.interests.0,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
            archived_at: row.archived_at.map(Instant),
            actions: row
                .archived_at
                .filter(|_| access.is_admin())
                .map(|_| LibrarianAction::Restoration)
                .into_iter()
                .collect(),
        }
    }
}

impl Resource for Librarian {
    fn path(&self) -> String {
        format!("/api/v1/librarians/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A member of staff to be entered.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Nurhaliza Putri", "employment_kind": "pns", "employee_number": "199203142019032005",
    "unit_id": "019a0000-0000-7000-8000-000000000002", "position_id": null, "grade": "III/b", "position_since": "2021-03-01",
    "email": "nurhaliza@perpustakaan.example", "languages": ["id"], "interests": ["pengatalogan"]
}))]
pub struct NewLibrarian {
    /// The name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// How they are employed.
    pub employment_kind: EmploymentKind,
    /// NIP for `pns`, NI PPPK for `pppk`: 18 digits, unique; none for `non_asn`.
    #[validate(length(min = 1, max = 18))]
    #[schema(min_length = 1, max_length = 18, pattern = "^[0-9]{18}$")]
    pub employee_number: Option<String>,
    /// Where they work.
    pub unit_id: Uuid,
    /// Their position.
    pub position_id: Option<Uuid>,
    /// Grade (pangkat/golongan).
    #[validate(length(min = 1, max = 10), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 10, pattern = r"\S")]
    pub grade: Option<String>,
    /// In the position since (TMT jabatan): where it is given, the history of appointments begins there.
    pub position_since: Option<NaiveDate>,
    /// Day of birth; read from the number where it is not given.
    pub born_on: Option<NaiveDate>,
    /// Sex as official records have it; read from the number where it is not given.
    pub sex: Option<RecordedSex>,
    /// E-mail at work.
    #[validate(email, length(min = 3, max = 254))]
    #[schema(format = "email", min_length = 3, max_length = 254)]
    pub email: Option<String>,
    /// Telephone, E.164.
    #[validate(custom(function = validation::phone))]
    #[schema(min_length = 8, max_length = 16, pattern = r"^\+[1-9][0-9]{6,14}$")]
    pub phone: Option<String>,
    /// The id of the person in SIASN.
    #[validate(length(min = 1, max = 60), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 60, pattern = r"\S")]
    pub siasn_id: Option<String>,
    /// The direct superior.
    pub supervisor_id: Option<Uuid>,
    /// Languages, BCP 47.
    #[validate(length(max = 20), custom(function = validation::short_words))]
    #[schema(max_items = 20, value_type = Vec<validation::ShortWord>)]
    #[serde(default)]
    pub languages: Vec<String>,
    /// What they like to work on.
    #[validate(length(max = 50), custom(function = validation::short_words))]
    #[schema(max_items = 50, value_type = Vec<validation::ShortWord>)]
    #[serde(default)]
    pub interests: Vec<String>,
}

/// Changes of a record: a merge patch (RFC 7396). The person may change e-mail, telephone, languages and interests; admins all.
/// Another unit, position or grade is an appointment (riwayat jabatan), from `position_since` or else from today on.
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"phone": "+6281234567890", "interests": ["literasi anak"]}))]
pub struct LibrarianChanges {
    /// Another name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub name: Option<String>,
    /// Another kind of employment.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub employment_kind: Option<EmploymentKind>,
    /// Another number; null clears it.
    #[validate(length(min = 1, max = 18))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 18, pattern = "^[0-9]{18}$")]
    #[serde(default)]
    pub employee_number: Patch<String>,
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
    #[schema(value_type = Option<String>, min_length = 1, max_length = 10)]
    #[serde(default)]
    pub grade: Patch<String>,
    /// The first day of the change; null clears it where there is no history.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub position_since: Patch<NaiveDate>,
    /// Another e-mail; null clears it.
    #[validate(email, length(min = 3, max = 254))]
    #[schema(value_type = Option<String>, format = "email", min_length = 3, max_length = 254)]
    #[serde(default)]
    pub email: Patch<String>,
    /// Another telephone; null clears it.
    #[schema(value_type = Option<String>, min_length = 8, max_length = 16, pattern = r"^\+[1-9][0-9]{6,14}$")]
    #[serde(default)]
    pub phone: Patch<String>,
    /// Another superior; null clears it.
    #[schema(value_type = Option<Uuid>)]
    #[serde(default)]
    pub supervisor_id: Patch<Uuid>,
    /// Other languages, all of them.
    #[validate(length(max = 20), custom(function = validation::short_words))]
    #[schema(max_items = 20, nullable = false, value_type = Vec<validation::ShortWord>)]
    #[serde(default, deserialize_with = "not_null")]
    pub languages: Option<Vec<String>>,
    /// Other interests, all of them.
    #[validate(length(max = 50), custom(function = validation::short_words))]
    #[schema(max_items = 50, nullable = false, value_type = Vec<validation::ShortWord>)]
    #[serde(default, deserialize_with = "not_null")]
    pub interests: Option<Vec<String>>,
}

/// Which members of staff to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LibrarianFilter {
    /// People whose name holds these words.
    #[param(max_length = 100, example = "maria")]
    pub q: Option<String>,
    /// People of these units, separated by commas.
    #[param(value_type = Option<Ids>, inline)]
    pub unit_id: Option<AnyOf<Uuid>>,
    /// People in these positions, separated by commas.
    #[param(value_type = Option<Ids>, inline)]
    pub position_id: Option<AnyOf<Uuid>>,
    /// Archived ones too; for admins.
    #[serde(default)]
    pub include_archived: bool,
}

impl LibrarianFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
            .add_option(self.unit_id.as_ref().map(|ids| Column::UnitId.is_in(ids.0.iter().copied())))
            .add_option(self.position_id.as_ref().map(|ids| Column::PositionId.is_in(ids.0.iter().copied())))
    }
}
