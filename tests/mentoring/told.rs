//! What the feed tells the two of a pair.

use serde_json::Value;

use super::{meeting, proposed, somebody};
use crate::support::{Client, TestApp, each_database, json};

/// What the feed told somebody of one pair.
async fn told(app: &TestApp, person: &Client, pair: &str) -> Vec<Value> {
    app.settle().await;
    let page = person.get("/events?types=mentorship&limit=200").await.ok().json;
    let items = page["items"].as_array().unwrap().iter();
    let id = pair.rsplit('/').next().unwrap();
    items.filter(|event| event["subject_id"] == id).map(|event| event["name"].clone()).collect()
}

#[actix_web::test]
async fn both_are_told_from_the_proposal_to_the_end_and_nobody_else() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (somebody(&app, &library, "Hendra").await, &library.other);
        let pair = proposed(&library, &mentor, mentee).await;
        assert_eq!(told(&app, &mentor, &pair).await, ["mentorship.proposed"]);
        mentee.step(&format!("{pair}/acceptance")).await.ok();
        assert_eq!(told(&app, &mentor, &pair).await, ["mentorship.proposed", "mentorship.accepted"]);
        mentor.step(&format!("{pair}/acceptance")).await.ok();
        let later = meeting(&mentor, &pair, "2026-03-09T02:00:00Z").await;
        mentee.post(&format!("{pair}/termination"), json!({"reason": "Pindah bagian"})).await.ok();
        let all = ["proposed", "accepted", "agreed", "meeting_planned", "ended_early", "meeting_cancelled"];
        let all = all.map(|what| json!(format!("mentorship.{what}")));
        for person in [&mentor, mentee] {
            assert_eq!(told(&app, person, &pair).await, all);
        }
        for stranger in [&library.mentor, &library.mentee] {
            assert_eq!(told(&app, stranger, &pair).await, Vec::<Value>::new());
        }
        assert_eq!(library.admin.get(&later).await.ok().json["status"], "cancelled");
    })
    .await;
}

#[actix_web::test]
async fn other_notes_and_action_items_are_told_but_not_what_they_say() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        let met = meeting(mentor, &pair, "2026-02-23T02:00:00Z").await;
        let noted = async |person| {
            let names = told(&app, person, &pair).await;
            names.contains(&json!("mentorship.meeting_noted"))
        };
        let seen = mentor.get(&met).await.ok();
        let same = mentor.patch(&met, seen.tag(), json!({"shared_notes": null, "action_items": []})).await.ok();
        assert!(!noted(mentee).await, "nothing changed");
        let notes = json!({"shared_notes": "Titik akses", "action_items": [{"what": "Lima cantuman"}]});
        mentee.patch(&met, same.tag(), notes).await.ok();
        assert!(noted(mentor).await && noted(mentee).await);
        let feed = mentor.get("/events?types=mentorship,mentoring_meeting&limit=200").await.ok();
        let feed = String::from_utf8_lossy(&feed.body);
        assert!(!feed.contains("Titik akses") && !feed.contains("Lima cantuman"));
    })
    .await;
}
