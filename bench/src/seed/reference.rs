//! The reference tables that ship with the service, from its own files: a database that has them gets no others.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Table, Value, draw::id, tables::rows};

/// What ships, read once; a file that cannot be read is an empty one, and the foreign keys say so.
static TYPES: LazyLock<Vec<TrainingType>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/training_types.json")).unwrap_or_default());
static REQUIREMENTS: LazyLock<Vec<Requirement>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/credit_requirements.json")).unwrap_or_default());

/// A type of training with the rule that ships with it.
#[derive(Deserialize)]
pub(super) struct TrainingType {
    pub(super) id: Uuid,
    siasn_id: i64,
    name: Json,
    certificate_class: String,
    track: String,
    pub(super) bucket: String,
    course_code: Option<i64>,
    pub(super) rule: Rule,
}

/// How it becomes hours.
#[derive(Deserialize)]
pub(super) struct Rule {
    pub(super) id: Uuid,
    valid_from: NaiveDate,
    counts_certificate_hours: bool,
    basis: String,
    national_hours: Option<i64>,
    international_hours: Option<i64>,
    pub(super) minutes_per_hour: i64,
    cap_per_entry: Option<i64>,
    cap_per_day: Option<i64>,
    cap_per_month: Option<i64>,
    cap_per_year: Option<i64>,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

#[derive(Deserialize)]
struct Requirement {
    id: Uuid,
    employment_kind: String,
    kind: String,
    hours: i64,
    valid_from: NaiveDate,
    legal_basis: String,
    source: Option<String>,
    verified: bool,
}

/// The type with this number of SIASN.
pub(super) fn training_type(siasn_id: i64) -> Option<&'static TrainingType> {
    TYPES.iter().find(|known| known.siasn_id == siasn_id)
}

/// The tables.
pub(super) fn tables<'a>() -> [Table<'a>; 4] {
    [library_settings(), training_types(), credit_rules(), credit_requirements()]
}

fn library_settings() -> Table<'static> {
    Table {
        name: "library_settings",
        columns: &["id", "only", "name", "time_zone", "certificate_numbering", "created_at", "updated_at", "version"],
        rows: rows(std::iter::once(vec![
            id(13, 0).into(),
            Value::Int(1),
            "Perpustakaan Kota Singkawang".into(),
            "Asia/Pontianak".into(),
            "{sequence}/{year}".into(),
        ])),
    }
}

fn training_types() -> Table<'static> {
    Table {
        name: "training_types",
        columns: &[
            "id",
            "siasn_id",
            "name",
            "certificate_class",
            "track",
            "bucket",
            "course_code",
            "search_text",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(TYPES.iter().map(|row| {
            vec![
                row.id.into(),
                row.siasn_id.into(),
                row.name.to_string().into(),
                row.certificate_class.as_str().into(),
                row.track.as_str().into(),
                row.bucket.as_str().into(),
                row.course_code.into(),
                row.name.get("id").and_then(Json::as_str).unwrap_or_default().to_lowercase().into(),
            ]
        })),
    }
}

fn credit_rules() -> Table<'static> {
    Table {
        name: "credit_rules",
        columns: &[
            "id",
            "training_type_id",
            "counts_certificate_hours",
            "basis",
            "national_hours",
            "international_hours",
            "minutes_per_hour",
            "cap_per_entry",
            "cap_per_day",
            "cap_per_month",
            "cap_per_year",
            "valid_from",
            "legal_basis",
            "source",
            "verified",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(TYPES.iter().map(|row| {
            let rule = &row.rule;
            vec![
                rule.id.into(),
                row.id.into(),
                rule.counts_certificate_hours.into(),
                rule.basis.as_str().into(),
                rule.national_hours.into(),
                rule.international_hours.into(),
                rule.minutes_per_hour.into(),
                rule.cap_per_entry.into(),
                rule.cap_per_day.into(),
                rule.cap_per_month.into(),
                rule.cap_per_year.into(),
                rule.valid_from.into(),
                rule.legal_basis.as_str().into(),
                rule.source.clone().into(),
                rule.verified.into(),
            ]
        })),
    }
}

fn credit_requirements() -> Table<'static> {
    Table {
        name: "credit_requirements",
        columns: &[
            "id",
            "employment_kind",
            "kind",
            "hours",
            "valid_from",
            "legal_basis",
            "source",
            "verified",
            "created_at",
            "updated_at",
            "version",
        ],
        rows: rows(REQUIREMENTS.iter().map(|row| {
            vec![
                row.id.into(),
                row.employment_kind.as_str().into(),
                row.kind.as_str().into(),
                row.hours.into(),
                row.valid_from.into(),
                row.legal_basis.as_str().into(),
                row.source.clone().into(),
                row.verified.into(),
            ]
        })),
    }
}
