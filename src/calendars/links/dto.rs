use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::clock::Instant;

/// Whether there is a link to the caller's calendar. The link itself is shown once, when it is made.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"renewed_at": "2026-03-02T01:00:00.000Z"}))]
pub struct CalendarLink {
    /// When the present one was made; null where there is none.
    #[schema(required)]
    pub renewed_at: Option<Instant>,
}

/// A new link to the caller's calendar, for a calendar application to subscribe to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "url": "https://bina.example/api/v1/calendars/2Jd0mWfB0cX6m8yqk2d9vGQqV7xB8Tt5u1Z3s4R6a7c.ics", "renewed_at": "2026-03-02T01:00:00.000Z"
}))]
pub struct NewCalendarLink {
    /// The link: a secret, shown this once.
    #[schema(max_length = 2000)]
    pub url: String,
    /// When it was made.
    pub renewed_at: Instant,
}
