//! Pairs of mentor and mentee with what they do with one another, for the stage of the matrix.

use std::collections::HashMap;

use super::matrix::{Ids, Object};
use crate::support::people::Library;
use crate::support::{Client, TestApp, json};

/// What stands in every private note, with whose it is.
pub const SECRET: &str = "Zamrud-Khatulistiwa-2718";

/// A pair in which this person mentors, a goal, a meeting that has begun with a private note of theirs, and their feedback.
async fn pair(library: &Library, mentor: &Client, mentee: &str, competency: &str) -> Vec<(&'static str, String)> {
    let admin = &library.admin;
    let pair = json!({"mentor_id": mentor.librarian(), "mentee_id": mentee, "starts_on": "2026-01-12"});
    let pair = admin.post("/mentorships", pair).await.created().id();
    let path = format!("/mentorships/{pair}");
    let goal = json!({"competency_id": competency, "target_level": 3});
    let goal = mentor.post(&format!("{path}/goals"), goal).await.created().id();
    let meeting = json!({"starts_at": "2026-03-02T00:30:00Z", "agenda": "Rencana tahun ini"});
    let meeting = mentor.post(&format!("{path}/meetings"), meeting).await.created().id();
    let note = json!({"text": format!("{SECRET} {}", mentor.librarian())});
    mentor.put(&format!("/mentoring-meetings/{meeting}/private-note"), "*", note).await.ok();
    let ratings = json!({"preparation": 4, "communication": 4, "commitment": 4, "usefulness": 4});
    let feedback = json!({"stage": "mid_term", "ratings": ratings});
    let feedback = mentor.post(&format!("{path}/feedback"), feedback).await.created().id();
    vec![
        ("mentorship_id", pair),
        ("mentorship_goal_id", goal),
        ("mentoring_meeting_id", meeting),
        ("mentorship_feedback_id", feedback),
    ]
}

/// A pair of each person as the mentor; answers what is the admin's own, who mentors too.
pub async fn fill(app: &TestApp, library: &Library, competency: &str, ids: &mut Ids) -> HashMap<&'static str, String> {
    let enter = async |name: &str| {
        let new = json!({"name": name, "employment_kind": "non_asn", "unit_id": library.units[1]});
        library.admin.post("/librarians", new).await.created().id()
    };
    let beginner = enter("Siti").await;
    for (object, mentor) in
        [(Object::Own, &library.mentor), (Object::Mentees, &library.mentee), (Object::Others, &library.other)]
    {
        let staged = pair(library, mentor, &beginner, competency).await;
        ids.extend(staged.into_iter().map(|(name, id)| ((name, object), id)));
    }
    // Even an admin reads no private note but their own, so they need one.
    let record = enter("Admin").await;
    let account = format!("/users/{}", library.admin.user_id.unwrap());
    let tag = library.admin.get(&account).await.ok();
    library.admin.patch(&account, tag.tag(), json!({"librarian_id": record})).await.ok();
    let mut admin = app.again(&library.admin).await;
    admin.librarian_id = record.parse().ok();
    pair(library, &admin, &beginner, competency).await.into_iter().collect()
}
