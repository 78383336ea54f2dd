use std::collections::HashSet;

use crate::support::{each_database, json};
use bina_pustaka::demo;

#[actix_web::test]
async fn one_library_says_what_it_is() {
    each_database(async |app| {
        let admin = app.admin().await;
        demo::seed(app.db()).await.unwrap();
        let before = admin.get("/settings").await.ok();
        assert_eq!(before.json["time_zone"], "Asia/Pontianak");
        let changes =
            json!({"name": "Perpustakaan Kota", "signatory_name": "Maria", "logo_url": "https://kota.example/l.png"});
        let after = admin.patch("/settings", before.tag(), changes).await.ok();
        assert_eq!(
            (&after.json["name"], &after.json["signatory_name"]),
            (&json!("Perpustakaan Kota"), &json!("Maria"))
        );
        let cleared = admin.patch("/settings", after.tag(), json!({"signatory_name": null})).await.ok();
        assert_eq!(cleared.json["signatory_name"], json!(null));
        admin.patch("/settings", after.tag(), json!({"name": "x"})).await.is(412);
        let wrong = admin.patch("/settings", cleared.tag(), json!({"logo_url": "ftp://x"})).await.is(422);
        wrong.blames("#/logo_url", "not_a_url");
        admin.patch("/settings", cleared.tag(), json!({"time_zone": "Europe/Paris"})).await.is(422);
        demo::seed(app.db()).await.unwrap();
        assert_eq!(admin.get("/settings").await.ok().json["name"], "Perpustakaan Kota", "a restart changes nothing");
    })
    .await;
}

#[actix_web::test]
async fn the_types_of_training_are_those_of_siasn() {
    each_database(async |app| {
        let admin = app.admin().await;
        demo::seed(app.db()).await.unwrap();
        let types = admin.get("/training-types").await.ok();
        assert_eq!(types.column("siasn_id"), (1..=25).map(|id| json!(id)).collect::<Vec<_>>());
        let classes: HashSet<String> =
            types.column("certificate_class").iter().map(|class| class.as_str().unwrap().to_owned()).collect();
        assert_eq!(classes, ["T", "F", "P"].map(str::to_owned).into());
        let holding = admin.get("/credit-rules?on=2026-03-02&limit=200").await.ok();
        let ruled: HashSet<_> = holding.column("training_type_id").iter().map(ToString::to_string).collect();
        assert_eq!(ruled.len(), 25, "each has one rule");
        let path = format!("/training-types/{}", types.column("id")[22].as_str().unwrap());
        let row = admin.get(&path).await.ok();
        let changed = admin.patch(&path, row.tag(), json!({"bucket": "experience", "course_code": 3091})).await.ok();
        assert_eq!((&changed.json["bucket"], &changed.json["course_code"]), (&json!("experience"), &json!(3091)));
        admin.patch(&path, changed.tag(), json!({"siasn_id": 1})).await.is(422).blames("#/siasn_id", "unknown_field");
    })
    .await;
}

#[actix_web::test]
async fn a_venue_lives_from_entry_to_archive_and_back() {
    each_database(async |app| {
        let admin = app.admin().await;
        let new = json!({"code": "AULA", "name": "Aula lantai 2", "capacity": 60});
        let venue = admin.post("/venues", new.clone()).await.created();
        admin.post("/venues", new).await.is(409).refused("venue_code_taken").blames("#/code", "taken");
        let path = format!("/venues/{}", venue.id());
        let changed = admin.patch(&path, venue.tag(), json!({"capacity": 80, "equipment": "Proyektor"})).await.ok();
        assert_eq!((&changed.json["capacity"], &changed.json["equipment"]), (&json!(80), &json!("Proyektor")));
        admin.patch(&path, changed.tag(), json!({"capacity": 0})).await.is(422).blames("#/capacity", "out_of_range");
        admin.delete(&path, changed.tag()).await.no_content();
        assert!(admin.get("/venues").await.ok().column("id").is_empty());
        admin.step(&format!("{path}/restoration")).await.ok();
        assert_eq!(admin.get("/venues?q=aula").await.ok().column("code"), [json!("AULA")]);
    })
    .await;
}

#[actix_web::test]
async fn a_day_has_one_holiday_however_many_ask_at_once() {
    each_database(async |app| {
        let admin = app.admin().await;
        let new = json!({"held_on": "2026-08-17", "name": {"id": "Hari Kemerdekaan"}, "kind": "national"});
        let answers = futures_util::future::join_all((0..8).map(|_| admin.post("/holidays", new.clone()))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        for answer in answers.into_iter().filter(|answer| answer.status != 201) {
            answer.is(409).refused("holiday_exists").blames("#/held_on", "taken");
        }
        let year = admin.get("/holidays?held_on_gte=2026-01-01&held_on_lt=2027-01-01").await.ok();
        let path = format!("/holidays/{}", year.column("id")[0].as_str().unwrap());
        let read = admin.get(&path).await.ok();
        let moved = admin.patch(&path, read.tag(), json!({"held_on": "2026-08-18"})).await.ok();
        admin.delete(&path, moved.tag()).await.no_content();
        admin.get(&path).await.is(404);
        assert_eq!(app.events_of(&["holiday"]).await, ["holiday.created", "holiday.updated", "holiday.deleted"]);
    })
    .await;
}
