use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::kernel::clock::Instant;
use crate::kernel::event::{Column, Event};
use crate::kernel::page::Page;

/// One entry of the audit trail: an event with all that the log knows of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000001", "seq": 42, "name": "unit.updated", "subject_kind": "unit",
    "subject_id": "019a0000-0000-7000-8000-000000000000", "subject_version": 3, "person_id": null,
    "actor_id": "019a0000-0000-7000-8000-000000000002", "request_id": "019a0000-0000-7000-8000-000000000003",
    "caused_by": null, "occurred_at": "2026-01-05T01:00:00.000Z", "changes": {"name": ["Layanan", "Layanan Pemustaka"]}
}))]
pub struct AuditEntry {
    /// The event.
    pub id: Uuid,
    /// Its place in the log.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub seq: i64,
    /// What happened.
    #[schema(max_length = 100)]
    pub name: String,
    /// The kind of the object.
    #[schema(max_length = 60)]
    pub subject_kind: String,
    /// The object.
    pub subject_id: Uuid,
    /// The object's version after it.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub subject_version: i32,
    /// The librarian whose record the object belongs to; null where it is nobody's.
    #[schema(required)]
    pub person_id: Option<Uuid>,
    /// The account that did it; null when the service did.
    #[schema(required)]
    pub actor_id: Option<Uuid>,
    /// The request in which it was done; null outside requests.
    #[schema(required)]
    pub request_id: Option<Uuid>,
    /// The event of the same transaction that led to this one; null for the first.
    #[schema(required)]
    pub caused_by: Option<Uuid>,
    /// When it happened.
    pub occurred_at: Instant,
    /// The changed fields, each with its value before and after; null once they were erased. Secrets are never in it.
    #[schema(required, value_type = Option<Object>)]
    pub changes: Option<serde_json::Value>,
}

/// A page of the audit trail.
pub type AuditEntryPage = Page<AuditEntry>;

impl From<Event> for AuditEntry {
    fn from(event: Event) -> Self {
        Self {
            id: event.id,
            seq: event.seq.unwrap_or_default(),
            name: event.name,
            subject_kind: event.subject_kind,
            subject_id: event.subject_id,
            subject_version: event.subject_version,
            person_id: event.person_id,
            actor_id: event.actor_id,
            request_id: event.request_id,
            caused_by: event.caused_by,
            occurred_at: Instant(event.occurred_at),
            changes: event.changes,
        }
    }
}

/// Which entries to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AuditFilter {
    /// Entries of this object.
    pub subject_id: Option<Uuid>,
    /// Entries of objects of this kind.
    #[param(max_length = 60, example = "unit")]
    pub subject_kind: Option<String>,
    /// What this account did.
    pub actor_id: Option<Uuid>,
    /// Not before this instant.
    pub occurred_at_gte: Option<Instant>,
    /// Before this instant.
    pub occurred_at_lt: Option<Instant>,
}

impl AuditFilter {
    /// The filter as a condition.
    pub fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.subject_id.map(|id| Column::SubjectId.eq(id)))
            .add_option(self.subject_kind.as_deref().map(|kind| Column::SubjectKind.eq(kind)))
            .add_option(self.actor_id.map(|id| Column::ActorId.eq(id)))
            .add_option(self.occurred_at_gte.map(|from| Column::OccurredAt.gte(from.0)))
            .add_option(self.occurred_at_lt.map(|to| Column::OccurredAt.lt(to.0)))
    }
}
