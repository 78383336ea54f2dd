use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

const SESSION: &[(&str, &str)] = &[("2026-03-02T01:30:00Z", "2026-03-02T05:00:00Z")];

/// An activity with one session and three people with a seat; `other` keeps the door.
struct Door {
    path: String,
    session: String,
    registrations: Vec<String>,
}

async fn door(library: &Library) -> Door {
    let activity = library.activity(json!({"staff_ids": [library.other.librarian()]}), SESSION).await;
    let path = format!("/activities/{activity}");
    let session =
        library.admin.get(&format!("{path}/sessions")).await.ok().column("id")[0].as_str().unwrap().to_owned();
    let mut registrations = Vec::new();
    for person in [&library.mentor, &library.mentee, &library.other] {
        registrations.push(person.post(&format!("{path}/registrations"), json!({})).await.created().id());
    }
    Door { path, session, registrations }
}

async fn code(client: &Client, registration: &str) -> String {
    let shown = client.get(&format!("/registrations/{registration}/check-in-code")).await.ok();
    shown.json["code"].as_str().unwrap().to_owned()
}

fn scan(door: &Door, code: &str, at: &str, nonce: &str) -> Value {
    json!({"session_id": door.session, "code": code, "scanned_at": at, "nonce": nonce, "device_id": "pintu"})
}

async fn send(client: &Client, door: &Door, items: Value) -> Vec<(String, Option<String>)> {
    let report = client.post(&format!("{}/check-ins", door.path), json!({"items": items})).await.ok();
    let items = report.json["items"].as_array().unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    items.iter().map(|item| (text(&item["outcome"]).unwrap(), text(&item["reason"]))).collect()
}

fn told(outcome: &str, reason: Option<&str>) -> (String, Option<String>) {
    (outcome.to_owned(), reason.map(str::to_owned))
}

#[actix_web::test]
async fn a_code_opens_the_door_once_and_for_less_than_a_minute() {
    each_database(async |app| {
        let library = app.library().await;
        let door = door(&library).await;
        let shown = code(&library.mentee, &door.registrations[1]).await;
        app.after(TimeDelta::seconds(30));
        assert_ne!(code(&library.mentee, &door.registrations[1]).await, shown);
        let stranger = format!("{}{}", &shown[..shown.len() - 1], if shown.ends_with('x') { "y" } else { "x" });
        let answers = send(&library.other, &door, json!([
            scan(&door, &shown, "2026-03-02T01:01:00Z", "late"),
            scan(&door, &stranger, "2026-03-02T01:00:10Z", "strange"),
            scan(&door, &shown, "2026-03-02T01:00:59Z", "good"),
            scan(&door, &shown, "2026-03-02T01:00:59Z", "good"),
            scan(&door, &shown, "2026-03-02T01:00:58Z", "good"),
            {"session_id": door.session, "registration_id": door.registrations[0], "scanned_at": "2026-03-02T00:00:00Z", "nonce": "early", "device_id": "pintu"},
            {"session_id": door.session, "registration_id": door.registrations[0], "scanned_at": "2026-03-02T02:00:00Z", "nonce": "ahead", "device_id": "pintu"},
            {"session_id": door.path.replace("/activities/", ""), "registration_id": door.registrations[0], "scanned_at": "2026-03-02T01:00:00Z", "nonce": "where", "device_id": "pintu"},
        ]))
        .await;
        assert_eq!(answers, [
            told("rejected", Some("expired_code")),
            told("rejected", Some("unknown_code")),
            told("conflict", Some("nonce_reused")),
            told("conflict", Some("nonce_reused")),
            told("applied", None),
            told("rejected", Some("outside_session")),
            told("rejected", Some("clock_ahead")),
            told("rejected", Some("unknown_session")),
        ]);
        let kept = library.other.get(&format!("{}/check-ins?outcome=rejected", door.path)).await.ok();
        assert_eq!(kept.column("id").len(), 5, "failed scans are kept");
        library.mentee.post(&format!("{}/check-ins", door.path), json!({"items": []})).await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn a_scan_is_taken_back_within_a_quarter_of_an_hour() {
    each_database(async |app| {
        let library = app.library().await;
        let door = door(&library).await;
        let by_hand = |nonce: &str, at: &str| {
            json!({"session_id": door.session, "registration_id": door.registrations[0], "scanned_at": at,
                "nonce": nonce, "device_id": "pintu"})
        };
        send(
            &library.other,
            &door,
            json!([by_hand("1", "2026-03-02T00:50:00Z"), by_hand("2", "2026-03-02T00:55:00Z")]),
        )
        .await;
        let applied = library.other.get(&format!("{}/check-ins?outcome=applied", door.path)).await.ok();
        let path = format!("/check-ins/{}", applied.column("id")[0].as_str().unwrap());
        let attendance = format!("/activity-sessions/{}/attendance", door.session);
        let seen = async || {
            let page = library.other.get(&attendance).await.ok();
            let items = page.json["items"].as_array().unwrap().clone();
            items.into_iter().find(|item| item["registration_id"] == json!(door.registrations[0])).unwrap()
        };
        assert_eq!(seen().await["at"], "2026-03-02T00:50:00.000Z");
        library.other.post(&format!("{path}/annulment"), json!({"reason": "Salah orang"})).await.ok();
        assert_eq!(seen().await["at"], "2026-03-02T00:55:00.000Z", "the other scan stands now");
        library.other.post(&format!("{path}/annulment"), json!({"reason": "x"})).await.refused("invalid_transition");
        let away = json!({"items": [{"registration_id": door.registrations[0], "is_present": false}]});
        library.other.post(&attendance, away).await.ok();
        assert_eq!(
            send(&library.other, &door, json!([by_hand("3", "2026-03-02T00:40:00Z")])).await,
            [told("conflict", Some("set_by_hand"))]
        );
        let back = json!({"items": [{"registration_id": door.registrations[0], "is_present": null}]});
        assert_eq!(library.other.post(&attendance, back).await.ok().json["present"], 1);
        app.after(TimeDelta::minutes(16));
        let other = app.again(&library.other).await;
        let standing = other.get(&format!("{}/check-ins?outcome=applied", door.path)).await.ok();
        let late =
            standing.json["items"].as_array().unwrap().iter().find(|item| item["annulled_at"].is_null()).unwrap();
        let path = format!("/check-ins/{}/annulment", late["id"].as_str().unwrap());
        other.post(&path, json!({"reason": "x"})).await.refused("invalid_transition");
    })
    .await;
}

/// What is left in the end: who was seen when, and what became of each scan.
async fn end_state(client: &Client, door: &Door) -> Vec<String> {
    let page = client.get(&format!("/activity-sessions/{}/attendance", door.session)).await.ok();
    let seen = page.json["items"].as_array().unwrap().iter();
    let mut state: Vec<_> =
        seen.map(|item| format!("{} {}", door.place_of(&item["registration_id"]), item["at"])).collect();
    let page = client.get(&format!("{}/check-ins?limit=200", door.path)).await.ok();
    let scans = page.json["items"].as_array().unwrap().iter();
    state.extend(
        scans.map(|item| format!("{} {} {} {}", item["device_id"], item["nonce"], item["outcome"], item["reason"])),
    );
    state.sort();
    state
}

impl Door {
    fn place_of(&self, registration: &Value) -> usize {
        self.registrations.iter().position(|known| json!(known) == *registration).unwrap()
    }

    /// Scans of two devices: good and late ones, a stranger's, and a clock that is wrong.
    async fn scans(&self, app: &TestApp, library: &Library) -> Vec<Value> {
        let people = [&library.mentor, &library.mentee, &library.other];
        let mut scans = Vec::new();
        for device in ["kiri", "kanan"] {
            for (index, person) in people.iter().enumerate() {
                let code = code(person, &self.registrations[index]).await;
                for (number, seconds) in [(0, 20), (1, 5), (2, 90), (3, 40)] {
                    let at = app.db().now() + TimeDelta::seconds(seconds);
                    scans.push(json!({"session_id": self.session, "code": code, "scanned_at": at.to_rfc3339(),
                        "nonce": format!("{index}-{number}"), "device_id": device}));
                }
            }
            let strange = "BP1.00000000000000000000000000000000.59081160.AAAAAAAAAAAA";
            scans.push(json!({"session_id": self.session, "code": strange, "scanned_at": app.db().now().to_rfc3339(),
                "nonce": "strange", "device_id": device}));
        }
        scans
    }
}

#[actix_web::test]
async fn two_devices_in_any_order_and_twice_end_in_the_same_state() {
    each_database(async |app| {
        let library = app.library().await;
        let mut runner = TestRunner::deterministic();
        let mut expected = None;
        for round in 0..6 {
            // Each round has an activity of its own at the same time; the people take part in it alone.
            let door = door(&library).await;
            let mut scans = door.scans(&app, &library).await;
            if round > 0 {
                let twice = [scans.clone(), scans].concat();
                scans = Just(twice).prop_shuffle().new_tree(&mut runner).unwrap().current();
            }
            let size = scans.len() / (round + 1) + 1;
            for some in scans.chunks(size) {
                send(&library.other, &door, json!(some)).await;
            }
            let state = end_state(&library.other, &door).await;
            assert_eq!(*expected.get_or_insert_with(|| state.clone()), state, "round {round}");
            library.admin.post(&format!("{}/cancellation", door.path), json!({"reason": "Putaran selesai"})).await.ok();
        }
    })
    .await;
}

#[actix_web::test]
async fn a_thousand_scans_are_judged_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let door = door(&library).await;
        let scans: Vec<_> = (0..1000)
            .map(|number| {
                json!({"session_id": door.session, "registration_id": door.registrations[number % 3],
                    "scanned_at": "2026-03-02T01:00:00Z", "nonce": number.to_string(), "device_id": "pintu"})
            })
            .collect();
        let begun = std::time::Instant::now();
        let report = library.other.post(&format!("{}/check-ins", door.path), json!({"items": scans})).await.ok();
        assert_eq!((&report.json["applied"], &report.json["duplicate"]), (&json!(3), &json!(997)));
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
        let many: Vec<_> = (0..1001).map(|_| scans[0].clone()).collect();
        library.other.post(&format!("{}/check-ins", door.path), json!({"items": many})).await.is(422);
    })
    .await;
}

#[actix_web::test]
async fn a_device_at_the_door_knows_the_codes_beforehand() {
    each_database(async |app| {
        let library = app.library().await;
        let door = door(&library).await;
        let path = format!("/activity-sessions/{}/verifiers", door.session);
        let list = library.other.get(&path).await.ok();
        assert_eq!(list.header("cache-control"), Some("no-store"));
        assert_eq!(list.json["items"].as_array().unwrap().len(), 3);
        let own = library.mentee.get(&format!("/registrations/{}/check-in-code", door.registrations[1])).await.ok();
        let known = list.json["items"].as_array().unwrap().iter();
        let known =
            known.filter(|item| item["registration_id"] == own.json["registration_id"]).map(|item| &item["secret"]);
        assert_eq!(known.collect::<Vec<_>>(), [&own.json["secret"]]);
        library.mentee.get(&path).await.is(404);
        library.mentee.get(&format!("/registrations/{}/check-in-code", door.registrations[0])).await.is(404);
    })
    .await;
}
