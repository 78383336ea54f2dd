use chrono::TimeDelta;
use serde_json::Value;
use uuid::Uuid;

use crate::support::credit::{E_LEARNING, FUNCTIONAL, SEMINAR, TECHNICAL, credit, learned, reverse};
use crate::support::people::Library;
use crate::support::{TestApp, each_database, json};

/// A civil servant of the library.
async fn servant(library: &Library, kind: &str, number: &str, since: &str) -> Uuid {
    let new = json!({"name": number, "employment_kind": kind, "employee_number": number, "unit_id": library.units[0],
        "position_since": since, "siasn_id": format!("orang-{number}")});
    library.admin.post("/librarians", new).await.created().id().parse().unwrap()
}

/// A course of so many hours, credited.
async fn course(app: &TestApp, person: Uuid, on: &str, hours: i32) -> Uuid {
    let mut course = learned(app, person, E_LEARNING, on).await;
    course.measure.claimed = Some(hours * 100);
    course.certificate_number = Some(format!("EL/{on}/{hours}"));
    credit(app, &course).await.unwrap().entry.id
}

async fn statement(library: &Library, person: Uuid, query: &str) -> Value {
    library.admin.get(&format!("/librarians/{person}/credits{query}")).await.ok().json
}

fn warned(statement: &Value) -> Vec<&str> {
    statement["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn twenty_hours_are_the_duty_of_civil_servants() {
    each_database(async |app| {
        let library = app.library().await;
        let person = servant(&library, "pns", "199203142019032005", "2021-03-01").await;
        let empty = statement(&library, person, "").await;
        assert_eq!(
            (&empty["year"], &empty["credited_hours"], &empty["status"]),
            (&json!(2026), &json!(0.0), &json!("duty_open"))
        );
        course(&app, person, "2026-01-20", 12).await;
        let open = statement(&library, person, "").await;
        let requirement = &open["requirement"];
        assert_eq!((&requirement["hours"], &requirement["remaining_hours"]), (&json!(20.0), &json!(8.0)));
        assert!(requirement["legal_basis"].as_str().unwrap().contains("PP 11/2017"));
        assert_eq!(warned(&open), ["duty_open", "requirement_unverified"]);
        course(&app, person, "2026-02-20", 8).await;
        let met = statement(&library, person, "").await;
        assert_eq!((&met["status"], warned(&met)), (&json!("duty_met"), vec!["requirement_unverified"]));
        assert_eq!(
            met["buckets"][2],
            json!({"bucket": "formal", "hours": 20.0, "percent": 100.0, "target_percent": 10})
        );
        let missed = statement(&library, person, "?year=2025").await;
        assert_eq!((&missed["status"], warned(&missed)[0]), (&json!("duty_missed"), "duty_missed"));
    })
    .await;
}

#[actix_web::test]
async fn twenty_four_hours_a_contract_year_warn_and_block_nothing() {
    each_database(async |app| {
        let library = app.library().await;
        let person = servant(&library, "pppk", "199203142022212004", "2022-06-01").await;
        course(&app, person, "2025-05-31", 20).await;
        course(&app, person, "2025-06-01", 24).await;
        let within = statement(&library, person, "").await;
        assert_eq!(
            (&within["year"], &within["starts_on"], &within["ends_on"]),
            (&json!(2025), &json!("2025-06-01"), &json!("2026-05-31"))
        );
        assert_eq!((&within["status"], warned(&within)), (&json!("within_ceiling"), vec!["requirement_unverified"]));
        course(&app, person, "2026-02-01", 6).await;
        let beyond = statement(&library, person, "").await;
        assert_eq!((&beyond["credited_hours"], &beyond["status"]), (&json!(30.0), &json!("ceiling_exceeded")));
        assert_eq!(warned(&beyond)[0], "ceiling_exceeded");
        assert_eq!(statement(&library, person, "?year=2024").await["credited_hours"], 20.0);
        let nobody = statement(&library, library.other.librarian(), "").await;
        assert_eq!((&nobody["requirement"], &nobody["status"]), (&json!(null), &json!("no_requirement")));
    })
    .await;
}

#[actix_web::test]
async fn a_statement_of_a_past_day_never_moves() {
    each_database(async |app| {
        let library = app.library().await;
        let person = servant(&library, "pns", "199203142019032005", "2021-03-01").await;
        let first = course(&app, person, "2026-01-20", 12).await;
        let then = statement(&library, person, "?as_of=2026-03-02").await;
        assert_eq!(then["credited_hours"], 12.0);
        let rule = json!({"employment_kind": "pns", "kind": "duty", "hours": 40, "valid_from": "2026-03-05", "legal_basis": "PP 5/2026"});
        library.admin.post("/credit-requirements", rule).await.created();
        app.after(TimeDelta::days(5));
        let admin = app.again(&library.admin).await;
        let reason = json!({"reason": "Sertifikat milik orang lain"});
        let path = format!("/credit-entries/{first}");
        admin.post(&format!("{path}/reversal"), reason.clone()).await.ok();
        course(&app, person, "2026-02-20", 9).await;
        let read = async |query: &str| admin.get(&format!("/librarians/{person}/credits{query}")).await.ok().json;
        assert_eq!(read("?as_of=2026-03-02").await, then);
        let now = read("").await;
        assert_eq!((&now["credited_hours"], &now["requirement"]["hours"]), (&json!(9.0), &json!(40.0)));
        assert_eq!(read("?as_of=2026-03-07").await["credited_hours"], now["credited_hours"]);
        admin.get(&format!("/librarians/{person}/credits?as_of=2026-12-31")).await.is(404).blames("as_of", "in_the_future");
        admin.get(&format!("/librarians/{person}/credits?year=1")).await.is(400).blames("year", "out_of_range");
    })
    .await;
}

#[actix_web::test]
async fn an_admin_takes_credit_back_with_a_reason() {
    each_database(async |app| {
        let library = app.library().await;
        let person = library.mentee.librarian();
        let seminar = learned(&app, person, SEMINAR, "2026-02-10").await;
        let id = credit(&app, &seminar).await.unwrap().entry.id;
        let path = format!("/credit-entries/{id}");
        let row = library.mentee.get(&path).await.ok();
        assert_eq!((&row.json["credited_hours"], &row.json["actions"]), (&json!(4.0), &json!([])));
        assert_eq!(library.admin.get(&path).await.ok().json["actions"], json!(["reversal"]));
        library.other.get(&path).await.is(404);
        let step = format!("{path}/reversal");
        library.mentee.post(&step, json!({"reason": "x"})).await.is(403);
        library.admin.post(&step, json!({"reason": " "})).await.is(422).blames("#/reason", "blank");
        let asked = (0..6).map(|_| library.admin.post(&step, json!({"reason": "Dua kali dicatat"})));
        let answers = futures_util::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        for answer in answers.into_iter().filter(|answer| answer.status != 200) {
            answer.is(409).refused("invalid_transition");
        }
        let rows = library.mentor.get(&format!("/credit-entries?librarian_id={person}&year=2026")).await.ok();
        assert_eq!(rows.column("credited_hours").len(), 2);
        let back = library.mentee.get("/credit-entries?kind=reversal").await.ok();
        assert_eq!(
            (back.column("reversal_of"), back.column("reason")),
            (vec![json!(id)], vec![json!("Dua kali dicatat")])
        );
        assert_eq!(library.mentee.get(&path).await.ok().json["reversed_by"], back.column("id")[0]);
        assert!(library.other.get("/credit-entries").await.ok().column("id").is_empty());
    })
    .await;
}

#[actix_web::test]
async fn a_year_goes_out_with_the_fields_of_siasn() {
    each_database(async |app| {
        let library = app.library().await;
        let person = servant(&library, "pns", "199203142019032005", "2021-03-01").await;
        let first = course(&app, person, "2026-01-20", 12).await;
        course(&app, library.other.librarian(), "2026-01-21", 5).await;
        let seminar = learned(&app, person, SEMINAR, "2026-02-10").await;
        credit(&app, &seminar).await.unwrap();
        let gone = course(&app, person, "2026-02-20", 3).await;
        library.admin.post(&format!("/credit-entries/{gone}/reversal"), json!({"reason": "Salah"})).await.ok();
        let settings = library.admin.get("/settings").await.ok();
        let before = library.admin.get("/siasn-courses?year=2026").await.ok();
        assert_eq!(before.json["items"][0]["lacks"], json!(["agency_id", "location_id"]));
        let ids = json!({"siasn_agency_id": "INST", "siasn_location_id": "LOK"});
        library.admin.patch("/settings", settings.tag(), ids).await.ok();
        let out = library.admin.get("/siasn-courses?year=2026").await.ok();
        assert_eq!(out.column("is_complete"), [json!(true), json!(false)], "who is no civil servant is not SIASN's");
        assert_eq!(out.json["items"][1]["lacks"], json!(["certificate_number"]));
        assert_eq!(out.json["items"][0]["credit_entry_id"], json!(first));
        let expected = json!({"instansiId": "INST", "institusiPenyelenggara": "Perpustakaan Nasional", "jenisDiklatId": 16,
            "jenisKursus": 3091, "jenisKursusSertipikat": "T", "jumlahJam": 12, "lokasiId": "LOK",
            "namaKursus": "Kursus metadata", "nomorSertipikat": "EL/2026-01-20/12",
            "pnsOrangId": "orang-199203142019032005", "tahunKursus": 2026, "tanggalKursus": "20-01-2026",
            "tanggalSelesaiKursus": "20-01-2026"});
        assert_eq!(out.json["items"][0]["course"], expected);
        let table = library.admin.get("/siasn-courses.csv?year=2026").await.ok();
        let text = String::from_utf8(table.body).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        let header: Vec<_> = expected.as_object().unwrap().keys().cloned().collect();
        assert_eq!(lines[0], header.join(","));
        assert!(lines[1].ends_with("2026,20-01-2026,20-01-2026") && lines[1].contains(",16,3091,T,12,LOK,"));
        assert_eq!(library.admin.get("/siasn-courses?year=2025").await.ok().json["items"], json!([]));
        library.admin.get("/siasn-courses").await.is(400).blames("year", "required");
        library.mentor.get("/siasn-courses?year=2026").await.is(403);
    })
    .await;
}

#[actix_web::test]
async fn one_seminar_lifts_the_index_from_75_to_85() {
    each_database(async |app| {
        let library = app.library().await;
        let person = library.mentee.librarian();
        let path = format!("/librarians/{person}/professionalism-index");
        for (kind, hours) in [(FUNCTIONAL, 12_000), (TECHNICAL, 2000)] {
            let mut training = learned(&app, person, kind, "2026-02-10").await;
            training.measure.claimed = Some(hours);
            credit(&app, &training).await.unwrap();
        }
        let known = "?qualification=s1&performance_score=80";
        let before = library.mentee.get(&format!("{path}{known}")).await.ok().json;
        assert_eq!(
            (&before["index"], &before["band"], &before["unknown"]),
            (&json!(75.0), &json!("medium"), &json!([]))
        );
        let step = json!({"training": "seminar", "missing_hours": 4.0, "gain": 10.0, "index": 85.0, "band": "high"});
        assert_eq!(before["next_step"], step);
        let seminar = learned(&app, person, SEMINAR, "2026-02-11").await;
        let id = credit(&app, &seminar).await.unwrap().entry.id;
        let after = library.mentor.get(&format!("{path}{known}")).await.ok().json;
        assert_eq!((&after["index"], &after["next_step"]), (&json!(85.0), &json!(null)));
        reverse(&app, id).await.unwrap();
        assert_eq!(library.admin.get(&format!("{path}{known}")).await.ok().json["index"], 75.0);
        let next_year = library.admin.get(&format!("{path}{known}&year=2027")).await.ok().json;
        assert_eq!(
            next_year["competency_points"], 15.0,
            "the training of the position stays, the others are of a year"
        );
        let unknown = library.mentee.get(&path).await.ok().json;
        assert_eq!(unknown["unknown"], json!(["qualification", "performance"]));
        library.other.get(&path).await.is(404);
        library
            .admin
            .get(&format!("{path}?performance_score=101"))
            .await
            .is(400)
            .blames("performance_score", "out_of_range");
        library.admin.get(&format!("{path}?year=2010")).await.is(404).blames("year", "no_index_formula");
    })
    .await;
}

#[actix_web::test]
async fn the_index_goes_by_the_record_unless_the_query_supposes_otherwise() {
    each_database(async |app| {
        let library = app.library().await;
        let person = format!("/librarians/{}", library.mentee.librarian());
        let enter = async |resource: &str, new: Value| {
            library.admin.post(&format!("{person}/{resource}"), new).await.created();
        };
        enter("education", json!({"level": "d3", "institution": "UT", "graduated_year": 2010})).await;
        enter("education", json!({"level": "s1", "institution": "Untan", "graduated_year": 2014})).await;
        enter("appraisals", json!({"year": 2025, "first_month": 1, "months": 12, "predicate": "good"})).await;
        enter("disciplinary-measures", json!({"severity": "light", "imposed_on": "2025-06-02", "reason": "x"})).await;
        let read = async |query: &str| {
            let index = library.mentee.get(&format!("{person}/professionalism-index?year=2025{query}")).await.ok().json;
            ["qualification_points", "performance_points", "discipline_points"].map(|name| index[name].clone())
        };
        assert_eq!(read("").await, [json!(15.0), json!(25.0), json!(3.0)]);
        let supposed = read("&qualification=s3&performance_score=95&discipline=none").await;
        assert_eq!(supposed, [json!(25.0), json!(30.0), json!(5.0)]);
    })
    .await;
}

#[actix_web::test]
async fn a_contract_year_follows_the_contract_of_the_history() {
    each_database(async |app| {
        let library = app.library().await;
        let person = servant(&library, "pppk", "199203142022212004", "2022-04-01").await;
        let path = format!("/librarians/{person}/appointments");
        // A move to another unit begins no contract, a new contract after a gap does.
        let moved = json!({"kind": "transfer", "effective_on": "2024-09-02", "unit_id": library.units[1]});
        library.admin.post(&path, moved).await.created();
        let now = statement(&library, person, "").await;
        assert_eq!((&now["starts_on"], &now["ends_on"]), (&json!("2025-04-01"), &json!("2026-03-31")));
        let first = library.admin.get(&format!("{path}?sort=effective_on&limit=1")).await.ok();
        let first = format!("/appointments/{}", first.column("id")[0].as_str().unwrap());
        let tag = library.admin.get(&first).await.ok();
        library.admin.patch(&first, tag.tag(), json!({"ends_on": "2025-03-31"})).await.ok();
        let renewed = json!({"kind": "contract", "effective_on": "2025-06-02", "unit_id": library.units[1]});
        library.admin.post(&path, renewed).await.created();
        let now = statement(&library, person, "").await;
        assert_eq!((&now["starts_on"], &now["ends_on"]), (&json!("2025-06-02"), &json!("2026-06-01")));
    })
    .await;
}
