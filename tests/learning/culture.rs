use chrono::TimeDelta;
use serde_json::Value;

use crate::support::credit::{SEMINAR, credit, learned, reverse};
use crate::support::people::Library;
use crate::support::{TestApp, each_database, json};

/// So many civil servants in a unit.
async fn civil_servants(library: &Library, unit: usize, count: usize) -> Vec<uuid::Uuid> {
    let mut people = Vec::new();
    for place in 0..count {
        let new = json!({"name": format!("PNS {unit}{place}"), "employment_kind": "pns", "unit_id": library.units[unit],
            "employee_number": format!("19900101201503{}{:03}", 1 + unit, place + 1)});
        people.push(library.admin.post("/librarians", new).await.created().id().parse().unwrap());
    }
    people
}

async fn seminars(app: &TestApp, person: uuid::Uuid, days: &[&str]) -> Vec<uuid::Uuid> {
    let mut entries = Vec::new();
    for day in days {
        let new = learned(app, person, SEMINAR, day).await;
        entries.push(credit(app, &new).await.unwrap().entry.id);
    }
    entries
}

fn unit<'a>(report: &'a Value, library: &Library, unit: usize) -> &'a Value {
    let units = report["units"].as_array().unwrap();
    units.iter().find(|row| row["unit_id"] == json!(library.units[unit])).unwrap()
}

#[actix_web::test]
async fn a_report_tells_how_many_learn_how_steadily_and_how_much() {
    each_database(async |app| {
        let library = app.library().await;
        // With the three of the library unit one has eight people, unit two six.
        let first = civil_servants(&library, 0, 5).await;
        let second = civil_servants(&library, 1, 6).await;
        seminars(&app, first[0], &["2026-01-05", "2026-01-06", "2026-02-05", "2026-02-06", "2026-03-02"]).await;
        seminars(&app, first[1], &["2025-12-05", "2026-01-05", "2026-02-05"]).await;
        let entries = seminars(&app, second[0], &["2026-03-02"]).await;

        let report = library.admin.get("/learning-culture").await.ok().json;
        assert_eq!((&report["people_count"], &report["is_suppressed"]), (&json!(14), &json!(false)));
        let one = &unit(&report, &library, 0)["figures"];
        assert_eq!((&one["learned_count"], &one["learned_share"]), (&json!(1), &json!(12.5)));
        assert_eq!(
            (&one["longest_streak"], &one["median_streak"], &one["median_hours"]),
            (&json!(3), &json!(0.0), &json!(0.0))
        );
        assert_eq!(
            (&one["duty_count"], &one["duty_met_count"], &one["duty_met_share"]),
            (&json!(5), &json!(1), &json!(20.0))
        );
        let counts: Vec<_> =
            one["months"].as_array().unwrap().iter().map(|month| month["learned_count"].clone()).collect();
        assert_eq!(counts[8..], [json!(1), json!(2), json!(2), json!(1)]);
        assert_eq!(report["figures"]["learned_count"], json!(2));

        // As of a past day: what the ledger knew by then. All of it was entered today.
        app.after(TimeDelta::days(1));
        let admin = app.again(&library.admin).await;
        let past = admin.get("/learning-culture?as_of=2026-03-01").await.ok().json;
        assert_eq!(past["figures"]["learned_count"], json!(0));
        let scanned = admin.get("/learning-culture?as_of=2026-03-03").await.ok().json;
        let kept = admin.get("/learning-culture").await.ok().json;
        assert_eq!(scanned, kept);
        admin.get("/learning-culture?as_of=2026-03-04").await.is(404).blames("as_of", "in_the_future");

        // What is taken back was not learned.
        reverse(&app, entries[0]).await.unwrap();
        let report = admin.get("/learning-culture").await.ok().json;
        assert_eq!(unit(&report, &library, 1)["figures"]["learned_count"], json!(0));
        let scanned = admin.get("/learning-culture?as_of=2026-03-03").await.ok().json;
        assert_eq!(scanned, report);

        let table = admin.get("/learning-culture.csv").await.ok();
        let table = String::from_utf8(table.body).unwrap();
        assert_eq!(table.lines().count(), 4, "{table}");
        assert!(table.contains("SATU,SATU,8,false,1,12.50,0.00,3,0.00,5,1,20.00,0"), "{table}");
        let picture = admin.with("accept", "image/svg+xml").get("/learning-culture").await.ok();
        assert!(String::from_utf8(picture.body).unwrap().contains("2026-03"));
    })
    .await;
}

#[actix_web::test]
async fn small_units_are_held_back_with_whatever_would_give_them_away() {
    each_database(async |app| {
        let library = app.library().await;
        civil_servants(&library, 1, 6).await;
        seminars(&app, library.mentee.librarian(), &["2026-03-02"]).await;
        // Three in unit one: held back, and unit two with it, for it is the whole without them.
        let report = library.admin.get("/learning-culture").await.ok().json;
        for place in [0, 1] {
            let unit = unit(&report, &library, place);
            assert_eq!((&unit["is_suppressed"], &unit["figures"]), (&json!(true), &Value::Null));
        }
        assert_eq!((&report["people_count"], &report["figures"]["learned_count"]), (&json!(9), &json!(1)));
        let filtered = library.admin.get(&format!("/learning-culture?unit_id={}", library.units[1])).await.ok().json;
        assert_eq!((&filtered["is_suppressed"], &filtered["figures"]), (&json!(true), &Value::Null));
        let table = library.admin.get("/learning-culture.csv").await.ok();
        assert!(String::from_utf8(table.body).unwrap().contains("SATU,SATU,3,true,,,"));

        // A mentor reads of each mentee anyway.
        let own = library.mentor.get("/learning-culture").await.ok().json;
        assert_eq!((&own["people_count"], &own["figures"]["learned_count"]), (&json!(2), &json!(1)));
        library.mentee.get("/learning-culture").await.is(403).refused("forbidden");
    })
    .await;
}
