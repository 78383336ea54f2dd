use crate::support::people::Library;
use crate::support::{Client, each_database, json};
use serde_json::Value;

fn title(text: &str) -> Value {
    json!({"id": text, "en": null})
}

/// The shipped framework, and the ids of its units by code.
async fn shipped(admin: &Client) -> (String, Vec<(String, String)>) {
    let id = admin.get("/frameworks").await.ok().column("id")[0].as_str().unwrap().to_owned();
    let units = units(admin, &id).await;
    (id, units)
}

async fn units(admin: &Client, framework: &str) -> Vec<(String, String)> {
    let page = admin.get(&format!("/frameworks/{framework}/competencies?kind=unit&limit=200")).await.ok();
    let text = |field: &str| {
        page.column(field).into_iter().map(|value| value.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    text("code").into_iter().zip(text("id")).collect()
}

fn id_of(units: &[(String, String)], code: &str) -> String {
    units.iter().find(|(known, _)| known == code).unwrap().1.clone()
}

async fn next_version(admin: &Client, id: &str) -> String {
    admin.post(&format!("/frameworks/{id}/versions"), json!({"version_label": "berikut"})).await.created().id()
}

async fn change(admin: &Client, path: &str, changes: Value) {
    let tag = admin.get(path).await.ok();
    admin.patch(path, tag.tag(), changes).await.ok();
}

/// A next version of the shipped framework, with the units of both.
struct Reworked {
    from: String,
    to: String,
    old: Vec<(String, String)>,
    new: Vec<(String, String)>,
}

/// Of the units that are asked, the first is split, the second and third are merged, the fourth goes without a successor.
async fn reworked(library: &Library, asked: &[(String, i64)]) -> Reworked {
    let admin = &library.admin;
    let (from, old) = shipped(admin).await;
    let to = next_version(admin, &from).await;
    let new = units(admin, &to).await;
    let code = |index: usize| old.iter().find(|(_, id)| *id == asked[index].0).unwrap().0.clone();
    let part = json!({"kind": "unit", "code": "BAGIAN", "title": title("Bagian kedua")});
    let part = admin.post(&format!("/frameworks/{to}/competencies"), part).await.created().id();
    let link = |id: &str, predecessor: &str| format!("/competencies/{id}/predecessors/{predecessor}");
    let replaced = json!({"link": "replaced_by"});
    admin.put(&link(&part, &asked[0].0), "", replaced.clone()).await.ok();
    admin.put(&link(&id_of(&new, &code(1)), &asked[2].0), "", replaced).await.ok();
    for index in [2, 3] {
        let unit = id_of(&new, &code(index));
        let elements = admin.get(&format!("/frameworks/{to}/competencies?parent_id={unit}&limit=200")).await.ok();
        let elements = elements.column("id").into_iter().map(|id| id.as_str().unwrap().to_owned());
        for id in elements.chain([unit]) {
            let path = format!("/competencies/{id}");
            let tag = admin.get(&path).await.ok();
            admin.delete(&path, tag.tag()).await.no_content();
        }
    }
    let new = units(admin, &to).await;
    Reworked { from, to, old, new }
}

/// The figures kept with each write are those of a full scan.
async fn kept_is_scanned(library: &Library) {
    let kept = library.admin.get("/competency-gaps?limit=500").await.ok();
    assert_eq!(kept.json, library.admin.get("/competency-gaps?limit=500&as_of=2026-03-02").await.ok().json);
}

#[actix_web::test]
async fn a_copy_differs_in_nothing_and_every_change_is_told() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let (from, old) = shipped(admin).await;
        let to = next_version(admin, &from).await;
        let path = format!("/frameworks/{to}/differences");
        let same = admin.get(&path).await.ok();
        assert_eq!((&same.json["framework_fields"], &same.json["items"]), (&json!(["version_label"]), &json!([])));

        let new = units(admin, &to).await;
        let all = admin.get(&format!("/frameworks/{to}/competencies?limit=200")).await.ok();
        assert_eq!(same.json["unchanged_count"], all.column("id").len());
        change(admin, &format!("/competencies/{}", new[0].1), json!({"title": title("Judul lain")})).await;
        change(admin, &format!("/competencies/{}", new[1].1), json!({"cluster": "Klaster lain"})).await;
        change(admin, &format!("/competencies/{}", new[2].1), json!({"sequence": 999})).await;
        let gone = format!("/competencies/{}", new[3].1);
        let tag = admin.get(&gone).await.ok();
        admin.delete(&gone, tag.tag()).await.no_content();
        let added = json!({"kind": "unit", "code": "TAMBAH", "title": title("Tambahan")});
        admin.post(&format!("/frameworks/{to}/competencies"), added).await.created();

        let told = admin.get(&path).await.ok();
        let rows: Vec<_> = told.json["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| {
                let side = if item["before"].is_null() { "after" } else { "before" };
                (item["kind"].clone(), item[side]["code"].clone(), item["fields"].clone())
            })
            .collect();
        let code = |index: usize| json!(old[index].0);
        assert_eq!(
            rows,
            [
                (json!("replaced"), code(0), json!(["title"])),
                (json!("changed"), code(1), json!(["cluster"])),
                (json!("moved"), code(2), json!(["sequence"])),
                (json!("removed"), code(3), json!([])),
                (json!("added"), json!("TAMBAH"), json!([])),
            ]
        );
        assert_eq!(told.json["unchanged_count"].as_u64().unwrap(), same.json["unchanged_count"].as_u64().unwrap() - 4);

        // Backwards it says the opposite; without an older version one has to be named; drafts are nobody's but the admins'.
        let back = admin.get(&format!("/frameworks/{from}/differences?from={to}")).await.ok();
        assert!(back.column("kind").contains(&json!("added")) && back.column("kind").contains(&json!("removed")));
        admin.get(&format!("/frameworks/{from}/differences")).await.is(404).blames("from", "required");
        let draft = format!("/frameworks/{from}/differences?from={to}");
        library.mentee.get(&draft).await.is(404).blames("from", "no_such_object");
        library.mentee.get(&path).await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn predecessors_are_linked_while_the_successor_is_a_draft() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let (from, old) = shipped(admin).await;
        let to = next_version(admin, &from).await;
        let new = units(admin, &to).await;
        let list = format!("/competencies/{}/predecessors", new[0].1);
        let items = admin.get(&list).await.ok();
        assert_eq!(
            (items.column("competency_id"), items.column("link")),
            (vec![json!(old[0].1)], vec![json!("exact_match_of")])
        );

        let link = |predecessor: &str| format!("{list}/{predecessor}");
        let replaced = json!({"link": "replaced_by"});
        admin.put(&link(&old[1].1), "", replaced.clone()).await.ok();
        admin.put(&link(&old[1].1), "", replaced.clone()).await.ok();
        admin.put(&link(&old[0].1), "", replaced.clone()).await.ok();
        assert_eq!(admin.get(&list).await.ok().column("link"), [json!("replaced_by"), json!("replaced_by")]);
        admin.delete(&link(&old[1].1), "").await.no_content();
        admin.delete(&link(&old[1].1), "").await.is(404);
        let linked = app.events_of(&["competency"]).await;
        assert_eq!(linked.iter().filter(|name| *name == "competency.predecessor_linked").count(), 2);

        let area = admin.get(&format!("/frameworks/{from}/competencies?kind=area")).await.ok().column("id")[0].clone();
        for wrong in [area.as_str().unwrap(), &new[1].1, &new[0].1] {
            admin.put(&link(wrong), "", replaced.clone()).await.is(409).refused("not_a_predecessor");
        }
        admin.put(&link("019a0000-0000-7000-8000-00000000dead"), "", replaced.clone()).await.is(404);
        admin.put(&link(&old[1].1), "", json!({"link": "parent_of"})).await.is(422).blames("#/link", "not_a_choice");
        admin.step(&format!("/frameworks/{to}/publication")).await.ok();
        admin.put(&link(&old[1].1), "", replaced).await.is(409).refused("framework_closed");
        admin.delete(&link(&old[0].1), "").await.is(409).refused("framework_closed");
        assert_eq!(library.mentee.get(&list).await.ok().column("competency_id"), [json!(old[0].1)]);
    })
    .await;
}

#[actix_web::test]
async fn what_the_preview_says_is_what_is_carried_over_and_once_only() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let asked = library.asked_of(&library.mentee).await;
        let mut written = Vec::new();
        for (index, (competency, _)) in (0_i64..).zip(asked.iter().take(4)) {
            written.push(library.assessed(&library.mentee, competency, 2 + index % 3, "2026-02-10", None).await);
        }
        library.assessed(&library.other, &asked[1].0, 5, "2026-02-11", Some("2026-12-31")).await;
        library.assessed(&library.other, &asked[2].0, 1, "2026-02-12", None).await;
        let open = json!({"librarian_id": library.other.librarian(), "competency_id": asked[0].0, "method": "test",
            "level": 3, "assessed_on": "2026-02-13"});
        admin.post("/assessments", open).await.created();
        let before = admin.get("/assessments?limit=200&sort=created_at").await.ok().json["items"].clone();
        let Reworked { from, to, old, new } = reworked(&library, &asked).await;

        let path = format!("/frameworks/{to}/remap");
        let order = json!({"fingerprint": "0".repeat(64)});
        admin.post(&path, order.clone()).await.is(409).refused("framework_not_in_use");
        admin.step(&format!("/frameworks/{to}/publication")).await.ok();
        admin.post(&path, order).await.is(409).refused("remap_changed");
        admin.post(&path, json!({"fingerprint": "kurang"})).await.is(422).blames("#/fingerprint", "wrong_length");
        library.mentor.get(&path).await.is(403);

        // Mentee: two of the split, one each of the merged. Other: one each of the merged. One is open, one is stranded.
        let preview = admin.get(&path).await.ok();
        let figure = |name: &str| preview.json[name].as_u64().unwrap();
        assert_eq!((figure("assessment_count"), figure("level_count"), figure("person_count")), (6, 4, 2));
        assert_eq!((figure("carried_before_count"), figure("open_count"), figure("stranded_count")), (0, 1, 1));
        let item = |index: usize| {
            let items = preview.json["items"].as_array().unwrap();
            items.iter().find(|item| item["competency_id"] == asked[index].0).unwrap().clone()
        };
        assert_eq!(
            (&item(0)["is_split"], &item(1)["is_merged"], &item(2)["is_merged"]),
            (&json!(true), &json!(true), &json!(true))
        );
        assert_eq!((&item(0)["assessment_count"], &item(3)["successors"]), (&json!(2), &json!([])));
        assert!(figure("position_count") > 0 && item(0)["position_count"].as_u64().unwrap() > 0);

        let order = json!({"fingerprint": preview.json["fingerprint"]});
        let applied = admin.post(&path, order.clone()).await.ok();
        assert_eq!(applied.json, preview.json);
        kept_is_scanned(&library).await;
        let again = admin.post(&path, order).await.ok();
        assert_eq!((&again.json["assessment_count"], &again.json["position_count"]), (&json!(0), &json!(0)));
        assert_eq!(again.json["carried_before_count"], 6);

        // The old ones are as they were; the new ones name them.
        let after = admin.get("/assessments?limit=200&sort=created_at").await.ok().json["items"].clone();
        let (after, before) = (after.as_array().unwrap(), before.as_array().unwrap());
        assert_eq!(after.len(), before.len() + 6);
        assert_eq!(&after[..before.len()], &before[..]);
        for new in &after[before.len()..] {
            let old = before.iter().find(|old| old["id"] == new["carried_from_id"]).unwrap();
            for field in ["librarian_id", "method", "level", "assessed_on", "valid_until", "evidence", "note"] {
                assert_eq!(new[field], old[field], "{field}");
            }
            assert_eq!((&new["status"], &new["decided_by"]), (&json!("confirmed"), &json!(admin.user_id)));
        }

        // The position asks for both parts of what was split, for one of what was merged, and still for what has no successor.
        let now = library.asked_of(&library.mentee).await;
        let level = |id: &str| now.iter().find(|(known, _)| known == id).map(|(_, level)| *level);
        let successor = |code: &str| id_of(&new, code);
        let code = |index: usize| old.iter().find(|(_, id)| *id == asked[index].0).unwrap().0.clone();
        assert_eq!((level(&successor(&code(0))), level(&successor("BAGIAN"))), (Some(asked[0].1), Some(asked[0].1)));
        assert_eq!(level(&successor(&code(1))), Some(asked[1].1.max(asked[2].1)));
        assert_eq!((level(&asked[3].0), level(&asked[0].0)), (Some(asked[3].1), None));

        // What is confirmed later follows later; what comes from an older framework can still be named by hand.
        library.assessed(&library.other, &asked[0].0, 4, "2026-02-20", None).await;
        let later = admin.get(&format!("{path}?from={from}")).await.ok();
        assert_eq!((&later.json["assessment_count"], &later.json["carried_before_count"]), (&json!(2), &json!(6)));
        admin.post(&path, json!({"fingerprint": later.json["fingerprint"]})).await.ok();
        kept_is_scanned(&library).await;
        let events = app.events_of(&["assessment"]).await;
        assert_eq!(events.iter().filter(|name| *name == "assessment.carried_over").count(), 8);
    })
    .await;
}

#[actix_web::test]
async fn many_who_carry_over_at_once_carry_each_once() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let asked = library.asked_of(&library.mentee).await;
        for (index, (competency, _)) in (0_i64..6).zip(&asked) {
            library.assessed(&library.mentee, competency, 1 + index % 5, "2026-02-10", None).await;
            library.assessed(&library.other, competency, 3, "2026-02-11", None).await;
        }
        let (from, _) = shipped(admin).await;
        let to = next_version(admin, &from).await;
        admin.step(&format!("/frameworks/{to}/publication")).await.ok();
        let path = format!("/frameworks/{to}/remap");
        let preview = admin.get(&path).await.ok();
        assert_eq!(preview.json["assessment_count"], 12);
        let order = json!({"fingerprint": preview.json["fingerprint"]});
        let answers = futures_util::future::join_all((0..6).map(|_| admin.post(&path, order.clone()))).await;
        let done = answers.into_iter().map(|answer| {
            if answer.status == 200 {
                return answer.json["assessment_count"].as_u64().unwrap();
            }
            // Came when others were half done.
            answer.is(409).refused("remap_changed");
            0
        });
        assert_eq!(done.sum::<u64>(), 12);
        let all = admin.get("/assessments?limit=200").await.ok();
        assert_eq!(all.column("id").len(), 24);
        let again = admin.get(&path).await.ok();
        assert_eq!((&again.json["assessment_count"], &again.json["position_count"]), (&json!(0), &json!(0)));
        kept_is_scanned(&library).await;
    })
    .await;
}

#[actix_web::test]
async fn a_past_date_says_what_it_said_before() {
    each_database(async |app| {
        let mut library = app.library().await;
        let asked = library.asked_of(&library.mentee).await;
        library.assessed(&library.mentee, &asked[0].0, 3, "2026-02-10", None).await;
        let path = format!("/librarians/{}/competency-profile?as_of=2026-03-02", library.mentee.librarian());
        app.after(chrono::TimeDelta::days(5));
        library.admin = app.again(&library.admin).await;
        let before = library.admin.get(&path).await.ok();
        let (from, _) = shipped(&library.admin).await;
        let to = next_version(&library.admin, &from).await;
        library.admin.step(&format!("/frameworks/{to}/publication")).await.ok();
        let preview = library.admin.get(&format!("/frameworks/{to}/remap")).await.ok();
        let order = json!({"fingerprint": preview.json["fingerprint"]});
        library.admin.post(&format!("/frameworks/{to}/remap"), order).await.ok();
        let after = library.admin.get(&path).await.ok();
        assert_eq!(before.json["additional"], json!([]));
        // The standard is that of today; the level that it had then was in the old framework.
        assert_eq!(after.json["additional"].as_array().unwrap().len(), 1);
        assert_eq!(after.json["additional"][0]["competency_id"], json!(asked[0].0));
    })
    .await;
}
