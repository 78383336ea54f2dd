//! A batch of scans: every scan and every attendance written, in one transaction. Nothing is judged: whom a code names is
//! taken from the code, unchecked.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Path of an activity's scans, with the activity to be filled in.
pub(crate) const CHECK_INS: &str = "/api/v1/activities/{id}/check-ins";

/// A scan, on SQLite row by row.
pub(crate) const INSERT_SCAN: &str = "INSERT INTO check_ins (id, activity_id, session_id, registration_id, device_id, \
    nonce, fingerprint, method, scanned_at, received_at, outcome, version, created_at, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'code', $8, $9, 'applied', 1, $9, $9)";

/// Who was there, on SQLite row by row.
pub(crate) const INSERT_PRESENT: &str = "INSERT INTO session_attendance (session_id, registration_id, is_present, \
    source, at, check_in_id) VALUES ($1, $2, TRUE, 'check_in', $3, $4) ON CONFLICT (session_id, registration_id) \
    DO UPDATE SET is_present = excluded.is_present, source = excluded.source, at = excluded.at, \
    check_in_id = excluded.check_in_id";

/// All scans at once: on PostgreSQL a thousand round trips would cost more than the rows.
pub(crate) const INSERT_SCANS: &str = "INSERT INTO check_ins (id, activity_id, session_id, registration_id, device_id, \
    nonce, fingerprint, method, scanned_at, received_at, outcome, version, created_at, updated_at) \
    SELECT id, $1, session_id, registration_id, device_id, nonce, $2, 'code', scanned_at, $3, 'applied', 1, $3, $3 \
    FROM UNNEST($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::timestamptz[]) \
    AS scan (id, session_id, registration_id, device_id, nonce, scanned_at)";

/// All attendance at once.
pub(crate) const INSERT_ALL_PRESENT: &str = "INSERT INTO session_attendance (session_id, registration_id, is_present, \
    source, at, check_in_id) SELECT session_id, registration_id, TRUE, 'check_in', at, check_in_id \
    FROM UNNEST($1::uuid[], $2::uuid[], $3::timestamptz[], $4::uuid[]) \
    AS present (session_id, registration_id, at, check_in_id) ON CONFLICT (session_id, registration_id) \
    DO UPDATE SET is_present = excluded.is_present, source = excluded.source, at = excluded.at, \
    check_in_id = excluded.check_in_id";

/// What stands where the service keeps a digest of the scan.
pub(crate) const FINGERPRINT: [u8; 32] = [0; 32];

/// A batch as a device sends it.
#[derive(Deserialize)]
pub(crate) struct Batch {
    items: Vec<NewScan>,
}

#[derive(Deserialize)]
struct NewScan {
    session_id: Uuid,
    code: String,
    scanned_at: DateTime<Utc>,
    nonce: String,
    device_id: String,
}

/// A scan to be written.
pub(crate) struct Scan {
    pub(crate) id: Uuid,
    pub(crate) session_id: Uuid,
    pub(crate) registration_id: Uuid,
    pub(crate) scanned_at: DateTime<Utc>,
    pub(crate) nonce: String,
    pub(crate) device_id: String,
}

/// What became of the batch, as the service answers it.
#[derive(Serialize)]
pub(crate) struct Report {
    applied: usize,
    duplicate: usize,
    conflict: usize,
    rejected: usize,
    items: Vec<Answer>,
}

#[derive(Serialize)]
struct Answer {
    nonce: String,
    device_id: String,
    outcome: &'static str,
    reason: Option<&'static str>,
    check_in_id: Uuid,
    registration_id: Uuid,
}

impl Batch {
    /// The rows that it makes; none where a code names nobody.
    pub(crate) fn scans(self) -> Option<Vec<Scan>> {
        let scans = self.items.into_iter().map(|new| {
            Some(Scan {
                id: Uuid::now_v7(),
                session_id: new.session_id,
                registration_id: new.code.split('.').nth(1)?.parse().ok()?,
                scanned_at: new.scanned_at,
                nonce: new.nonce,
                device_id: new.device_id,
            })
        });
        scans.collect()
    }
}

impl Report {
    /// All of them applied.
    pub(crate) fn of(scans: Vec<Scan>) -> Self {
        let answer = |scan: Scan| Answer {
            nonce: scan.nonce,
            device_id: scan.device_id,
            outcome: "applied",
            reason: None,
            check_in_id: scan.id,
            registration_id: scan.registration_id,
        };
        let items: Vec<Answer> = scans.into_iter().map(answer).collect();
        Self { applied: items.len(), duplicate: 0, conflict: 0, rejected: 0, items }
    }
}
