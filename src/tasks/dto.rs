use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::kind::TaskKind;
use crate::kernel::clock::Instant;
use crate::kernel::language::Localized;
use crate::kernel::page::{AnyOf, OpenName};

/// What waits for the caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "kinds": [{"kind": "assessment_decision", "title": {"id": "Putuskan asesmen", "en": "Decide on an assessment"}, "count": 1}],
    "items": [{
        "kind": "assessment_decision", "title": {"id": "Putuskan asesmen", "en": "Decide on an assessment"},
        "object_id": "019a0000-0000-7000-8000-000000000000", "href": "/api/v1/assessments/019a0000-0000-7000-8000-000000000000",
        "action": null, "label": "PRP.LP02.003.01", "librarian_id": "019a0000-0000-7000-8000-000000000001",
        "librarian_name": "Rizky Pratama", "since": "2026-03-02T01:00:00.000Z", "due_at": null, "is_overdue": false
    }]
}))]
pub struct Tasks {
    /// The kinds of tasks that the caller's roles can have, with how many there are.
    #[schema(max_items = 100)]
    pub kinds: Vec<TaskCount>,
    /// The tasks: those that are due first, then those that wait the longest.
    #[schema(max_items = 200)]
    pub items: Vec<Task>,
}

/// How many tasks of a kind there are.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaskCount {
    /// The kind.
    pub kind: TaskKind,
    /// What is to be done.
    pub title: Localized,
    /// How many there are, shown or not.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub count: i64,
}

/// Something that waits for the caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Task {
    /// The kind.
    pub kind: TaskKind,
    /// What is to be done.
    pub title: Localized,
    /// The object that it is about.
    pub object_id: Uuid,
    /// Where the object is read.
    #[schema(max_length = 200)]
    pub href: String,
    /// The transition that ends the task, one of the object's `actions`; null where it takes more than one.
    #[schema(required, max_length = 60, pattern = "^[a-z-]+$")]
    pub action: Option<&'static str>,
    /// What the object is called: a title or a code, or what is to be done where the object asks for several things.
    #[schema(max_length = 500)]
    pub label: String,
    /// Whose record it is; null where it is nobody's.
    #[schema(required)]
    pub librarian_id: Option<Uuid>,
    /// Their name.
    #[schema(required, max_length = 200)]
    pub librarian_name: Option<String>,
    /// Since when it waits.
    pub since: Instant,
    /// Until when it is to be done; null where nothing presses.
    #[schema(required)]
    pub due_at: Option<Instant>,
    /// Whether that has passed.
    pub is_overdue: bool,
}

/// Which tasks.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct TaskQuery {
    /// Tasks of these kinds only, separated by commas; a name that no kind has finds nothing.
    #[param(value_type = Option<String>, max_length = 500, pattern = "^[a-z_]{1,60}(,[a-z_]{1,60})*$", example = "assessment_decision")]
    pub kind: Option<AnyOf<OpenName>>,
    /// How many tasks at the most; 50 unless given.
    #[param(minimum = 1, maximum = 200, example = 20)]
    pub limit: Option<u32>,
}
