use crate::support::people::Library;
use crate::support::{each_database, json};

/// A programme that has all it needs to begin; answers its path.
pub async fn ready(library: &Library, year: i32) -> String {
    let competency = library.asked_of(&library.mentee).await[0].0.clone();
    let new = json!({"year": year, "title": format!("Program Pembinaan {year}"), "objectives": ["Setiap pustakawan 20 JP"],
        "targets": [{"competency_id": competency, "level": 3}], "responsible_id": library.mentor.librarian(),
        "target_group": {"tags": ["ahli"], "unit_ids": [library.units[0]]}});
    format!("/programmes/{}", library.admin.post("/programmes", new).await.created().id())
}

/// A programme that is under way; answers its path.
pub async fn begun(library: &Library, year: i32) -> String {
    let path = ready(library, year).await;
    library.admin.step(&format!("{path}/activation")).await.ok();
    path
}

#[actix_web::test]
async fn a_programme_is_drafted_begun_and_closed() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let path = ready(&library, 2026).await;
        let draft = admin.get(&path).await.ok();
        assert_eq!((&draft.json["status"], &draft.json["actions"]), (&json!("draft"), &json!(["activation"])));
        library.mentee.get(&path).await.is(404);
        assert!(library.mentee.get("/programmes").await.ok().column("id").is_empty());
        admin.step(&format!("{path}/closure")).await.refused("invalid_transition");
        let begun = admin.step(&format!("{path}/activation")).await.ok();
        assert_eq!((&begun.json["status"], &begun.json["actions"]), (&json!("active"), &json!(["closure"])));
        assert_eq!(begun.json["activated_at"], "2026-03-02T01:00:00.000Z");
        let seen = library.mentee.get(&path).await.ok();
        assert_eq!((&seen.json["actions"], &seen.json["year"]), (&json!([]), &json!(2026)));
        admin.delete(&path, begun.tag()).await.refused("invalid_transition");
        let later = admin.patch(&path, begun.tag(), json!({"year": 2027, "responsible_id": null})).await.is(422);
        later.blames("#/year", "not_valid").blames("#/responsible_id", "required");
        let changed = admin.patch(&path, begun.tag(), json!({"description": "Tahun literasi digital"})).await.ok();
        admin.patch(&path, begun.tag(), json!({"title": "x"})).await.is(412);
        let closed = admin.step(&format!("{path}/closure")).await.ok();
        assert_eq!((&closed.json["status"], &closed.json["actions"]), (&json!("closed"), &json!([])));
        admin.patch(&path, closed.tag(), json!({"title": "x"})).await.is(409).refused("programme_closed");
        assert_eq!(changed.json["version"], 3);
        admin.delete(&path, closed.tag()).await.no_content();
        library.mentee.get(&path).await.is(404);
        admin.step(&format!("{path}/restoration")).await.ok();
        let events = app.events_of(&["programme"]).await;
        let steps = ["created", "activated", "updated", "closed", "archived", "restored"];
        assert_eq!(events, steps.map(|step| format!("programme.{step}")));
    })
    .await;
}

#[actix_web::test]
async fn a_programme_begins_and_ends_once_however_many_ask() {
    each_database(async |app| {
        let library = app.library().await;
        let path = ready(&library, 2026).await;
        for step in ["activation", "closure"] {
            let asked = (0..6).map(|_| {
                let (admin, path) = (library.admin.clone(), format!("{path}/{step}"));
                async move { admin.step(&path).await }
            });
            let answers = futures_util::future::join_all(asked).await;
            assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{step}");
            for answer in answers.into_iter().filter(|answer| answer.status != 200) {
                answer.is(409).refused("invalid_transition");
            }
        }
        let events = app.events_of(&["programme"]).await;
        assert_eq!(events, ["programme.created", "programme.activated", "programme.closed"]);
    })
    .await;
}

#[actix_web::test]
async fn wrong_content_is_named_and_an_incomplete_programme_does_not_begin() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let nobody = "019a0000-0000-7000-8000-00000000dead";
        let wrong = json!({"year": 2026, "title": "x", "responsible_id": nobody,
            "targets": [{"competency_id": nobody, "level": 3}],
            "target_group": {"unit_ids": [library.units[0], nobody], "position_ids": [nobody]}});
        let answer = admin.post("/programmes", wrong).await.is(422);
        answer
            .blames("#/responsible_id", "no_such_object")
            .blames("#/targets/0/competency_id", "not_assessable")
            .blames("#/target_group/unit_ids/1", "no_such_object")
            .blames("#/target_group/position_ids/0", "no_such_object");
        let twice = json!({"year": 2026, "title": "x", "targets": [{"competency_id": nobody, "level": 3},
            {"competency_id": nobody, "level": 4}]});
        admin.post("/programmes", twice).await.is(422).blames("#/targets", "repeated");
        let blank = json!({"year": 1999, "title": " ", "objectives": [" "]});
        let answer = admin.post("/programmes", blank).await.is(422);
        answer.blames("#/year", "out_of_range").blames("#/title", "blank").blames("#/objectives", "blank");
        let empty = admin.post("/programmes", json!({"year": 2026, "title": "x"})).await.created();
        let answer = admin.step(&format!("/programmes/{}/activation", empty.id())).await.is(409);
        let answer = answer.refused("programme_not_ready");
        answer.blames("#/responsible_id", "required").blames("#/objectives", "required");
    })
    .await;
}

#[actix_web::test]
async fn programmes_are_found_by_year_state_competency_and_person() {
    each_database(async |app| {
        let library = app.library().await;
        let competency = library.asked_of(&library.mentee).await[0].0.clone();
        let now = begun(&library, 2026).await;
        ready(&library, 2027).await;
        let years = async |query: &str| library.admin.get(&format!("/programmes?{query}")).await.ok().column("year");
        assert_eq!(years("").await, [json!(2027), json!(2026)]);
        assert_eq!(years("sort=title").await, [json!(2026), json!(2027)]);
        assert_eq!(years("year=2026&q=pembinaan").await, [json!(2026)]);
        assert_eq!(years("status=active").await, [json!(2026)]);
        assert_eq!(years(&format!("competency_id={competency}")).await.len(), 2);
        assert_eq!(years(&format!("responsible_id={}", library.mentor.librarian())).await.len(), 2);
        let program = library.admin.get(&now).await.ok();
        library.admin.patch(&now, program.tag(), json!({"targets": []})).await.ok();
        assert_eq!(years(&format!("competency_id={competency}")).await, [json!(2027)]);
    })
    .await;
}

#[actix_web::test]
async fn what_a_programme_aims_at_stays_in_its_framework() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let framework =
            json!({"code": "BARU", "version_label": "1", "title": {"id": "Kerangka baru"}, "level_rule": "latest"});
        let framework = admin.post("/frameworks", framework).await.created();
        let unit = json!({"kind": "unit", "code": "B.1", "title": {"id": "Menyusun linimasa"}});
        let path = format!("/frameworks/{}/competencies", framework.id());
        let unit = admin.post(&path, unit).await.created();
        let spare = json!({"kind": "unit", "code": "B.2", "title": {"id": "Merawat peta"}});
        let spare = admin.post(&path, spare).await.created();
        let new = json!({"year": 2027, "title": "Program 2027", "objectives": ["Satu"],
            "responsible_id": library.mentor.librarian(), "targets": [{"competency_id": unit.id(), "level": 2}]});
        let programme = admin.post("/programmes", new).await.created();
        admin.delete(&format!("/competencies/{}", unit.id()), unit.tag()).await.is(409).refused("in_use");
        admin.delete(&format!("/competencies/{}", spare.id()), spare.tag()).await.no_content();
        let framework_path = format!("/frameworks/{}", framework.id());
        admin.delete(&framework_path, framework.tag()).await.is(409).refused("in_use");
        let activation = format!("/programmes/{}/activation", programme.id());
        let early = admin.step(&activation).await.is(409).refused("programme_not_ready");
        early.blames("#/targets/0/competency_id", "not_assessable");
        admin.step(&format!("{framework_path}/publication")).await.ok();
        admin.step(&activation).await.ok();
    })
    .await;
}
