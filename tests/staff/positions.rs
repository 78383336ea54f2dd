use crate::support::{each_database, json};

#[actix_web::test]
async fn a_position_is_entered_changed_archived_and_restored() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let new = json!({"code": "PRANATA", "title": {"id": "Pranata Komputer", "en": null}, "category": "none", "level": 2,
            "grade_from": "III/a", "grade_to": "IX", "retirement_age": 58, "headcount": 2});
        let position = admin.post("/positions", new.clone()).await.created();
        let path = format!("/positions/{}", position.id());
        admin.post("/positions", new).await.is(409).refused("position_code_taken").blames("#/code", "taken");

        let changes = json!({"retirement_age": 60, "headcount": null, "title": {"id": "Pranata", "en": "Clerk"}});
        let changed = admin.patch(&path, position.tag(), changes).await.ok();
        assert_eq!((&changed.json["retirement_age"], &changed.json["headcount"]), (&json!(60), &json!(null)));
        assert_eq!(library.mentee.get("/positions?q=clerk").await.ok().column("code"), [json!("PRANATA")]);
        admin.patch(&path, changed.tag(), json!({"code": "15504"})).await.is(409).refused("position_code_taken");

        admin.delete(&path, changed.tag()).await.no_content();
        library.mentee.get(&path).await.is(404);
        assert!(library.mentee.get("/positions?q=clerk&include_archived=true").await.ok().column("code").is_empty());
        let shown = admin.get("/positions?q=clerk&include_archived=true").await.ok();
        assert_eq!(shown.column("actions"), [json!(["restoration"])]);
        let person = json!({"name": "Baru", "employment_kind": "non_asn", "unit_id": library.units[0],
            "position_id": position.id()});
        admin.post("/librarians", person).await.is(422).blames("#/position_id", "no_such_object");
        admin.step(&format!("{path}/restoration")).await.ok();
        admin.step(&format!("{path}/restoration")).await.is(409).refused("invalid_transition");
        library.mentee.get(&path).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn a_grade_is_one_that_decrees_know() {
    each_database(async |app| {
        let admin = app.admin().await;
        let new = json!({"code": "A", "title": {"id": "A"}, "category": "none", "level": 1, "grade_from": "V/a",
            "grade_to": "XVIII"});
        let refused = admin.post("/positions", new).await.is(422);
        refused.blames("#/grade_from", "not_a_grade").blames("#/grade_to", "not_a_grade");
        let level = json!({"code": "A", "title": {"id": "A"}, "category": "none", "level": 21});
        admin.post("/positions", level).await.is(422).blames("#/level", "out_of_range");
    })
    .await;
}
