use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::Value;

use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

const MORNING: &[(&str, &str)] = &[("2026-03-03T01:00:00Z", "2026-03-03T05:00:00Z")];

/// Marks everybody with a seat present, enters scores, and completes the activity a day after it.
async fn completed(app: &TestApp, library: &Library, activity: &str, present: &[&Client]) {
    let path = format!("/activities/{activity}");
    let mut seats = Vec::new();
    for person in present {
        seats.push(person.post(&format!("{path}/registrations"), json!({})).await.created().id());
    }
    app.after(TimeDelta::days(2));
    let admin = app.again(&library.admin).await;
    let session = admin.get(&format!("{path}/sessions")).await.ok().column("id")[0].as_str().unwrap().to_owned();
    let items: Vec<Value> = seats.iter().map(|seat| json!({"registration_id": seat, "is_present": true})).collect();
    admin.post(&format!("/activity-sessions/{session}/attendance"), json!({"items": items})).await.ok();
    let scores: Vec<Value> =
        seats.iter().map(|seat| json!({"registration_id": seat, "pre_test": 52.0, "post_test": 78.0})).collect();
    admin.post(&format!("{path}/scores"), json!({"items": scores})).await.ok();
    admin.step(&format!("{path}/completion")).await.ok();
}

fn rating(before: Option<i32>, after: i32) -> Value {
    let items = ["application", "quality", "independence", "sharing"];
    Value::Array(items.iter().map(|item| json!({"item": item, "before": before, "after": after})).collect())
}

/// The library with the mentor as the superior of both others.
async fn led(app: &TestApp) -> Library {
    let library = app.library().await;
    for person in [&library.mentee, &library.other] {
        let path = format!("/librarians/{}", person.librarian());
        let record = library.admin.get(&path).await.ok();
        let superior = json!({"supervisor_id": library.mentor.librarian()});
        library.admin.patch(&path, record.tag(), superior).await.ok();
    }
    library
}

#[actix_web::test]
async fn three_months_after_a_training_three_sides_are_asked_what_has_changed() {
    each_database(async |app| {
        let library = led(&app).await;
        let activity = library.activity(json!({}), MORNING).await;
        completed(&app, &library, &activity, &[&library.mentee]).await;
        let admin = app.again(&library.admin).await;
        let asked = admin.get(&format!("/behaviour-evaluations?activity_id={activity}")).await.ok();
        let of = |perspective: &str| {
            let items = asked.json["items"].as_array().unwrap();
            items.iter().find(|item| item["perspective"] == perspective).unwrap().clone()
        };
        let (alumnus, superior, peer) = (of("alumnus"), of("superior"), of("peer"));
        assert_eq!(alumnus["respondent_id"], json!(library.mentee.librarian()));
        assert_eq!(superior["respondent_id"], json!(library.mentor.librarian()));
        assert_eq!(
            peer["respondent_id"],
            json!(library.other.librarian()),
            "of the unit, neither oneself nor the superior"
        );
        assert_eq!((&alumnus["due_on"], &alumnus["late_after"]), (&json!("2026-06-01"), &json!("2026-08-30")));
        assert_eq!(alumnus["status"], json!("scheduled"));

        // Nobody but admins knows of it before it is due.
        let path = |question: &Value| format!("/behaviour-evaluations/{}", question["id"].as_str().unwrap());
        let mentee = app.again(&library.mentee).await;
        mentee.get(&path(&alumnus)).await.is(404);
        let answer = json!({"ratings": rating(Some(2), 4), "is_applied": true, "comment": "Laporan dibuat sendiri"});
        mentee.post(&format!("{}/answer", path(&alumnus)), answer.clone()).await.is(404);
        app.clock.set("2026-06-01T01:00:00Z".parse().unwrap());
        let (mentee, mentor, other) =
            (app.again(&library.mentee).await, app.again(&library.mentor).await, app.again(&library.other).await);
        let mine = mentee.get("/behaviour-evaluations?status=open").await.ok();
        assert_eq!((mine.column("id"), mine.column("actions")), (vec![alumnus["id"].clone()], vec![json!(["answer"])]));

        let tasks = mentee.get("/tasks?kind=behaviour_evaluation").await.ok();
        assert_eq!(
            (tasks.column("object_id"), tasks.column("action")),
            (vec![alumnus["id"].clone()], vec![json!("answer")])
        );

        let short = json!({"ratings": [{"item": "quality", "after": 4}], "is_applied": true});
        mentee.post(&format!("{}/answer", path(&alumnus)), short).await.is(422).blames("#/ratings", "required");
        let admin = app.again(&library.admin).await;
        let foreign = admin.post(&format!("{}/answer", path(&alumnus)), answer.clone()).await;
        foreign.is(403).refused("not_the_respondent");
        let answer_path = format!("{}/answer", path(&alumnus));
        let sent = join_all((0..5).map(|_| mentee.post(&answer_path, answer.clone()))).await;
        let mut statuses: Vec<_> = sent.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409]);

        // What was said is for who said it and for admins.
        let said = json!({"ratings": rating(None, 5), "is_applied": false});
        mentor.post(&format!("{}/answer", path(&superior)), said).await.ok();
        mentee.get(&path(&superior)).await.is(404);
        other.get(&path(&alumnus)).await.is(404);
        assert_eq!(mentor.get(&path(&superior)).await.ok().json["is_applied"], json!(false));
        let report = admin.get(&format!("/activities/{activity}/evaluation")).await.ok().json;
        let behaviour = &report["behaviour"];
        assert_eq!((&behaviour["asked_count"], &behaviour["answered_count"]), (&json!(3), &json!(2)));
        let figures = &behaviour["figures"];
        assert_eq!(figures["transfer_index"], json!(50.0), "of the answers that know a before");
        assert_eq!((&figures["mean_after"], &figures["mean_before"]), (&json!(4.5), &json!(2.0)));
        assert_eq!(figures["applying_count"], json!(0), "one of two is not more than half");
        // Others are told of five people at the least.
        let seen = mentor.get(&format!("/activities/{activity}/evaluation")).await.ok().json;
        assert_eq!((&seen["behaviour"]["is_suppressed"], &seen["behaviour"]["figures"]), (&json!(true), &json!(null)));

        app.clock.set("2026-08-31T01:00:00Z".parse().unwrap());
        let other = app.again(&library.other).await;
        assert_eq!(other.get("/behaviour-evaluations?status=late").await.ok().column("id"), [peer["id"].clone()]);
    })
    .await;
}

#[actix_web::test]
async fn tasks_come_with_the_completion_once_and_not_for_who_stayed_away() {
    each_database(async |app| {
        let library = led(&app).await;
        let activity = library.activity(json!({}), MORNING).await;
        library.other.post(&format!("/activities/{activity}/registrations"), json!({})).await.created();
        completed(&app, &library, &activity, &[&library.mentor, &library.mentee]).await;
        let admin = app.again(&library.admin).await;
        let completion = format!("/activities/{activity}/completion");
        join_all((0..3).map(|_| admin.step(&completion))).await;
        let asked = admin.get(&format!("/behaviour-evaluations?activity_id={activity}&limit=200")).await.ok();
        let mut about = asked.column("librarian_id");
        about.dedup();
        assert_eq!(asked.json["items"].as_array().unwrap().len(), 6);
        assert!(!asked.column("librarian_id").contains(&json!(library.other.librarian())));
        // The mentor has no superior: nobody is asked until an admin names somebody.
        let items = asked.json["items"].as_array().unwrap();
        let open = items.iter().find(|item| item["respondent_id"].is_null()).unwrap();
        assert_eq!(
            (&open["perspective"], &open["librarian_id"]),
            (&json!("superior"), &json!(library.mentor.librarian()))
        );
        let path = format!("/behaviour-evaluations/{}/reassignment", open["id"].as_str().unwrap());
        let to = |person: &Client| json!({"respondent_id": person.librarian()});
        admin.post(&path, to(&library.mentor)).await.is(422).blames("#/respondent_id", "taken");
        let peer =
            items.iter().find(|item| item["librarian_id"] == open["librarian_id"] && item["perspective"] == "peer");
        let peer_is_other = peer.unwrap()["respondent_id"] == json!(library.other.librarian());
        let third = if peer_is_other { &library.mentee } else { &library.other };
        let named = admin.post(&path, to(third)).await.ok();
        assert_eq!(named.json["respondent_id"], json!(third.librarian()));
        let events = app.events_of(&["behaviour_evaluation"]).await;
        assert_eq!(events.iter().filter(|name| *name == "behaviour_evaluation.created").count(), 6);
    })
    .await;
}

#[actix_web::test]
async fn learning_is_told_by_gain_and_pass_mark_and_each_person_sees_their_own() {
    each_database(async |app| {
        let library = led(&app).await;
        let activity = library.activity(json!({}), MORNING).await;
        completed(&app, &library, &activity, &[&library.mentee, &library.other]).await;
        let path = format!("/activities/{activity}/evaluation");
        let report = app.again(&library.admin).await.get(&path).await.ok().json;
        let learning = &report["learning"];
        assert_eq!((&learning["pass_mark"], &learning["tested_count"]), (&json!(70.0), &json!(2)));
        let figures = &learning["figures"];
        assert_eq!((&figures["n_gain"], &figures["n_gain_band"]), (&json!(0.5417), &json!("medium")));
        assert_eq!((&figures["mean_n_gain"], &figures["pass_rate"]), (&json!(0.5417), &json!(100.0)));
        assert_eq!(report["participant_count"], json!(2));
        let own = app.again(&library.mentee).await.get(&path).await.ok().json;
        assert_eq!((&own["learning"]["is_suppressed"], &own["learning"]["figures"]), (&json!(true), &json!(null)));
        let people = own["learning"]["people"].as_array().unwrap();
        assert_eq!(
            people.iter().map(|row| &row["librarian_id"]).collect::<Vec<_>>(),
            [&json!(library.mentee.librarian())]
        );
    })
    .await;
}
