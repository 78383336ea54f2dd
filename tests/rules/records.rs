//! What belongs to somebody's professional record, for the stage of the matrix.

use crate::support::people::Library;
use crate::support::{Client, json};

/// The parameters of paths that stand for a part of somebody's record.
pub const NAMES: [&str; 6] =
    ["appointment_id", "education_id", "certification_id", "appraisal_id", "disciplinary_measure_id", "leave_id"];

/// One of each for this person.
pub async fn of(library: &Library, person: &Client) -> Vec<(&'static str, String)> {
    let admin = &library.admin;
    let path = format!("/librarians/{}", person.librarian());
    let appointment = json!({"kind": "transfer", "effective_on": "2025-01-06", "unit_id": library.units[0],
        "position_id": admin.get(&path).await.ok().json["position_id"]});
    let diploma = json!({"level": "s1", "institution": "Universitas Tanjungpura", "graduated_year": 2014});
    let certificate = json!({"kind": "competency", "scheme": "Klaster", "number": person.librarian(),
        "issuer": "LSP Pustakawan", "issued_on": "2025-03-11", "valid_until": "2028-03-10"});
    let appraisal = json!({"year": 2024, "first_month": 1, "months": 12, "predicate": "good"});
    let measure = json!({"severity": "light", "imposed_on": "2025-06-02", "reason": "Terlambat"});
    let leave = json!({"kind": "annual", "starts_on": "2026-03-16", "ends_on": "2026-03-20"});
    let enter = async |resource: &str, new| admin.post(&format!("{path}/{resource}"), new).await.created().id();
    vec![
        ("appointment_id", enter("appointments", appointment).await),
        ("education_id", enter("education", diploma).await),
        ("certification_id", enter("certifications", certificate).await),
        ("appraisal_id", enter("appraisals", appraisal).await),
        ("disciplinary_measure_id", enter("disciplinary-measures", measure).await),
        ("leave_id", enter("leaves", leave).await),
    ]
}
