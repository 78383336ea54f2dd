use std::collections::HashMap;

use chrono::TimeDelta;

use crate::support::client::Answer;
use crate::support::{Client, TestApp, each_database, json};

/// The entries of a calendar by UID, each with its properties; parameters stay with the name.
fn entries(answer: &Answer) -> HashMap<String, HashMap<String, String>> {
    let text = String::from_utf8(answer.body.clone()).unwrap().replace("\r\n ", "");
    let mut found = HashMap::new();
    for part in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let lines = part.split("END:VEVENT").next().unwrap().lines();
        let entry: HashMap<_, _> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        found.insert(entry["UID"].clone(), entry);
    }
    found
}

fn sequence(entry: &HashMap<String, String>) -> i32 {
    entry["SEQUENCE"].parse().unwrap()
}

/// The path of the caller's own calendar.
async fn link(person: &Client) -> String {
    let made = person.step("/me/calendar").await.ok();
    assert_eq!(made.header("cache-control"), Some("no-store"));
    made.json["url"].as_str().unwrap().trim_start_matches("http://127.0.0.1:8080").to_owned()
}

async fn public(app: &TestApp) -> Answer {
    app.anonymous().with("accept", "text/calendar").get("/public/calendar.ics").await.ok()
}

const LOCAL: &str = "DTSTART;TZID=Asia/Pontianak";

#[actix_web::test]
async fn entries_keep_their_uid_and_their_sequence_grows_with_each_change() {
    each_database(async |app| {
        let library = app.library().await;
        let more = json!({"capacity": 1, "online_url": "https://example.org/rapat"});
        let activity = library
            .activity(
                more,
                &[("2026-03-20T18:30:00Z", "2026-03-20T20:00:00Z"), ("2026-03-22T01:00:00Z", "2026-03-22T02:00:00Z")],
            )
            .await;
        let path = format!("/activities/{activity}");
        let mine = link(&library.mentee).await;
        assert!(entries(&app.anonymous().get(&mine).await.ok()).is_empty());
        let registration = library.mentee.post(&format!("{path}/registrations"), json!({})).await.created().id();
        let first = app.anonymous().get(&mine).await.ok();
        assert_eq!(first.header("content-type"), Some("text/calendar; charset=utf-8"));
        let before = entries(&first);
        let sessions = library.admin.get(&format!("{path}/sessions")).await.ok();
        let ids: Vec<String> = sessions.column("id").iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        let entry = &before[&ids[0]];
        // Half past six in the evening in UTC is half past one the next morning in Singkawang.
        assert_eq!((entry[LOCAL].as_str(), entry["STATUS"].as_str()), ("20260321T013000", "CONFIRMED"));
        assert_eq!((entry["SUMMARY"].as_str(), entry["URL"].as_str()), ("Lokakarya", "https://example.org/rapat"));
        // Nothing changed: nothing is sent.
        app.anonymous().with("if-none-match", first.tag()).get(&mine).await.is(304);
        // Who waits sees it as tentative, and not how to join.
        let waiting = link(&library.other).await;
        library.other.post(&format!("{path}/registrations"), json!({})).await.created();
        let entry = entries(&app.anonymous().get(&waiting).await.ok())[&ids[0]].clone();
        assert!(entry["STATUS"] == "TENTATIVE" && !entry.contains_key("URL"));
        assert!(!entries(&public(&app).await)[&ids[0]].contains_key("URL"));

        let session = library.admin.get(&format!("/activity-sessions/{}", ids[0])).await.ok();
        let later = json!({"starts_at": "2026-03-20T19:30:00Z", "ends_at": "2026-03-20T21:00:00Z"});
        library.admin.patch(&format!("/activity-sessions/{}", ids[0]), session.tag(), later).await.ok();
        let moved = entries(&app.anonymous().get(&mine).await.ok());
        assert_eq!(moved[&ids[0]][LOCAL], "20260321T023000");
        assert!(sequence(&moved[&ids[0]]) > sequence(&before[&ids[0]]));

        let session = library.admin.get(&format!("/activity-sessions/{}", ids[1])).await.ok();
        library.admin.delete(&format!("/activity-sessions/{}", ids[1]), session.tag()).await.no_content();
        let removed = entries(&app.anonymous().get(&mine).await.ok());
        assert_eq!(removed[&ids[1]]["STATUS"], "CANCELLED");
        assert!(sequence(&removed[&ids[1]]) > sequence(&moved[&ids[1]]));
        assert_eq!(removed.len(), 2);

        library.mentee.step(&format!("/registrations/{registration}/cancellation")).await.ok();
        let given_up = entries(&app.anonymous().get(&mine).await.ok());
        assert_eq!(given_up[&ids[0]]["STATUS"], "CANCELLED");
        assert!(sequence(&given_up[&ids[0]]) > sequence(&removed[&ids[0]]));
        assert_eq!(entries(&app.anonymous().get(&waiting).await.ok())[&ids[0]]["STATUS"], "CONFIRMED", "moved up");
        assert_eq!(entries(&public(&app).await)[&ids[0]]["STATUS"], "CONFIRMED");

        let before = entries(&public(&app).await);
        library.admin.post(&format!("{path}/cancellation"), json!({"reason": "Banjir"})).await.ok();
        let after = entries(&public(&app).await);
        assert_eq!(after[&ids[0]]["STATUS"], "CANCELLED");
        assert!(sequence(&after[&ids[0]]) > sequence(&before[&ids[0]]));
    })
    .await;
}

#[actix_web::test]
async fn a_regular_training_stands_on_the_right_days() {
    each_database(async |app| {
        let library = app.library().await;
        let rule = json!({"rrule": "FREQ=MONTHLY;BYDAY=1TU;COUNT=3", "starts_at": "2026-04-07T17:30:00Z", "duration_minutes": 90,
            "time_zone": "Asia/Pontianak", "activity": {"kind": "workshop", "title": "Klinik, pengatalogan; RDA"}});
        let series = library.admin.post("/activity-series", rule).await.created().id();
        assert!(entries(&public(&app).await).is_empty(), "a draft is in no calendar");
        library.admin.step(&format!("/activity-series/{series}/publication")).await.ok();
        let found = entries(&public(&app).await);
        let mut days: Vec<_> = found.values().map(|entry| entry[LOCAL].clone()).collect();
        days.sort();
        assert_eq!(days, ["20260505T003000", "20260602T003000", "20260707T003000"]);
        assert!(found.values().all(|entry| entry["SUMMARY"] == "Klinik\\, pengatalogan\\; RDA"));
    })
    .await;
}

#[actix_web::test]
async fn a_link_opens_one_calendar_until_it_is_renewed_or_given_up() {
    each_database(async |app| {
        let library = app.library().await;
        assert_eq!(library.mentee.get("/me/calendar").await.ok().json["renewed_at"], json!(null));
        let first = link(&library.mentee).await;
        app.anonymous().get(&first).await.ok();
        assert_eq!(library.mentee.get("/me/calendar").await.ok().json["renewed_at"], "2026-03-02T01:00:00.000Z");
        app.after(TimeDelta::minutes(1));
        let second = link(&library.mentee).await;
        app.anonymous().get(&first).await.is(404);
        app.anonymous().get(&second).await.ok();
        let asked = futures_util::future::join_all((0..4).map(|_| library.mentee.step("/me/calendar"))).await;
        assert!(asked.iter().all(|answer| answer.status == 200));
        let mut open = 0;
        for answer in &asked {
            let path = answer.json["url"].as_str().unwrap().trim_start_matches("http://127.0.0.1:8080").to_owned();
            open += i32::from(app.anonymous().get(&path).await.status == 200);
        }
        assert_eq!(open, 1, "the last one made");
        let last = link(&library.mentee).await;
        library.mentee.delete("/me/calendar", "\"v1\"").await.no_content();
        app.anonymous().get(&last).await.is(404);
        // Who may no longer sign in has no calendar.
        let again = link(&library.mentee).await;
        library.admin.step(&format!("/users/{}/deactivation", library.mentee.user_id.unwrap())).await.ok();
        app.anonymous().get(&again).await.is(404);
        library.admin.step("/me/calendar").await.is(409).refused("no_professional_record");
    })
    .await;
}

#[actix_web::test]
async fn meetings_stand_in_the_calendars_of_their_people_without_what_they_are_about() {
    each_database(async |app| {
        let library = app.library().await;
        let calendars = [link(&library.mentor).await, link(&library.mentee).await, link(&library.other).await];
        let pair = format!("/mentorships/{}", library.mentorship);
        let new = json!({"starts_at": "2026-03-20T18:30:00Z", "minutes": 60, "place": "Ruang baca",
            "online_url": "https://example.org/rapat", "agenda": "Cantuman lokal", "shared_notes": "Hal pribadi"});
        let meeting = library.mentor.post(&format!("{pair}/meetings"), new).await.created();
        let path = format!("/mentoring-meetings/{}", meeting.id());
        let mut first = Vec::new();
        for calendar in &calendars[..2] {
            let found = app.anonymous().get(calendar).await.ok();
            let text = String::from_utf8(found.body.clone()).unwrap();
            assert!(!text.contains("Cantuman") && !text.contains("Hal pribadi"));
            first.push(entries(&found)[&meeting.id()].clone());
        }
        let name = async |person: &Client| {
            let found = library.admin.get(&format!("/librarians/{}", person.librarian())).await.ok();
            found.json["name"].as_str().unwrap().to_owned()
        };
        assert_eq!(first[0]["SUMMARY"], format!("Mentoring: {}", name(&library.mentee).await));
        assert_eq!(first[1]["SUMMARY"], format!("Mentoring: {}", name(&library.mentor).await));
        assert_eq!(
            (first[0][LOCAL].as_str(), first[0]["LOCATION"].as_str(), first[0]["URL"].as_str()),
            ("20260321T013000", "Ruang baca", "https://example.org/rapat")
        );
        assert!(entries(&app.anonymous().get(&calendars[2]).await.ok()).is_empty());
        assert!(entries(&public(&app).await).is_empty());

        library.mentee.post(&format!("{path}/cancellation"), json!({"reason": "Dinas luar"})).await.ok();
        let off = entries(&app.anonymous().get(&calendars[0]).await.ok())[&meeting.id()].clone();
        assert!(off["STATUS"] == "CANCELLED" && sequence(&off) > sequence(&first[0]) && !off.contains_key("URL"));

        library.admin.post(&format!("{pair}/termination"), json!({"reason": "Pindah unit"})).await.ok();
        assert!(entries(&app.anonymous().get(&calendars[0]).await.ok()).is_empty(), "the mentor's access is over");
        assert!(!entries(&app.anonymous().get(&calendars[1]).await.ok()).is_empty());
    })
    .await;
}
