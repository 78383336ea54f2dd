use bina_pustaka::kernel::db::Tx;
use bina_pustaka::kernel::policy::Access;
use chrono::TimeDelta;
use futures_util::StreamExt;
use futures_util::future::join_all;
use sea_orm::sea_query::Query;
use serde_json::Value;
use uuid::Uuid;

use crate::support::client::Answer;
use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

const MORNING: &[(&str, &str)] = &[("2026-03-10T01:00:00Z", "2026-03-10T05:00:00Z")];

const COLUMNS: [&str; 10] = [
    "id",
    "name",
    "employment_kind",
    "unit_id",
    "languages",
    "interests",
    "search_text",
    "version",
    "created_at",
    "updated_at",
];

/// Many people at once, without accounts.
async fn crowd(app: &TestApp, library: &Library, count: usize) -> Vec<Uuid> {
    let unit: Uuid = library.units[0].parse().unwrap();
    let (db, now) = (app.db(), app.db().now());
    let ids: Vec<Uuid> = (0..count).map(|_| db.context().ids.next(now)).collect();
    let people = ids.clone();
    db.run(Access::system(), async move |tx: &Tx<'_>| {
        for some in people.chunks(250) {
            let mut insert = Query::insert();
            insert.into_table("librarians").columns(COLUMNS);
            for id in some {
                let name = format!("Orang {id}");
                let (words, now) = (json!([]), now);
                insert.values_panic([
                    (*id).into(),
                    name.into(),
                    "non_asn".into(),
                    unit.into(),
                    words.clone().into(),
                    words.into(),
                    "".into(),
                    1.into(),
                    now.into(),
                    now.into(),
                ]);
            }
            tx.execute(&insert).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
    ids
}

/// Asks again where the service is busy, as a client does.
async fn insistently(ask: impl AsyncFn() -> Answer) -> Answer {
    loop {
        let answer = ask().await;
        if answer.status != 503 {
            return answer;
        }
    }
}

async fn all_of(client: &Client, activity: &str, status: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/activities/{activity}/registrations?limit=200&status={status}{cursor}");
        let page = client.get(&path).await.ok();
        items.extend(page.json["items"].as_array().unwrap().clone());
        match page.json["page"]["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// The waiting list in its order.
async fn line(client: &Client, activity: &str) -> Vec<Value> {
    let mut waiting = all_of(client, activity, "waitlisted").await;
    waiting.sort_by_key(|item| item["waitlist_number"].as_i64());
    waiting
}

async fn counts(client: &Client, activity: &str) -> (i64, i64) {
    let now = client.get(&format!("/activities/{activity}")).await.ok().json;
    (now["seats_taken"].as_i64().unwrap(), now["waiting_count"].as_i64().unwrap())
}

#[actix_web::test]
async fn five_hundred_ask_for_thirty_seats_at_once() {
    let rounds: usize = std::env::var("BINA_SEAT_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    each_database(async |app| {
        let library = app.library().await;
        let people = crowd(&app, &library, 500).await;
        let admin = &library.admin;
        for round in 0..rounds {
            let hours = TimeDelta::days(i64::try_from(round).unwrap());
            let at = |hour: &str| (hour.parse::<chrono::DateTime<chrono::Utc>>().unwrap() + hours).to_rfc3339();
            let (from, until) = (at(MORNING[0].0), at(MORNING[0].1));
            let activity = library.activity(json!({"capacity": 30}), &[(from.as_str(), until.as_str())]).await;
            let path = format!("/activities/{activity}/registrations");
            let asked = people.iter().map(|person| {
                let (body, path) = (json!({"librarian_id": person}), &path);
                async move {
                    let answer = insistently(async || admin.post(path, body.clone()).await).await.created();
                    answer.json["status"].clone()
                }
            });
            let answers: Vec<Value> = futures_util::stream::iter(asked).buffer_unordered(64).collect().await;
            assert_eq!(answers.iter().filter(|status| **status == "confirmed").count(), 30);

            assert_eq!(counts(admin, &activity).await, (30, 470));
            let waiting = line(admin, &activity).await;
            let numbers: Vec<_> = waiting.iter().map(|item| item["waitlist_number"].as_i64().unwrap()).collect();
            assert_eq!(numbers, (1..=470).collect::<Vec<_>>(), "each has a number of its own");

            let seated = all_of(admin, &activity, "confirmed").await;
            let leaving = seated.iter().take(10).map(|item| {
                let path = format!("/registrations/{}/cancellation", item["id"].as_str().unwrap());
                async move { insistently(async || admin.step(&path).await).await.ok() }
            });
            join_all(leaving).await;
            let moved: Vec<_> = waiting.iter().take(10).map(|item| item["id"].clone()).collect();
            let seated = all_of(admin, &activity, "confirmed").await;
            assert_eq!(seated.len(), 30);
            assert!(moved.iter().all(|id| seated.iter().any(|item| item["id"] == *id)), "the next ten moved up");
            let rest: Vec<_> = line(admin, &activity).await.iter().map(|item| item["id"].clone()).collect();
            assert_eq!(rest, waiting.iter().skip(10).map(|item| item["id"].clone()).collect::<Vec<_>>());
            assert_eq!(counts(admin, &activity).await, (30, 460));
        }
    })
    .await;
}

#[actix_web::test]
async fn nobody_is_confirmed_in_two_places_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let mut paths = Vec::new();
        for _ in 0..8 {
            let activity = library.activity(json!({"capacity": 3}), MORNING).await;
            paths.push(format!("/activities/{activity}/registrations"));
        }
        let asked = paths.iter().map(|path| insistently(async || library.mentee.post(path, json!({})).await));
        let answers = join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        for answer in answers.into_iter().filter(|answer| answer.status != 201) {
            answer.is(409).refused("overlapping_session");
        }
        // A session that would put a confirmed person in two places cannot be planned either.
        let later = library.activity(json!({}), &[("2026-03-11T01:00:00Z", "2026-03-11T02:00:00Z")]).await;
        library.mentee.post(&format!("/activities/{later}/registrations"), json!({})).await.created();
        let clash = json!({"starts_at": "2026-03-10T04:00:00Z", "ends_at": "2026-03-10T06:00:00Z"});
        library.admin.post(&format!("/activities/{later}/sessions"), clash).await.refused("participants_clash");
    })
    .await;
}

#[actix_web::test]
async fn who_is_elsewhere_keeps_the_place_and_is_told() {
    each_database(async |app| {
        let library = app.library().await;
        let busy = library.activity(json!({}), MORNING).await;
        let full = library.activity(json!({"capacity": 1}), MORNING).await;
        let register = async |client: &Client, activity: &str| {
            client.post(&format!("/activities/{activity}/registrations"), json!({})).await.created()
        };
        let seated = register(&library.mentor, &full).await;
        let first = register(&library.mentee, &full).await;
        let second = register(&library.other, &full).await;
        assert_eq!((&first.json["waitlist_position"], &second.json["waitlist_position"]), (&json!(1), &json!(2)));
        register(&library.mentee, &busy).await;
        library.mentor.step(&format!("/registrations/{}/cancellation", seated.id())).await.ok();
        let status = async |client: &Client, id: String| client.get(&format!("/registrations/{id}")).await.ok();
        assert_eq!(status(&library.other, second.id()).await.json["status"], "confirmed");
        let kept = status(&library.mentee, first.id()).await;
        assert_eq!((&kept.json["status"], &kept.json["waitlist_position"]), (&json!("waitlisted"), &json!(1)));
        assert!(app.events_of(&["registration"]).await.contains(&"registration.passed_over".to_owned()));
        // Registering anew begins at the end of the line.
        let again = register(&library.mentor, &full).await;
        assert_eq!((again.id(), &again.json["waitlist_position"]), (seated.id(), &json!(2)));
        library
            .mentor
            .post(&format!("/activities/{full}/registrations"), json!({}))
            .await
            .refused("already_registered");
    })
    .await;
}

#[actix_web::test]
async fn an_offered_seat_is_held_for_its_time_and_then_passed_on() {
    each_database(async |app| {
        let library = app.library().await;
        let offer = json!({"capacity": 1, "waitlist_policy": "offer", "offer_hours": 24});
        let activity = library.activity(offer, MORNING).await;
        let path = format!("/activities/{activity}/registrations");
        let seated = library.mentor.post(&path, json!({})).await.created().id();
        let first = library.mentee.post(&path, json!({})).await.created().id();
        let second = library.other.post(&path, json!({})).await.created().id();
        library.mentor.step(&format!("/registrations/{seated}/cancellation")).await.ok();
        let offered = library.mentee.get(&format!("/registrations/{first}")).await.ok();
        assert_eq!(
            (&offered.json["status"], &offered.json["actions"]),
            (&json!("offered"), &json!(["acceptance", "cancellation"]))
        );
        app.after(TimeDelta::hours(24));
        let (mentee, other) = (app.again(&library.mentee).await, app.again(&library.other).await);
        mentee.step(&format!("/registrations/{first}/acceptance")).await.refused("invalid_transition");
        let lapsed = mentee.get(&format!("/registrations/{first}")).await.ok();
        assert_eq!(
            (&lapsed.json["status"], &lapsed.json["cancel_cause"]),
            (&json!("cancelled"), &json!("offer_expired"))
        );
        let taken = other.step(&format!("/registrations/{second}/acceptance")).await.ok();
        assert_eq!(taken.json["status"], "confirmed");
    })
    .await;
}

#[actix_web::test]
async fn approval_goes_from_the_superior_to_an_admin() {
    each_database(async |app| {
        let library = app.library().await;
        let record = format!("/librarians/{}", library.mentee.librarian());
        let tag = library.admin.get(&record).await.ok();
        let superior = json!({"supervisor_id": library.other.librarian()});
        library.admin.patch(&record, tag.tag(), superior).await.ok();
        let activity = library.activity(json!({"approval_stages": "two", "capacity": 1}), MORNING).await;
        let path = format!("/activities/{activity}/registrations");
        let asked = library.mentee.post(&path, json!({})).await.created();
        assert_eq!(asked.json["status"], "requested");
        let path = format!("/registrations/{}", asked.id());
        library.mentee.step(&format!("{path}/approval")).await.is(403).refused("not_yours_to_decide");
        let supported = library.other.step(&format!("{path}/approval")).await.ok();
        assert_eq!(supported.json["status"], "requested");
        library.other.step(&format!("{path}/approval")).await.refused("invalid_transition");
        let seated = library.admin.step(&format!("{path}/approval")).await.ok();
        assert_eq!(seated.json["status"], "confirmed");
        library.admin.post(&format!("{path}/rejection"), json!({"reason": "x"})).await.refused("invalid_transition");
    })
    .await;
}

#[actix_web::test]
async fn a_cancelled_activity_cancels_its_registrations_and_tells_each_person() {
    each_database(async |app| {
        let library = app.library().await;
        let activity = library.activity(json!({"capacity": 1}), MORNING).await;
        let path = format!("/activities/{activity}");
        for person in [&library.mentor, &library.mentee, &library.other] {
            person.post(&format!("{path}/registrations"), json!({})).await.created();
        }
        library.admin.post(&format!("{path}/cancellation"), json!({"reason": "Banjir"})).await.ok();
        let cancelled = all_of(&library.admin, &activity, "cancelled").await;
        assert_eq!(cancelled.len(), 3);
        assert!(
            cancelled
                .iter()
                .all(|item| item["cancel_cause"] == "activity_cancelled" && item["cancel_reason"] == "Banjir")
        );
        let events = app.events_of(&["registration"]).await;
        assert_eq!(events.iter().filter(|name| *name == "registration.cancelled").count(), 3);
        library.mentor.post(&format!("{path}/registrations"), json!({})).await.refused("registration_closed");
        library.admin.post(&format!("{path}/cancellation"), json!({"reason": "x"})).await.refused("invalid_transition");
    })
    .await;
}
