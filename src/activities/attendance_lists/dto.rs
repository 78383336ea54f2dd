use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::kernel::clock::Instant;
use crate::kernel::language::Localized;

/// The attendance list (daftar hadir) of an activity.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "activity_id": "019a0000-0000-7000-8000-000000000000", "title": "Bimtek SLiMS 9", "place": "Ruang pelatihan lantai 2",
    "sessions": [{
        "session_id": "019a0000-0000-7000-8000-000000000001", "title": null, "starts_at": "2026-12-07T01:00:00.000Z",
        "ends_at": "2026-12-07T09:00:00.000Z", "time_zone": "Asia/Pontianak"
    }],
    "people": [{
        "registration_id": "019a0000-0000-7000-8000-000000000002", "librarian_id": "019a0000-0000-7000-8000-000000000003",
        "name": "Maria Lestari Bong", "unit_name": "Pengolahan", "position_title": {"id": "Pustakawan Ahli Madya", "en": null},
        "presence": [null]
    }]
}))]
pub struct AttendanceList {
    /// The activity.
    pub activity_id: Uuid,
    /// Its title.
    #[schema(max_length = 300)]
    pub title: String,
    /// Where, in words.
    #[schema(required, max_length = 300)]
    pub place: Option<String>,
    /// Its sessions, by time.
    #[schema(max_items = 10_000)]
    pub sessions: Vec<ListedSession>,
    /// Everybody with a seat, by name.
    #[schema(max_items = 10_000)]
    pub people: Vec<ListedPerson>,
}

/// A session of the list: a column.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "session_id": "019a0000-0000-7000-8000-000000000001", "title": null, "starts_at": "2026-12-07T01:00:00.000Z",
    "ends_at": "2026-12-07T09:00:00.000Z", "time_zone": "Asia/Pontianak"
}))]
pub struct ListedSession {
    /// The session.
    pub session_id: Uuid,
    /// Its own title.
    #[schema(required, max_length = 200)]
    pub title: Option<String>,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// The time zone in which it is announced (IANA).
    #[schema(max_length = 60)]
    pub time_zone: String,
}

/// A person of the list: a row.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "registration_id": "019a0000-0000-7000-8000-000000000002", "librarian_id": "019a0000-0000-7000-8000-000000000003",
    "name": "Maria Lestari Bong", "unit_name": "Pengolahan", "position_title": {"id": "Pustakawan Ahli Madya", "en": null},
    "presence": [null]
}))]
pub struct ListedPerson {
    /// The registration.
    pub registration_id: Uuid,
    /// The person.
    pub librarian_id: Uuid,
    /// The name.
    #[schema(max_length = 200)]
    pub name: String,
    /// The work unit.
    #[schema(max_length = 200)]
    pub unit_name: String,
    /// The position; null outside of them.
    #[schema(required)]
    pub position_title: Option<Localized>,
    /// For each session in order: whether the person was there; null where nobody has said so far.
    #[schema(max_items = 10_000)]
    pub presence: Vec<Option<bool>>,
}
