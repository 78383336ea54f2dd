use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::entity::{Column, CreditCap, CreditSource, EntryKind, Model};
use crate::kernel::clock::Instant;
use crate::kernel::decimal::decimal;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::Page;
use crate::kernel::policy::Access;
use crate::kernel::validation;
use crate::settings::training_types::entity::LearningBucket;

/// A row of the ledger of credit hours (JP). It never changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "librarian_id": "019a0000-0000-7000-8000-000000000001", "kind": "credit",
    "year": 2026, "starts_on": "2026-02-10", "counted_on": "2026-02-10", "recorded_on": "2026-02-12",
    "training_type_id": "019a0000-0000-7000-8000-000000000002", "bucket": "formal", "source_kind": "activity",
    "source_id": "019a0000-0000-7000-8000-000000000003", "title": "Seminar literasi digital", "organiser": "Perpustakaan Nasional",
    "certificate_number": "SEM/12/2026", "evidence_url": null, "is_international": false, "days": 1, "sessions": 2,
    "minutes": 240, "claimed_hours": null, "rule_id": "019a0000-0000-7000-8000-000000000004", "computed_hours": 4.0,
    "cap": null, "credited_hours": 4.0, "verifier_id": null, "reversal_of": null, "reversed_by": null, "reason": null,
    "version": 1, "created_at": "2026-02-12T01:00:00.000Z", "actions": ["reversal"]
}))]
pub struct CreditEntry {
    /// The row.
    pub id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// Whether it gives hours or takes them back.
    pub kind: EntryKind,
    /// The year that it counts in, by the calendar year in which that begins.
    #[schema(minimum = 1900, maximum = 2999)]
    pub year: i32,
    /// The first day of what was learned.
    pub starts_on: NaiveDate,
    /// The last day: the day that it counts on.
    pub counted_on: NaiveDate,
    /// The day on which the ledger learned of it.
    pub recorded_on: NaiveDate,
    /// The type of training (jenis diklat).
    pub training_type_id: Uuid,
    /// Its share of 70:20:10.
    pub bucket: LearningBucket,
    /// The kind of what earned it.
    pub source_kind: CreditSource,
    /// The object that earned it.
    pub source_id: Uuid,
    /// What it was.
    #[schema(max_length = 500)]
    pub title: String,
    /// Who held it.
    #[schema(required, max_length = 500)]
    pub organiser: Option<String>,
    /// The certificate's number.
    #[schema(required, max_length = 200)]
    pub certificate_number: Option<String>,
    /// Where the evidence is.
    #[schema(required, max_length = 2000)]
    pub evidence_url: Option<String>,
    /// Whether it was held across borders.
    pub is_international: bool,
    /// On how many days.
    #[schema(minimum = 0, maximum = 10_000)]
    pub days: i32,
    /// How many sessions.
    #[schema(minimum = 0, maximum = 10_000)]
    pub sessions: i32,
    /// How long it took.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub minutes: i32,
    /// JP that the certificate or the person says.
    #[schema(required, minimum = 0, maximum = 10_000)]
    pub claimed_hours: Option<f64>,
    /// The rule that was applied.
    #[schema(required)]
    pub rule_id: Option<Uuid>,
    /// JP by the rule, before caps.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub computed_hours: f64,
    /// The cap that held hours back; null where none did.
    #[schema(required)]
    pub cap: Option<CreditCap>,
    /// JP that count; below 0 in a reversal.
    #[schema(minimum = -10_000, maximum = 10_000)]
    pub credited_hours: f64,
    /// The account that had it credited or taken back; null for the service itself.
    #[schema(required)]
    pub verifier_id: Option<Uuid>,
    /// The credit that this takes back; null for a credit.
    #[schema(required)]
    pub reversal_of: Option<Uuid>,
    /// The row that takes this back; null while it stands.
    #[schema(required)]
    pub reversed_by: Option<Uuid>,
    /// Why it is taken back.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// Always 1.
    #[schema(minimum = 1, maximum = 1)]
    pub version: i32,
    /// When it was written.
    pub created_at: Instant,
    /// What may be done with it next.
    #[schema(max_items = 1)]
    pub actions: Vec<CreditEntryAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CreditEntryAction {
    /// Take it back.
    Reversal,
}

/// A page of the ledger.
pub type CreditEntryPage = Page<CreditEntry>;

impl CreditEntry {
    /// A row as this caller sees it, with the row that takes it back.
    pub fn seen(row: Model, reversed_by: Option<Uuid>, access: &Access) -> Self {
        let can_reverse = access.is_admin() && row.kind == EntryKind::Credit && reversed_by.is_none();
        Self {
            id: row.id,
            librarian_id: row.librarian_id,
            kind: row.kind,
            year: row.year,
            starts_on: row.starts_on,
            counted_on: row.counted_on,
            recorded_on: row.recorded_on,
            training_type_id: row.training_type_id,
            bucket: row.bucket,
            source_kind: row.source_kind,
            source_id: row.source_id,
            title: row.title,
            organiser: row.organiser,
            certificate_number: row.certificate_number,
            evidence_url: row.evidence_url,
            is_international: row.is_international,
            days: row.days,
            sessions: row.sessions,
            minutes: row.minutes,
            claimed_hours: row.claimed.map(|hours| decimal(hours.into())),
            rule_id: row.rule_id,
            computed_hours: decimal(row.computed.into()),
            cap: row.cap,
            credited_hours: decimal(row.credited.into()),
            verifier_id: row.verifier_id,
            reversal_of: row.reversal_of,
            reversed_by,
            reason: row.reason,
            version: row.version,
            created_at: Instant(row.created_at),
            actions: can_reverse.then_some(CreditEntryAction::Reversal).into_iter().collect(),
        }
    }
}

impl Resource for CreditEntry {
    fn path(&self) -> String {
        format!("/api/v1/credit-entries/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Why credit is taken back.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Sertifikat ternyata milik orang lain"}))]
pub struct ReversalReason {
    /// For the person to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// Which rows to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CreditEntryFilter {
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// Of this year, by the calendar year in which it begins.
    #[param(minimum = 1900, maximum = 2999, example = 2026)]
    pub year: Option<i32>,
    /// Of this type of training.
    pub training_type_id: Option<Uuid>,
    /// Of this part of 70:20:10.
    #[param(inline)]
    pub bucket: Option<LearningBucket>,
    /// Credits, or reversals.
    #[param(inline)]
    pub kind: Option<EntryKind>,
    /// Earned by this object.
    pub source_id: Option<Uuid>,
}

impl CreditEntryFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.year.map(|year| Column::Year.eq(year)))
            .add_option(self.training_type_id.map(|id| Column::TrainingTypeId.eq(id)))
            .add_option(self.bucket.map(|bucket| Column::Bucket.eq(bucket)))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add_option(self.source_id.map(|id| Column::SourceId.eq(id)))
    }
}
