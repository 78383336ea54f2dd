use chrono::NaiveDate;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::content::LearningEntryChanges;
use super::entity::{Column, Model};
pub use super::entity::{LearningEntryStatus, LearningKind};
use crate::competencies::assessments::entity::Evidence;
use crate::credits::entries::entity::CreditCap;
use crate::credits::entries::service::Earned;
use crate::kernel::clock::Instant;
use crate::kernel::decimal::decimal;
use crate::kernel::idempotency::Resource;
use crate::kernel::page::{AnyOf, Page, matches};
use crate::kernel::policy::{Access, Reach};
use crate::kernel::validation;

/// What the ledger made of a learning entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "credit_entry_id": "019a0000-0000-7000-8000-000000000009", "computed_hours": 10.0, "cap": null, "credited_hours": 10.0,
    "is_reversed": false
}))]
pub struct LearningCredit {
    /// The row of the ledger that counts, or the last that did.
    pub credit_entry_id: Uuid,
    /// JP by the rule of that day, before caps.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub computed_hours: f64,
    /// The cap that held hours back; null where none did.
    #[schema(required)]
    pub cap: Option<CreditCap>,
    /// JP that count; 0 once they were taken back.
    #[schema(minimum = 0, maximum = 10_000)]
    pub credited_hours: f64,
    /// Whether they were taken back.
    pub is_reversed: bool,
}

impl From<&Earned> for LearningCredit {
    fn from(earned: &Earned) -> Self {
        Self {
            credit_entry_id: earned.entry.id,
            computed_hours: decimal(earned.entry.computed.into()),
            cap: earned.entry.cap,
            credited_hours: decimal(earned.counting().into()),
            is_reversed: earned.is_reversed,
        }
    }
}

/// What somebody learned on their own (catatan belajar).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "librarian_id": "019a0000-0000-7000-8000-000000000001", "kind": "e_learning",
    "training_type_id": "019b76da-a800-77f0-b526-ce05648222b9", "title": "Metadata untuk koleksi digital",
    "organiser": "Perpustakaan Nasional", "certificate_number": "EL-2026/0417", "starts_on": "2026-02-09", "ends_on": "2026-02-13",
    "days": 0, "sessions": 1, "minutes": 0, "is_international": false, "claimed_hours": 10.0, "summary": null,
    "evidence": [{"title": "Sertifikat", "url": "https://example.org/sertifikat/0417", "file_id": null}], "plan_action_id": null,
    "status": "submitted", "credit": null,
    "submitted_at": "2026-02-16T01:00:00.000Z", "decided_at": null, "decided_by": null, "reason": null, "version": 2,
    "created_at": "2026-02-16T00:40:00.000Z", "updated_at": "2026-02-16T01:00:00.000Z", "actions": ["verification", "return"]
}))]
pub struct LearningEntry {
    /// The entry.
    pub id: Uuid,
    /// Who learned.
    pub librarian_id: Uuid,
    /// How.
    pub kind: LearningKind,
    /// The type (jenis diklat) that it is counted by.
    pub training_type_id: Uuid,
    /// What.
    #[schema(max_length = 200)]
    pub title: String,
    /// Who held it (penyelenggara).
    #[schema(required, max_length = 200)]
    pub organiser: Option<String>,
    /// The certificate's number.
    #[schema(required, max_length = 100)]
    pub certificate_number: Option<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day, on which it counts.
    pub ends_on: NaiveDate,
    /// On how many days; 0 for all from the first to the last.
    #[schema(minimum = 0, maximum = 3660)]
    pub days: i32,
    /// How many sessions.
    #[schema(minimum = 0, maximum = 1000)]
    pub sessions: i32,
    /// How long it took.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub minutes: i32,
    /// Whether it was held across borders.
    pub is_international: bool,
    /// JP that the certificate says.
    #[schema(required, minimum = 0, maximum = 1000)]
    pub claimed_hours: Option<f64>,
    /// What was learned, and what it is good for at work.
    #[schema(required, max_length = 4000)]
    pub summary: Option<String>,
    /// What shows it.
    #[schema(max_items = 20)]
    pub evidence: Vec<Evidence>,
    /// The action of the person's plan that it was done for.
    #[schema(required)]
    pub plan_action_id: Option<Uuid>,
    /// Where it stands.
    pub status: LearningEntryStatus,
    /// What the ledger made of it; null before it was verified.
    #[schema(required)]
    pub credit: Option<LearningCredit>,
    /// When it was last submitted.
    #[schema(required)]
    pub submitted_at: Option<Instant>,
    /// When it was verified, returned or withdrawn.
    #[schema(required)]
    pub decided_at: Option<Instant>,
    /// The account that did so.
    #[schema(required)]
    pub decided_by: Option<Uuid>,
    /// Why it was returned or withdrawn.
    #[schema(required, max_length = 1000)]
    pub reason: Option<String>,
    /// Counts the changes; send it back in `If-Match`.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it was written down.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// What the caller may do with it next.
    #[schema(max_items = 5)]
    pub actions: Vec<LearningEntryAction>,
}

/// A step that is open now: the last path segment of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LearningEntryAction {
    /// Hand it in.
    Submission,
    /// Let it count.
    Verification,
    /// Send it back.
    Return,
    /// Put right what was credited.
    Correction,
    /// Give it up.
    Withdrawal,
}

/// A page of learning entries.
pub type LearningEntryPage = Page<LearningEntry>;

impl LearningEntry {
    /// An entry as this caller sees it, with what the ledger made of it.
    pub fn seen(row: Model, earned: Option<&Earned>, access: &Access) -> Self {
        Self {
            actions: actions(&row, access),
            id: row.id,
            librarian_id: row.librarian_id,
            kind: row.kind,
            training_type_id: row.training_type_id,
            title: row.title,
            organiser: row.organiser,
            certificate_number: row.certificate_number,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            days: row.days,
            sessions: row.sessions,
            minutes: row.minutes,
            is_international: row.is_international,
            claimed_hours: row.claimed.map(|hours| decimal(hours.into())),
            summary: row.summary,
            evidence: row.evidence.0,
            plan_action_id: row.plan_action_id,
            status: row.status,
            credit: earned.map(LearningCredit::from),
            submitted_at: row.submitted_at.map(Instant),
            decided_at: row.decided_at.map(Instant),
            decided_by: row.decided_by,
            reason: row.reason,
            version: row.version,
            created_at: Instant(row.created_at),
            updated_at: Instant(row.updated_at),
        }
    }
}

/// Whether the caller may write on this entry: the person, or an admin.
pub fn may_write(row: &Model, access: &Access) -> bool {
    access.is_admin() || access.is_own(row.librarian_id)
}

/// Whether the caller may decide on this entry, which is within their reach: a mentor or an admin, never the person.
pub fn may_decide(row: &Model, access: &Access) -> bool {
    access.reach() >= Reach::Mentees && !access.is_own(row.librarian_id)
}

fn actions(row: &Model, access: &Access) -> Vec<LearningEntryAction> {
    use LearningEntryAction::{Correction, Return, Submission, Verification, Withdrawal};
    let (deciding, writing): (&[_], &[_]) = match row.status {
        LearningEntryStatus::Draft => (&[], &[Submission]),
        LearningEntryStatus::Returned => (&[], &[Submission, Withdrawal]),
        LearningEntryStatus::Submitted => (&[Verification, Return], &[Withdrawal]),
        LearningEntryStatus::Verified => (&[Correction], &[Withdrawal]),
        LearningEntryStatus::Withdrawn => (&[], &[]),
    };
    let deciding = deciding.iter().filter(|_| may_decide(row, access));
    deciding.chain(writing.iter().filter(|_| may_write(row, access))).copied().collect()
}

impl Resource for LearningEntry {
    fn path(&self) -> String {
        format!("/api/v1/learning-entries/{}", self.id)
    }

    fn version(&self) -> i32 {
        self.version
    }
}

/// Why an entry goes back or is given up.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Nomor sertifikat tidak terbaca"}))]
pub struct LearningReason {
    /// For those concerned to read.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// What was wrong with an entry that was credited.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Sertifikat menyebut 8 JP", "changes": {"claimed_hours": 8.0}}))]
pub struct LearningEntryCorrection {
    /// Why, for the person to read and the ledger to keep.
    #[validate(length(min = 1, max = 1000), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
    /// What is right: a merge patch (RFC 7396).
    pub changes: LearningEntryChanges,
}

/// Which learning entries to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LearningEntryFilter {
    /// Of this person.
    pub librarian_id: Option<Uuid>,
    /// In one of these states, separated by commas.
    #[param(value_type = Option<String>, max_length = 100, example = "submitted", pattern = "^(draft|submitted|verified|returned|withdrawn)(,(draft|submitted|verified|returned|withdrawn))*$")]
    pub status: Option<AnyOf<LearningEntryStatus>>,
    /// Learned in this way.
    #[param(inline)]
    pub kind: Option<LearningKind>,
    /// Ended on this day or later.
    pub ends_on_gte: Option<NaiveDate>,
    /// Ended before this day.
    pub ends_on_lt: Option<NaiveDate>,
    /// Words of the title or the organiser.
    #[param(max_length = 200, example = "metadata")]
    pub q: Option<String>,
}

impl LearningEntryFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.librarian_id.map(|id| Column::LibrarianId.eq(id)))
            .add_option(self.status.as_ref().map(|status| Column::Status.is_in(status.0.iter().copied())))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add_option(self.ends_on_gte.map(|day| Column::EndsOn.gte(day)))
            .add_option(self.ends_on_lt.map(|day| Column::EndsOn.lt(day)))
            .add_option(self.q.as_deref().map(|words| matches(Column::SearchText, words)))
    }
}
