use bina_pustaka::kernel::jobs;
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

/// The days pass, and who is due is asked.
async fn on(app: &TestApp, day: &str) {
    app.clock.set(format!("{day}T01:00:00Z").parse().unwrap());
    jobs::tend_all(app.db()).await;
}

/// A librarian of the first unit.
async fn librarian(library: &Library, name: &str) -> String {
    let new = json!({"name": name, "employment_kind": "non_asn", "unit_id": library.units[0]});
    library.admin.post("/librarians", new).await.created().id()
}

/// A workshop of last Monday, over and completed, in which these people took part; answers its id.
async fn over(library: &Library, people: &[String]) -> String {
    let held = [("2026-02-23T01:00:00Z", "2026-02-23T05:00:00Z")];
    let activity = library.activity(json!({"least_attendance_percent": 0}), &held).await;
    let path = format!("/activities/{activity}");
    for person in people {
        let who = json!({"librarian_id": person});
        library.admin.post(&format!("{path}/registrations"), who).await.created();
    }
    library.admin.step(&format!("{path}/completion")).await.ok();
    activity
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
        let questions = format!("/behaviour-evaluations?activity_id={activity}");
        on(&app, "2026-05-31").await;
        let admin = app.again(&library.admin).await;
        assert_eq!(admin.get(&questions).await.ok().column("id"), [json!(null); 0], "nobody is asked before");
        let report = admin.get(&format!("/activities/{activity}/evaluation")).await.ok().json;
        assert_eq!(report["behaviour"]["due_on"], json!("2026-06-01"));
        on(&app, "2026-06-01").await;
        let admin = app.again(&library.admin).await;
        let asked = admin.get(&questions).await.ok();
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
        assert_eq!(alumnus["status"], json!("open"));

        let path = |question: &Value| format!("/behaviour-evaluations/{}", question["id"].as_str().unwrap());
        let answer = json!({"ratings": rating(Some(2), 4), "is_applied": true, "comment": "Laporan dibuat sendiri"});
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

        on(&app, "2026-08-31").await;
        let other = app.again(&library.other).await;
        assert_eq!(other.get("/behaviour-evaluations?status=late").await.ok().column("id"), [peer["id"].clone()]);
    })
    .await;
}

#[actix_web::test]
async fn people_are_asked_once_and_not_about_who_stayed_away() {
    each_database(async |app| {
        let library = led(&app).await;
        let activity = library.activity(json!({}), MORNING).await;
        library.other.post(&format!("/activities/{activity}/registrations"), json!({})).await.created();
        completed(&app, &library, &activity, &[&library.mentor, &library.mentee]).await;
        let admin = app.again(&library.admin).await;
        let completion = format!("/activities/{activity}/completion");
        join_all((0..3).map(|_| admin.step(&completion))).await;
        on(&app, "2026-06-01").await;
        jobs::tend_all(app.db()).await;
        let admin = app.again(&library.admin).await;
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
async fn many_are_asked_once_however_many_processes_look_at_what_is_due() {
    each_database(async |app| {
        let library = app.library().await;
        let mut people = Vec::new();
        for number in 0..43 {
            people.push(librarian(&library, &format!("Peserta {number}")).await);
        }
        let activity = over(&library, &people).await;
        app.clock.set("2026-05-24T01:00:00Z".parse().unwrap());
        join_all((0..3).map(|_| jobs::tend_all(app.db()))).await;
        jobs::tend_all(app.db()).await;
        let admin = app.again(&library.admin).await;
        let asked = admin.get(&format!("/behaviour-evaluations?activity_id={activity}&limit=200")).await.ok();
        assert_eq!(asked.column("id").len(), 3 * people.len());
        let events = app.events_of(&["behaviour_evaluation"]).await;
        assert_eq!(events.len(), 3 * people.len());
        // Of forty-six people of the unit each is asked about one other at the most.
        let mut peers: Vec<_> = asked.json["items"].as_array().unwrap().iter().collect();
        peers.retain(|row| row["perspective"] == "peer");
        let mut ids: Vec<_> = peers.iter().map(|row| row["respondent_id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), people.len());
    })
    .await;
}

#[actix_web::test]
async fn who_is_asked_is_looked_up_on_the_day_and_nobody_who_has_left() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let (superior, leaver, peer) = (
            librarian(&library, "Atasan").await,
            librarian(&library, "Pindah").await,
            librarian(&library, "Rekan").await,
        );
        let mentee = library.mentee.librarian().to_string();
        let path = format!("/librarians/{mentee}");
        let record = admin.get(&path).await.ok();
        admin.patch(&path, record.tag(), json!({"supervisor_id": superior})).await.ok();
        let activity = over(&library, &[mentee.clone(), leaver.clone()]).await;
        // The superior and a participant leave; the unit gets a head; two of three colleagues go elsewhere.
        for person in [&superior, &leaver] {
            let path = format!("/librarians/{person}");
            let record = admin.get(&path).await.ok();
            admin.delete(&path, record.tag()).await.no_content();
        }
        let unit = format!("/units/{}", library.units[0]);
        let record = admin.get(&unit).await.ok();
        admin.patch(&unit, record.tag(), json!({"head_id": library.mentor.librarian()})).await.ok();
        let path = format!("/librarians/{}", library.other.librarian());
        let record = admin.get(&path).await.ok();
        let moved = json!({"kind": "transfer", "effective_on": "2026-03-01", "unit_id": library.units[1],
            "position_id": record.json["position_id"]});
        admin.post(&format!("{path}/appointments"), moved).await.created();

        on(&app, "2026-05-24").await;
        let admin = app.again(admin).await;
        let asked = admin.get(&format!("/behaviour-evaluations?activity_id={activity}")).await.ok();
        let mut found: Vec<_> = asked.json["items"].as_array().unwrap().iter().collect();
        found.sort_by_key(|row| row["perspective"].as_str().unwrap().to_owned());
        let found: Vec<_> = found.iter().map(|row| (&row["librarian_id"], &row["respondent_id"])).collect();
        let (about, head) = (json!(mentee), json!(library.mentor.librarian()));
        assert_eq!(found, [(&about, &about), (&about, &json!(peer)), (&about, &head)], "the head of the unit is asked");
    })
    .await;
}

/// Whoever reads twice around one answer learns nothing of it: not while answers come in, nor when one comes late.
#[actix_web::test]
async fn two_reads_around_an_answer_tell_others_than_admins_the_same() {
    each_database(async |app| {
        let library = app.library().await;
        let mut people = Vec::new();
        for number in 0..6 {
            let id = librarian(&library, &format!("Peserta {number}")).await;
            let email = format!("peserta{number}@test.example");
            people.push(app.account(&email, "Peserta", false, false, Some(id.parse().unwrap())).await);
        }
        let ids: Vec<_> = people.iter().map(|person| person.librarian().to_string()).collect();
        let activity = over(&library, &ids).await;
        let path = format!("/activities/{activity}/evaluation");
        let read = async |who: &Client| app.again(who).await.get(&path).await.ok().json["behaviour"].clone();
        let answer = async |who: &Client, about: &Client, ratings: Value| {
            let who = app.again(who).await;
            let about =
                format!("/behaviour-evaluations?librarian_id={}&respondent_id={}", about.librarian(), who.librarian());
            let id = who.get(&about).await.ok().column("id")[0].as_str().unwrap().to_owned();
            let said = json!({"ratings": ratings, "is_applied": true});
            who.post(&format!("/behaviour-evaluations/{id}/answer"), said).await.ok();
        };
        on(&app, "2026-05-24").await;
        for person in &people[..5] {
            answer(person, person, rating(Some(2), 4)).await;
        }
        let before = read(&library.other).await;
        answer(&people[5], &people[5], rating(Some(5), 1)).await;
        assert_eq!(read(&library.other).await, before);
        assert_eq!((&before["is_suppressed"], &before["answered_count"]), (&json!(true), &json!(null)));
        assert_eq!((&before["figures"], &before["rated_count"]), (&json!(null), &json!(null)));
        assert_eq!(read(&library.admin).await["rated_count"], json!(6));

        on(&app, "2026-08-22").await;
        assert_eq!(read(&library.other).await, before, "the last day is not over");
        on(&app, "2026-08-23").await;
        let told = read(&library.other).await;
        assert_eq!((&told["is_suppressed"], &told["answered_count"]), (&json!(false), &json!(6)));
        assert_eq!((&told["figures"]["mean_after"], &told["late_count"]), (&json!(3.5), &json!(6)));
        let asked =
            app.again(&library.admin).await.get(&format!("/behaviour-evaluations?activity_id={activity}")).await;
        let asked = asked.ok().json["items"].as_array().unwrap().clone();
        let late = asked.iter().find(|row| {
            row["perspective"] == "peer" && people.iter().any(|one| row["respondent_id"] == json!(one.librarian()))
        });
        let is = |field: &str| {
            let late = late.unwrap();
            people.iter().find(|one| late[field] == json!(one.librarian())).unwrap()
        };
        answer(is("respondent_id"), is("librarian_id"), rating(None, 5)).await;
        assert_eq!(read(&library.other).await, told, "what comes late is for admins");
        assert_eq!(read(&library.admin).await["answered_count"], json!(7));
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
