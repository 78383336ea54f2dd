use crate::support::{Client, each_database, json};
use serde_json::Value;

fn title(text: &str) -> Value {
    json!({"id": text, "en": null})
}

fn five() -> Value {
    json!((1..=5).map(|level| title(&format!("Level {level}"))).collect::<Vec<_>>())
}

/// A draft with an area, a unit in it, and an element of that.
async fn small_draft(admin: &Client, code: &str) -> (String, [String; 3]) {
    let draft = json!({"code": code, "version_label": "1", "title": title("Kerangka kecil"), "level_rule": "latest"});
    let draft = admin.post("/frameworks", draft).await.created();
    let list = format!("/frameworks/{}/competencies", draft.id());
    let mut ids: Vec<String> = Vec::new();
    for (kind, levels) in [("area", json!([])), ("unit", five()), ("element", json!([]))] {
        let new = json!({
            "kind": kind, "code": kind.to_uppercase(), "title": title(kind), "level_descriptors": levels,
            "parent_id": ids.last(), "field": "user_services",
        });
        ids.push(admin.post(&list, new).await.created().id());
    }
    (draft.id(), ids.try_into().unwrap())
}

#[actix_web::test]
async fn a_framework_goes_from_draft_to_retirement_and_never_back() {
    each_database(async |app| {
        let admin = app.admin().await;
        let reader = app.account("r@test.example", "R", false, false, None).await;
        let (id, [_, unit, _]) = small_draft(&admin, "KECIL").await;
        let path = format!("/frameworks/{id}");
        reader.get(&path).await.is(404);
        reader.get(&format!("/competencies/{unit}")).await.is(404);
        reader.get(&format!("{path}/competencies")).await.is(404);
        assert!(reader.get("/frameworks").await.ok().column("id").is_empty());

        let draft = admin.get(&path).await.ok();
        assert_eq!(draft.json["actions"], json!(["publication"]));
        admin.step(&format!("{path}/retirement")).await.is(409).refused("invalid_transition");
        admin.post(&format!("{path}/versions"), json!({"version_label": "2"})).await.refused("invalid_transition");
        let published = admin.step(&format!("{path}/publication")).await.ok();
        assert_eq!(published.json["published_at"], "2026-03-02T01:00:00.000Z");
        admin.step(&format!("{path}/publication")).await.is(409).refused("invalid_transition");

        admin.patch(&path, published.tag(), json!({"provisional": true})).await.is(409).refused("framework_closed");
        admin.delete(&path, published.tag()).await.is(409).refused("framework_closed");
        let competency = reader.get(&format!("/competencies/{unit}")).await.ok();
        let place = format!("/competencies/{unit}");
        admin.patch(&place, competency.tag(), json!({"code": "X"})).await.is(409).refused("framework_closed");
        admin.delete(&place, competency.tag()).await.is(409).refused("framework_closed");
        let new = json!({"kind": "unit", "code": "N", "title": title("N")});
        admin.post(&format!("{path}/competencies"), new).await.is(409).refused("framework_closed");
        assert_eq!(reader.get("/frameworks").await.ok().column("actions"), [json!([])]);

        admin.step(&format!("{path}/retirement")).await.ok();
        assert_eq!(reader.get(&path).await.ok().json["status"], "retired");
        admin.step(&format!("{path}/retirement")).await.refused("invalid_transition");
        let events = app.events_of(&["framework"]).await;
        assert_eq!(events, ["framework.created", "framework.published", "framework.retired"]);
    })
    .await;
}

#[actix_web::test]
async fn a_draft_can_be_changed_archived_and_restored() {
    each_database(async |app| {
        let admin = app.admin().await;
        let (id, _) = small_draft(&admin, "DRAF").await;
        let path = format!("/frameworks/{id}");
        let draft = admin.get(&path).await.ok();
        let changed = admin.patch(&path, draft.tag(), json!({"level_rule": "required_source"})).await.is(422);
        changed.blames("#/required_source", "required");
        let rule = json!({"level_rule": "required_source", "required_source": "assessor", "description": title("D")});
        let changed = admin.patch(&path, draft.tag(), rule).await.ok();
        admin.patch(&path, draft.tag(), json!({"provisional": true})).await.is(412);
        admin
            .patch(&path, changed.tag(), json!({"level_rule": "best"}))
            .await
            .is(422)
            .blames("#/required_source", "not_with_this_rule");
        let twin = json!({"code": "DRAF", "version_label": "1", "title": title("Kembar"), "level_rule": "best"});
        admin
            .post("/frameworks", twin)
            .await
            .is(409)
            .refused("framework_version_taken")
            .blames("#/version_label", "taken");
        admin.delete(&path, changed.tag()).await.no_content();
        admin.step(&format!("{path}/publication")).await.refused("invalid_transition");
        assert!(admin.get("/frameworks").await.ok().column("id").is_empty());
        let back = admin.step(&format!("{path}/restoration")).await.ok();
        assert_eq!((&back.json["required_source"], &back.json["archived_at"]), (&json!("assessor"), &json!(null)));
        let empty = json!({"code": "KOSONG", "version_label": "1", "title": title("Kosong"), "level_rule": "best"});
        let empty = admin.post("/frameworks", empty).await.created().id();
        admin.step(&format!("/frameworks/{empty}/publication")).await.is(409).refused("framework_empty");
    })
    .await;
}

#[actix_web::test]
async fn the_tree_keeps_its_shape() {
    each_database(async |app| {
        let admin = app.admin().await;
        let (id, [area, unit, element]) = small_draft(&admin, "POHON").await;
        let (other, [foreign, ..]) = small_draft(&admin, "LAIN").await;
        assert_ne!(id, other);
        let list = format!("/frameworks/{id}/competencies");
        assert_eq!(admin.get(&list).await.ok().column("sequence"), [json!(1), json!(2), json!(3)]);
        assert_eq!(
            admin.get(&format!("{list}?kind=unit,element&sort=code")).await.ok().column("code"),
            ["ELEMENT", "UNIT"]
        );
        assert_eq!(admin.get(&format!("{list}?parent_id={area}")).await.ok().column("id"), [json!(unit)]);
        assert_eq!(admin.get(&format!("{list}?q=elem&field=user_services")).await.ok().column("id"), [json!(element)]);
        assert!(admin.get(&format!("{list}?field=managerial")).await.ok().column("id").is_empty());

        let new = |kind: &str, parent: &str, levels: Value| {
            json!({
                "kind": kind, "code": "BARU", "title": title("Baru"), "parent_id": parent, "level_descriptors": levels,
            })
        };
        for (kind, parent, fault) in
            [("unit", &unit, "wrong_place"), ("element", &area, "wrong_place"), ("unit", &foreign, "no_such_object")]
        {
            admin.post(&list, new(kind, parent, json!([]))).await.is(422).blames("#/parent_id", fault);
        }
        let four = json!(five().as_array().unwrap()[..4]);
        admin.post(&list, new("unit", &area, four)).await.is(422).blames("#/level_descriptors", "five_levels");
        admin.post(&list, new("area", &area, five())).await.is(422).blames("#/level_descriptors", "five_levels");
        let mut taken = new("unit", &area, five());
        taken["code"] = json!("UNIT");
        admin.post(&list, taken).await.is(409).refused("competency_code_taken");

        let inner = admin.post(&list, new("area", &area, json!([]))).await.created();
        let path = format!("/competencies/{area}");
        let tag = admin.get(&path).await.ok();
        admin
            .patch(&path, tag.tag(), json!({"parent_id": inner.id()}))
            .await
            .is(422)
            .blames("#/parent_id", "part_of_itself");
        admin.patch(&path, tag.tag(), json!({"parent_id": area})).await.is(422).blames("#/parent_id", "part_of_itself");
        let path = format!("/competencies/{unit}");
        let tag = admin.get(&path).await.ok();
        let area_now = json!({"kind": "area", "level_descriptors": []});
        admin.patch(&path, tag.tag(), area_now).await.is(422).blames("#/kind", "wrong_place");
        admin.delete(&path, tag.tag()).await.is(409).refused("competency_has_parts");
        let leaf = format!("/competencies/{element}");
        let tag = admin.get(&leaf).await.ok();
        admin.delete(&leaf, tag.tag()).await.no_content();
        admin.get(&leaf).await.is(404);
        assert!(app.events_of(&["competency"]).await.contains(&"competency.deleted".to_owned()));
    })
    .await;
}

#[actix_web::test]
async fn what_is_published_stands_still_however_many_write_at_once() {
    each_database(async |app| {
        let admin = app.admin().await;
        let (id, _) = small_draft(&admin, "LOMBA").await;
        let list = format!("/frameworks/{id}/competencies");
        let publish = async {
            admin.step(&format!("/frameworks/{id}/publication")).await.ok();
            admin.get(&list).await.ok().column("id").len()
        };
        let writes =
            (0..12).map(|n| admin.post(&list, json!({"kind": "area", "code": format!("A{n}"), "title": title("A")})));
        let (at_publication, answers) =
            futures_util::future::join(publish, futures_util::future::join_all(writes)).await;
        let written = answers.iter().filter(|answer| answer.status == 201).count();
        for answer in answers.into_iter().filter(|answer| answer.status != 201) {
            answer.is(409).refused("framework_closed");
        }
        let now = admin.get(&list).await.ok().column("id").len();
        assert_eq!((now, at_publication), (written + 3, now), "nothing came after the publication");
    })
    .await;
}

#[actix_web::test]
async fn a_new_version_is_a_linked_copy() {
    each_database(async |app| {
        let admin = app.admin().await;
        let (id, ids) = small_draft(&admin, "VERSI").await;
        admin.step(&format!("/frameworks/{id}/publication")).await.ok();
        let next = admin.post(&format!("/frameworks/{id}/versions"), json!({"version_label": "2"})).await.created();
        assert_eq!((&next.json["supersedes_id"], &next.json["status"]), (&json!(id), &json!("draft")));
        let same = json!({"version_label": "2"});
        admin.post(&format!("/frameworks/{id}/versions"), same).await.is(409).refused("framework_version_taken");
        let copies = admin.get(&format!("/frameworks/{}/competencies", next.id())).await.ok();
        assert_eq!(copies.column("code"), ["AREA", "UNIT", "ELEMENT"]);
        let new_ids = copies.column("id");
        assert!(new_ids.iter().all(|new| !ids.iter().any(|old| new == old)));
        assert_eq!(copies.column("parent_id"), [json!(null), new_ids[0].clone(), new_ids[1].clone()]);
    })
    .await;
}

#[actix_web::test]
async fn competencies_of_all_frameworks_are_found_by_code_and_words() {
    each_database(async |app| {
        let library = app.library().await;
        let first = library.mentee.get("/competencies?limit=1&kind=unit").await.ok();
        let (code, framework) = (&first.json["items"][0]["code"], &first.json["items"][0]["framework_id"]);
        let code = code.as_str().unwrap();
        let found = library.mentee.get(&format!("/competencies?code={code}&include_total=true")).await.ok();
        assert_eq!((found.json["page"]["total"].as_i64(), &found.column("code")[0]), (Some(1), &json!(code)));
        let framework = framework.as_str().unwrap();
        let words = library.mentee.get(&format!("/competencies?framework_id={framework}&q=pengatalogan")).await.ok();
        assert!(!words.column("id").is_empty());
        // A draft is the admins' alone.
        let draft = json!({"code": "ANAK", "version_label": "1", "title": {"id": "Anak"}, "level_rule": "latest"});
        let draft = library.admin.post("/frameworks", draft).await.created().id();
        let new = json!({"code": "ANAK.1", "title": {"id": "Mendongeng"}, "kind": "area", "field": "user_services"});
        library.admin.post(&format!("/frameworks/{draft}/competencies"), new).await.created();
        assert_eq!(library.admin.get("/competencies?code=ANAK.1").await.ok().column("code").len(), 1);
        assert!(library.mentor.get("/competencies?code=ANAK.1").await.ok().column("code").is_empty());
    })
    .await;
}
