use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::kernel::clock::Instant;
use crate::kernel::event::Event;
use crate::kernel::page::{AnyOf, OpenName, Page};

/// What to do with one's own copy of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeedOperation {
    /// Load it again, or for the first time.
    Upsert,
    /// Drop it: it was archived or removed.
    Delete,
}

/// One change of one object. It says that something changed, never what: load the object for that.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000001", "seq": 42, "name": "unit.updated", "type": "unit",
    "subject_id": "019a0000-0000-7000-8000-000000000000", "op": "upsert", "version": 3,
    "occurred_at": "2026-01-05T01:00:00.000Z", "href": "/api/v1/units/019a0000-0000-7000-8000-000000000000"
}))]
pub struct FeedEvent {
    /// The event.
    pub id: Uuid,
    /// Its place in the log; grows, with gaps where the caller may not look.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub seq: i64,
    /// What happened: the kind of the object and what was done.
    #[schema(max_length = 100)]
    pub name: String,
    /// The kind of the object.
    #[serde(rename = "type")]
    #[schema(max_length = 60)]
    pub kind: String,
    /// The object.
    pub subject_id: Uuid,
    /// What to do with one's own copy.
    pub op: FeedOperation,
    /// The object's version after the event; older ones need not be loaded any more.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub version: i32,
    /// When it happened.
    pub occurred_at: Instant,
    /// Where the object is; null where its kind has no address of its own.
    #[schema(required, max_length = 200)]
    pub href: Option<String>,
}

/// A page of the feed.
pub type FeedEventPage = Page<FeedEvent>;

impl From<Event> for FeedEvent {
    fn from(event: Event) -> Self {
        Self {
            id: event.id,
            seq: event.seq.unwrap_or_default(),
            op: if event.is_gone { FeedOperation::Delete } else { FeedOperation::Upsert },
            href: event.subject_collection.map(|collection| format!("/api/v1/{collection}/{}", event.subject_id)),
            name: event.name,
            kind: event.subject_kind,
            subject_id: event.subject_id,
            version: event.subject_version,
            occurred_at: Instant(event.occurred_at),
        }
    }
}

/// Which part of the feed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FeedQuery {
    /// `next_cursor` of the page before, to go on from there; the feed begins with the oldest event without it.
    #[param(max_length = 200, pattern = "^[A-Za-z0-9_-]+$")]
    pub cursor: Option<String>,
    /// Changes of these kinds of objects, separated by commas.
    #[param(value_type = Option<String>, max_length = 500, example = "unit,librarian", pattern = "^[a-z_]{1,60}(,[a-z_]{1,60})*$")]
    pub types: Option<AnyOf<OpenName>>,
    /// How many events at the most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u32>,
}
