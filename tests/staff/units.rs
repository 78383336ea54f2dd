use crate::support::{each_database, json};
use bina_pustaka::kernel::event;
use bina_pustaka::kernel::http::BODY_LIMIT;
use chrono::TimeDelta;

#[actix_web::test]
async fn a_unit_lives_from_entry_to_archive_and_back() {
    each_database(async |app| {
        let admin = app.admin().await;
        let unit = admin.post("/units", json!({"code": "ANAK", "name": "Layanan Anak"})).await.created();
        let path = format!("/units/{}", unit.id());
        assert_eq!(unit.header("location"), Some(format!("/api/v1{path}").as_str()));

        let changed = admin
            .patch(&path, unit.tag(), json!({"name": "Layanan Anak dan Remaja", "address": "Lantai 2"}))
            .await
            .ok();
        assert_eq!((&changed.json["version"], &changed.json["address"]), (&json!(2), &json!("Lantai 2")));
        let cleared = admin.patch(&path, changed.tag(), json!({"address": null})).await.ok();
        assert_eq!(
            (&cleared.json["address"], &cleared.json["name"]),
            (&json!(null), &json!("Layanan Anak dan Remaja"))
        );

        admin.step(&format!("{path}/restoration")).await.refused("invalid_transition");
        admin.delete(&path, cleared.tag()).await.no_content();
        assert!(admin.get("/units").await.ok().column("code").is_empty());
        assert_eq!(admin.get("/units?include_archived=true").await.ok().column("actions"), [json!(["restoration"])]);
        admin.step(&format!("{path}/restoration")).await.ok();
        assert_eq!(admin.get("/units").await.ok().column("code"), [json!("ANAK")]);

        let events = app.events_of(&["unit"]).await;
        assert_eq!(events, ["unit.created", "unit.updated", "unit.updated", "unit.archived", "unit.restored"]);
        assert!(event::verify(app.db()).await.unwrap().findings.is_empty());
    })
    .await;
}

#[actix_web::test]
async fn a_code_belongs_to_one_unit_however_many_ask_at_once() {
    each_database(async |app| {
        let admin = app.admin().await;
        let asked = (0..16).map(|_| admin.post("/units", json!({"code": "SATU", "name": "Satu"})));
        let answers = futures_util::future::join_all(asked).await;
        let created = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(created, 1);
        for answer in answers.into_iter().filter(|answer| answer.status != 201) {
            answer.is(409).refused("unit_code_taken").blames("#/code", "taken");
        }
    })
    .await;
}

#[actix_web::test]
async fn nobody_overwrites_another() {
    each_database(async |app| {
        let admin = app.admin().await;
        let unit = admin.post("/units", json!({"code": "A", "name": "Awal"})).await.created();
        let path = format!("/units/{}", unit.id());
        admin.patch(&path, unit.tag(), json!({"name": "Kedua"})).await.ok();
        let stale = admin.patch(&path, unit.tag(), json!({"name": "Ketiga"})).await.is(412).refused("stale_version");
        assert_eq!(stale.json["current_version"], 2);
        admin.send(actix_web::http::Method::PATCH, &path, Some(b"{}".to_vec()), &[]).await.is(428);
        admin.patch(&path, "W/\"v2.anything\"", json!({"name": "Ketiga"})).await.ok();
        admin.patch(&path, "v3", json!({"name": "Keempat"})).await.ok();
        admin.patch(&path, "4", json!({"name": "x"})).await.is(400).blames("If-Match", "not_valid");
    })
    .await;
}

#[actix_web::test]
async fn sixty_four_writers_on_one_row_lose_no_update() {
    each_database(async |app| {
        let admin = app.admin().await;
        let unit = admin.post("/units", json!({"code": "RAMAI", "name": "0"})).await.created();
        let path = format!("/units/{}", unit.id());
        let writers = (0..64).map(|_| {
            let (admin, path) = (admin.clone(), path.clone());
            async move {
                loop {
                    let now = admin.get(&path).await.ok();
                    let count: u32 = now.json["name"].as_str().unwrap().parse().unwrap();
                    let answer = admin.patch(&path, now.tag(), json!({"name": (count + 1).to_string()})).await;
                    match answer.status.as_u16() {
                        200 => return,
                        412 | 503 => {}
                        other => panic!("a writer was answered {other}"),
                    }
                }
            }
        });
        futures_util::future::join_all(writers).await;
        let after = admin.get(&path).await.ok();
        assert_eq!((&after.json["name"], &after.json["version"]), (&json!("64"), &json!(65)));
    })
    .await;
}

#[actix_web::test]
async fn pages_go_on_and_back_without_missing_a_row() {
    each_database(async |app| {
        let admin = app.admin().await;
        for number in 0..7 {
            // Three share a name, so that ties are broken by id.
            let name = if number < 3 { "Sama".to_owned() } else { format!("Unit {number}") };
            admin.post("/units", json!({"code": format!("U{number}"), "name": name})).await.created();
        }
        for sort in ["name", "-name", "code", "-created_at"] {
            let whole = admin.get(&format!("/units?sort={sort}&include_total=true")).await.ok();
            assert_eq!(whole.json["page"]["total"], 7);
            let (mut forth, mut path) = (Vec::new(), format!("/units?sort={sort}&limit=3"));
            let mut last;
            loop {
                last = admin.get(&path).await.ok();
                forth.extend(last.column("id"));
                let Some(next) = last.json["page"]["next_cursor"].as_str() else { break };
                path = format!("/units?sort={sort}&limit=3&cursor={next}");
            }
            assert_eq!(forth, whole.column("id"), "{sort}");
            let back = last.json["page"]["prev_cursor"].as_str().unwrap();
            let before = admin.get(&format!("/units?sort={sort}&limit=3&cursor={back}")).await.ok();
            assert_eq!(before.column("id"), whole.column("id")[3..6]);
            admin.get(&format!("/units?limit=3&q=x&cursor={back}")).await.is(404).refused("invalid_cursor");
            admin.get("/units?cursor=!").await.is(400).refused("invalid_parameter");
        }
    })
    .await;
}

#[actix_web::test]
async fn words_are_found_in_any_spelling() {
    each_database(async |app| {
        let admin = app.admin().await;
        admin.post("/units", json!({"code": "OK", "name": "Ökonomi 100% Kreatif"})).await.created();
        for words in ["okonomi", "100%25", "KREATIF", "%C3%96konomi"] {
            assert_eq!(admin.get(&format!("/units?q={words}")).await.ok().column("code"), [json!("OK")], "{words}");
        }
        assert!(admin.get("/units?q=100_").await.ok().column("code").is_empty());
    })
    .await;
}

#[actix_web::test]
async fn the_same_request_is_done_once() {
    each_database(async |app| {
        let admin = app.admin().await.with("idempotency-key", "kunci-yang-cukup-panjang");
        let body = json!({"code": "SEKALI", "name": "Sekali"});
        let asked = (0..8).map(|_| admin.post("/units", body.clone()));
        let answers = futures_util::future::join_all(asked).await;
        let ids: Vec<_> = answers.into_iter().map(|answer| answer.created().id()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]));
        admin.post("/units", json!({"code": "LAIN", "name": "Lain"})).await.is(422).refused("idempotency_key_reused");
        assert_eq!(app.events_of(&["unit"]).await, ["unit.created"]);
    })
    .await;
}

#[actix_web::test]
async fn bad_input_is_named_and_changes_nothing() {
    each_database(async |app| {
        let admin = app.admin().await;
        let wrong = admin.post("/units", json!({"code": "kecil", "name": "  ", "address": ""})).await.is(422);
        wrong.blames("#/code", "not_a_code").blames("#/name", "blank").blames("#/address", "length_out_of_range");
        admin.post("/units", json!({"code": "A"})).await.is(422).blames("#/name", "required");
        admin.post("/units", json!({"code": 1, "name": "x"})).await.is(422).blames("#/code", "wrong_type");
        admin
            .post("/units", json!({"code": "A", "name": "x", "status": "x"}))
            .await
            .is(422)
            .blames("#/status", "unknown_field");
        admin
            .post("/units", json!({"code": "A", "name": "a\u{0}b"}))
            .await
            .is(422)
            .blames("#/name", "control_character");
        let english = admin.with("accept-language", "en");
        let told = english.post("/units", json!({"code": "A"})).await.is(422);
        assert_eq!(told.json["errors"][0]["detail"], "This is required");
        assert_eq!(told.header("content-language"), Some("en"));
        let post = actix_web::http::Method::POST;
        admin.send(post.clone(), "/units", Some(b"{\"code\":".to_vec()), &[]).await.is(400).refused("malformed_json");
        let plain = admin.with("content-type", "text/plain");
        plain.send(post.clone(), "/units", Some(b"{}".to_vec()), &[]).await.is(415);
        admin.send(post, "/units", Some(vec![b' '; BODY_LIMIT + 1]), &[]).await.is(413);
        admin.get("/units?colour=red").await.is(400).blames("colour", "unknown_parameter");
        admin.get("/units?sort=colour").await.is(400).blames("sort", "not_sortable");
        assert!(admin.get("/units").await.ok().column("id").is_empty());
        assert!(app.events_of(&["unit"]).await.is_empty());
    })
    .await;
}

#[actix_web::test]
async fn who_has_the_answer_already_gets_none() {
    each_database(async |app| {
        let admin = app.admin().await;
        let unit = admin.post("/units", json!({"code": "A", "name": "A"})).await.created();
        let path = format!("/units/{}", unit.id());
        let read = admin.get(&path).await.ok();
        let again = admin.with("if-none-match", read.tag()).get(&path).await.is(304);
        assert!(again.body.is_empty());
        app.after(TimeDelta::minutes(1));
        admin.patch(&path, read.tag(), json!({"name": "B"})).await.ok();
        admin.with("if-none-match", read.tag()).get(&path).await.ok();
    })
    .await;
}
