//! When somebody leaves the library.

use futures_util::future::join;

use super::{meeting, paired, proposed, somebody};
use crate::support::client::Answer;
use crate::support::people::Library;
use crate::support::{Client, each_database, json};

/// Puts the record of somebody aside.
async fn archived(library: &Library, person: &Client) -> Answer {
    let path = format!("/librarians/{}", person.librarian());
    let seen = library.admin.get(&path).await.ok();
    library.admin.delete(&path, seen.tag()).await
}

#[actix_web::test]
async fn who_leaves_is_part_of_nothing_any_more() {
    each_database(async |app| {
        let library = app.library().await;
        let (admin, mentor, mentee) = (&library.admin, &library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        let second = paired(&library, mentor, &library.other).await;
        let newcomer = somebody(&app, &library, "Fitri").await;
        let waits = proposed(&library, mentor, &newcomer).await;
        let apart = paired(&library, &newcomer, &library.other).await;
        let competency = library.asked_of(mentee).await[0].0.clone();
        let aims = json!([{"competency_id": competency, "level": 4}]);
        let offer = json!({"competencies": aims, "capacity": 5});
        let profile = format!("/mentor-profiles/{}", mentor.post("/mentor-profiles", offer).await.created().id());
        let request = mentor.post("/mentoring-requests", json!({"goals": aims})).await.created().id();
        let group = json!({"starts_at": "2026-03-16T02:00:00Z", "other_mentorship_ids": [second.rsplit('/').next()]});
        let group = mentor.post(&format!("{pair}/meetings"), group).await.created().id();
        let past = meeting(mentor, &pair, "2026-02-23T02:00:00Z").await;

        archived(&library, mentor).await.no_content();
        for (person, pair) in [(mentee, &pair), (&library.other, &second)] {
            let ended = person.get(pair).await.ok().json;
            assert_eq!((&ended["status"], &ended["ends_on"]), (&json!("ended_early"), &json!("2026-03-02")));
            assert!(ended["end_reason"].as_str().unwrap().contains("perpustakaan"));
        }
        let fell = newcomer.get(&waits).await.ok().json;
        assert_eq!((&fell["status"], &fell["actions"]), (&json!("declined"), &json!([])));
        assert!(fell["end_reason"].is_string());
        newcomer.step(&format!("{waits}/acceptance")).await.is(409).refused("invalid_transition");
        admin.step(&format!("{waits}/acceptance")).await.is(409).refused("invalid_transition");
        for person in [mentee, &library.other] {
            let off = person.get(&format!("/mentoring-meetings/{group}")).await.ok().json;
            assert_eq!((&off["status"], off["cancel_reason"].is_string()), (&json!("cancelled"), true));
        }
        assert_eq!(mentee.get(&past).await.ok().json["status"], "planned", "it may have been held");
        let closed = admin.get(&format!("/mentoring-requests/{request}")).await.ok().json;
        assert_eq!(closed["status"], "closed");
        assert!(closed["reason"].is_string());
        // The pairs of others stay, and nothing comes back by itself.
        assert_eq!(admin.get(&apart).await.ok().json["status"], "active");
        admin.step(&format!("/librarians/{}/restoration", mentor.librarian())).await.ok();
        assert_eq!(admin.get(&profile).await.ok().json["is_active"], false);
        assert_eq!(admin.get(&pair).await.ok().json["status"], "ended_early");
    })
    .await;
}

#[actix_web::test]
async fn nobody_agrees_with_somebody_who_leaves_in_that_moment() {
    each_database(async |app| {
        let library = app.library().await;
        for name in ["Satu", "Dua", "Tiga"] {
            let mentee = somebody(&app, &library, name).await;
            let pair = proposed(&library, &library.mentor, &mentee).await;
            library.mentor.step(&format!("{pair}/acceptance")).await.ok();
            let acceptance = format!("{pair}/acceptance");
            let (left, accepted) = join(archived(&library, &mentee), library.admin.step(&acceptance)).await;
            left.no_content();
            let pair = library.admin.get(&pair).await.ok().json;
            let expected = if accepted.status == 200 { "ended_early" } else { "declined" };
            assert_eq!(pair["status"], expected);
        }
    })
    .await;
}
