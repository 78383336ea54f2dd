use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

pub use super::entity::ChangeActionKind;
use super::entity::{ActiveModel, Model};
use crate::kernel::clock::Instant;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::patch::{Patch, not_null};
use crate::kernel::validation;
use crate::surveys::statistics::change::ChangeElement;

/// What is done so that a change is taken up (intervensi perubahan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000072", "change_initiative_id": "019a0000-0000-7000-8000-000000000070",
    "kind": "demonstration", "element": "desire", "title": "Hari demo mesin swalayan", "held_on": "2026-03-14",
    "audience": "Semua pegawai dua lantai", "evidence": "24 hadir, 61 peminjaman percobaan", "evidence_url": null, "version": 1,
    "created_at": "2026-03-16T01:00:00.000Z", "updated_at": "2026-03-16T01:00:00.000Z"
}))]
pub struct ChangeAction {
    /// The step.
    pub id: Uuid,
    /// The change.
    pub change_initiative_id: Uuid,
    /// What kind of step it is.
    pub kind: ChangeActionKind,
    /// The element of ADKAR that it answers.
    pub element: ChangeElement,
    /// What was or is to be done.
    #[schema(max_length = 200)]
    pub title: String,
    /// When.
    pub held_on: NaiveDate,
    /// For whom.
    #[schema(max_length = 300)]
    pub audience: String,
    /// What shows it.
    #[schema(required, max_length = 2000)]
    pub evidence: Option<String>,
    /// Where that is.
    #[schema(required, format = "uri", max_length = 2000)]
    pub evidence_url: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// A page of steps.
pub type ChangeActionPage = Page<ChangeAction>;

impl From<Model> for ChangeAction {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            change_initiative_id: row.change_initiative_id,
            kind: row.kind,
            element: row.element.into(),
            title: row.title,
            held_on: row.held_on,
            audience: row.audience,
            evidence: row.evidence,
            evidence_url: row.evidence_url,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

impl Resource for ChangeAction {
    fn path(&self) -> String {
        format!("/api/v1/change-actions/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// A step to be entered, done or planned.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "demonstration", "element": "desire", "title": "Hari demo mesin swalayan", "held_on": "2026-03-14",
    "audience": "Semua pegawai dua lantai", "evidence": "24 hadir, 61 peminjaman percobaan",
    "evidence_url": "https://example.org/demo"
}))]
pub struct NewChangeAction {
    /// What kind of step it is.
    pub kind: ChangeActionKind,
    /// The element of ADKAR that it answers; what its kind usually answers unless said otherwise: communication awareness,
    /// demonstration and involvement desire, training knowledge, coaching ability, recognition reinforcement.
    pub element: Option<ChangeElement>,
    /// What is done.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: String,
    /// When.
    #[validate(custom(function = validation::day))]
    pub held_on: NaiveDate,
    /// For whom.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S")]
    pub audience: String,
    /// What shows it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    pub evidence: Option<String>,
    /// Where that is.
    #[validate(length(min = 1, max = 2000), custom(function = validation::web_address))]
    #[schema(format = "uri", min_length = 1, max_length = 2000, pattern = "^https?://[^\\s/]+")]
    pub evidence_url: Option<String>,
}

impl NewChangeAction {
    /// Writes the content into a row.
    pub fn write(&self, row: &mut ActiveModel) {
        row.kind = Set(self.kind);
        row.element = Set(self.element.unwrap_or_else(|| self.kind.answers()).into());
        row.title = Set(self.title.clone());
        row.held_on = Set(self.held_on);
        row.audience = Set(self.audience.clone());
        row.evidence = Set(self.evidence.clone());
        row.evidence_url = Set(self.evidence_url.clone());
    }
}

/// Changes of a step: a merge patch (RFC 7396).
#[derive(Clone, Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"evidence": "26 hadir, 70 peminjaman percobaan"}))]
pub struct ChangeActionChanges {
    /// Another title.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// Another day.
    #[validate(custom(function = validation::day))]
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub held_on: Option<NaiveDate>,
    /// Another audience.
    #[validate(length(min = 1, max = 300), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 300, pattern = r"\S", nullable = false)]
    #[serde(default, deserialize_with = "not_null")]
    pub audience: Option<String>,
    /// What else shows it; null clears it.
    #[validate(length(min = 1, max = 2000))]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    #[serde(default)]
    pub evidence: Patch<String>,
}
