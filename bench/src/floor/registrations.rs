//! A page of registrations with the people and activities around them: the place to change when the service's
//! `activities::registrations` (`entity.rs`, `dto.rs`) changes.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::rows::{Instant, Row};

/// Path of the registrations.
pub(crate) const REGISTRATIONS: &str = "/api/v1/registrations";
/// The measured page: who has a seat, the latest first, 20 of 100,000.
pub(crate) const PAGE: &str = "/api/v1/registrations?status=confirmed&sort=-registered_at&limit=20";

/// The page, by the index on status, instant and id, and only then what stands around its rows.
pub(crate) const SELECT_PAGE: &str = "SELECT r.id, r.activity_id, a.title, a.starts_at, r.librarian_id, l.name, \
    r.status, r.result, r.waitlist_number, r.registered_at, r.supervisor_approved_at, r.approved_at, r.confirmed_at, \
    r.offer_expires_at, r.cancelled_at, r.cancel_cause, r.cancel_reason, r.attendance_percent, \
    r.pre_test_hundredths, r.post_test_hundredths, r.version, r.created_at, r.updated_at, a.status, a.archived_at \
    FROM (SELECT * FROM registrations WHERE status = $1 ORDER BY registered_at DESC, id DESC LIMIT $2) r \
    JOIN activities a ON a.id = r.activity_id JOIN librarians l ON l.id = r.librarian_id \
    ORDER BY r.registered_at DESC, r.id DESC";

/// A registration as the service answers it in a list.
#[derive(Serialize)]
pub(crate) struct Registration {
    id: Uuid,
    activity_id: Uuid,
    activity_title: String,
    activity_starts_at: Option<Instant>,
    librarian_id: Uuid,
    librarian_name: String,
    status: String,
    result: Option<String>,
    waitlist_number: Option<i32>,
    waitlist_position: Option<i64>,
    registered_at: Instant,
    supervisor_approved_at: Option<Instant>,
    approved_at: Option<Instant>,
    confirmed_at: Option<Instant>,
    offer_expires_at: Option<Instant>,
    cancelled_at: Option<Instant>,
    cancel_cause: Option<String>,
    cancel_reason: Option<String>,
    attendance_percent: Option<i32>,
    pre_test: Option<f64>,
    post_test: Option<f64>,
    n_gain: Option<f64>,
    n_gain_band: Option<&'static str>,
    version: i32,
    created_at: Instant,
    updated_at: Instant,
    actions: &'static [&'static str],
}

impl Registration {
    /// Decodes a row of [`SELECT_PAGE`]. Scores are read; without both of them, as here, there is no gain to tell.
    pub(crate) fn read(row: &impl Row) -> anyhow::Result<Self> {
        let instant = |index| Ok::<_, anyhow::Error>(row.get::<Option<DateTime<Utc>>>(index)?.map(Instant));
        let score =
            |index| Ok::<_, anyhow::Error>(row.get::<Option<i32>>(index)?.map(|score| f64::from(score) / 100.0));
        let status: String = row.get(6)?;
        let activity: String = row.get(23)?;
        let open = activity == "published" && row.get::<Option<DateTime<Utc>>>(24)?.is_none();
        Ok(Self {
            id: row.get(0)?,
            activity_id: row.get(1)?,
            activity_title: row.get(2)?,
            activity_starts_at: instant(3)?,
            librarian_id: row.get(4)?,
            librarian_name: row.get(5)?,
            actions: if open { actions(&status) } else { &[] },
            status,
            result: row.get(7)?,
            waitlist_number: row.get(8)?,
            waitlist_position: None,
            registered_at: Instant(row.get(9)?),
            supervisor_approved_at: instant(10)?,
            approved_at: instant(11)?,
            confirmed_at: instant(12)?,
            offer_expires_at: instant(13)?,
            cancelled_at: instant(14)?,
            cancel_cause: row.get(15)?,
            cancel_reason: row.get(16)?,
            attendance_percent: row.get(17)?,
            pre_test: score(18)?,
            post_test: score(19)?,
            n_gain: None,
            n_gain_band: None,
            version: row.get(20)?,
            created_at: Instant(row.get(21)?),
            updated_at: Instant(row.get(22)?),
        })
    }
}

/// The steps that the measuring caller, an admin, sees open.
fn actions(status: &str) -> &'static [&'static str] {
    match status {
        "requested" => &["approval", "rejection", "cancellation"],
        "offered" => &["acceptance", "cancellation"],
        "confirmed" | "waitlisted" => &["cancellation"],
        _ => &[],
    }
}
