use chrono::TimeDelta;

use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

/// The position with this code.
async fn position(library: &Library, code: &str) -> String {
    let found = library.admin.get(&format!("/positions?q={code}")).await.ok();
    found.column("id")[0].as_str().unwrap().to_owned()
}

/// The mentee's record as the admin sees it.
async fn record(library: &Library, person: &Client) -> serde_json::Value {
    library.admin.get(&format!("/librarians/{}", person.librarian())).await.ok().json
}

#[actix_web::test]
async fn the_record_follows_the_latest_appointment_in_force() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/appointments", library.mentee.librarian());
        let (first, second) = (position(&library, "15504").await, position(&library, "15503").await);
        let place = |kind: &str, on: &str, unit: usize, position: &str, grade: &str| {
            json!({"kind": kind, "effective_on": on, "unit_id": library.units[unit], "position_id": position, "grade": grade})
        };
        let enter = async |new| library.admin.post(&path, new).await.created();
        enter(place("appointment", "2019-03-01", 0, &first, "III/a")).await;
        let grade = enter(place("grade_promotion", "2023-04-01", 1, &first, "III/b")).await;
        // What lies ahead says nothing yet; what is entered late about the past changes nothing that is later.
        enter(place("promotion", "2026-04-01", 1, &second, "III/c")).await;
        enter(place("transfer", "2021-01-04", 1, &first, "III/a")).await;
        let now = record(&library, &library.mentee).await;
        assert_eq!((&now["grade"], &now["position_since"]), (&json!("III/b"), &json!("2019-03-01")));
        assert_eq!((&now["unit_id"], &now["next_appointment_on"]), (&json!(library.units[1]), &json!("2026-04-01")));

        let changed = json!({"grade": "III/c", "decree_number": "800/1"});
        let grade_path = format!("/appointments/{}", grade.id());
        let grade = library.admin.patch(&grade_path, grade.tag(), changed).await.ok();
        assert_eq!(record(&library, &library.mentee).await["grade"], "III/c");
        library.admin.delete(&grade_path, grade.tag()).await.no_content();
        assert_eq!(record(&library, &library.mentee).await["grade"], "III/a");

        app.after(TimeDelta::days(30));
        let admin = app.again(&library.admin).await;
        let later = admin.get(&format!("/librarians/{}", library.mentee.librarian())).await.ok().json;
        assert_eq!((&later["position_id"], &later["position_since"]), (&json!(second), &json!("2026-04-01")));
        assert_eq!(later["next_appointment_on"], json!(null));
        let history = admin.get(&path).await.ok().column("effective_on");
        assert_eq!(history, ["2026-04-01", "2021-01-04", "2019-03-01"].map(|day| json!(day)));
    })
    .await;
}

#[actix_web::test]
async fn the_gap_report_counts_people_where_their_appointment_puts_them() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/appointments", library.mentee.librarian());
        let moved = json!({"kind": "transfer", "effective_on": "2026-03-20", "unit_id": library.units[1],
            "position_id": position(&library, "15504").await});
        library.admin.post(&path, moved).await.created();
        let people = async |admin: &Client, unit: &str| {
            admin.get(&format!("/competency-gaps?unit_id={unit}")).await.ok().json["people_count"].clone()
        };
        assert_eq!(people(&library.admin, &library.units[1]).await, json!(0));
        app.after(TimeDelta::days(18));
        let admin = app.again(&library.admin).await;
        assert_eq!(people(&admin, &library.units[1]).await, json!(1));
    })
    .await;
}

#[actix_web::test]
async fn a_change_of_the_record_is_an_appointment() {
    each_database(async |app| {
        let library = app.library().await;
        let second = position(&library, "15503").await;
        let new = json!({"name": "Baru", "employment_kind": "pns", "employee_number": "199203142019032005",
            "unit_id": library.units[0], "position_id": position(&library, "15504").await, "grade": "III/a",
            "position_since": "2021-03-01"});
        let late = json!({"name": "Besok", "employment_kind": "non_asn", "unit_id": library.units[0],
            "position_since": "2026-03-03"});
        library.admin.post("/librarians", late).await.is(422).blames("#/position_since", "in_the_future");
        let person = library.admin.post("/librarians", new).await.created();
        let path = format!("/librarians/{}", person.id());
        let kinds = async || library.admin.get(&format!("{path}/appointments")).await.ok().column("kind");
        assert_eq!(kinds().await, [json!("appointment")]);

        let early = json!({"grade": "III/b", "position_since": "2020-01-01"});
        let refused = library.admin.patch(&path, person.tag(), early).await.is(422);
        refused.blames("#/position_since", "before_the_latest");
        let moved = library.admin.patch(&path, person.tag(), json!({"unit_id": library.units[1]})).await.ok();
        assert_eq!((&moved.json["version"], &moved.json["position_since"]), (&json!(2), &json!("2021-03-01")));
        // Another change on the same day is the same appointment.
        let risen = json!({"position_id": second, "grade": "III/c", "email": "baru@perpustakaan.example"});
        let risen = library.admin.patch(&path, moved.tag(), risen).await.ok();
        assert_eq!(risen.json["position_since"], "2026-03-02");
        assert_eq!(kinds().await, [json!("transfer"), json!("appointment")]);
        let again = json!({"position_since": "2026-03-01"});
        let refused = library.admin.patch(&path, risen.tag(), again).await.is(422);
        refused.blames("#/position_since", "follows_appointments");
        // Nothing new is nothing.
        let same =
            library.admin.patch(&path, risen.tag(), json!({"position_since": "2026-03-02", "grade": "III/c"})).await;
        assert_eq!(same.ok().json["version"], 3);
    })
    .await;
}

#[actix_web::test]
async fn bad_appointments_are_named() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/appointments", library.mentee.librarian());
        let absent = "019a0000-0000-7000-8000-00000000dead";
        let wrong = json!({"kind": "contract", "effective_on": "2025-01-01", "ends_on": "2024-12-31", "unit_id": absent,
            "position_id": absent, "grade": "V/z"});
        let refused = library.admin.post(&path, wrong).await.is(422);
        refused
            .blames("#/unit_id", "no_such_object")
            .blames("#/position_id", "no_such_object")
            .blames("#/grade", "not_a_grade")
            .blames("#/ends_on", "ends_before_it_begins");
        let points = json!({"kind": "contract", "effective_on": "2025-01-01", "unit_id": library.units[0],
            "credit_points": 12.345});
        library.admin.post(&path, points).await.is(422).blames("#/credit_points", "two_decimals");
        assert!(library.admin.get(&path).await.ok().column("id").is_empty());
    })
    .await;
}

#[actix_web::test]
async fn a_day_has_one_appointment_and_the_record_is_that_of_the_last_however_many_write_at_once() {
    each_database(async |app: TestApp| {
        let library = app.library().await;
        let path = format!("/librarians/{}/appointments", library.mentee.librarian());
        let new = |day: usize| {
            json!({"kind": "transfer", "effective_on": format!("2025-01-{:02}", day + 1), "unit_id": library.units[day % 2],
                "grade": if day.is_multiple_of(2) { "III/a" } else { "III/b" }})
        };
        let same = (0..8).map(|_| library.admin.post(&path, new(27)));
        let answers = futures_util::future::join_all(same).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        for answer in answers.into_iter().filter(|answer| answer.status != 201) {
            answer.is(409).refused("appointment_exists").blames("#/effective_on", "taken");
        }
        let others = (0..20).map(|day| library.admin.post(&path, new(day)));
        for answer in futures_util::future::join_all(others).await {
            answer.created();
        }
        let now = record(&library, &library.mentee).await;
        assert_eq!((&now["grade"], &now["unit_id"]), (&json!("III/b"), &json!(library.units[1])));
    })
    .await;
}
