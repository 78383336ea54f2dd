use actix_web::http::Method;
use serde_json::Value;

use super::lifecycle::begun;
use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

/// Sends a file and waits for its job.
async fn imported(app: &TestApp, admin: &Client, query: &str, template: &Value) -> Value {
    let path = format!("/programmes/imports{query}");
    let accepted = admin.send(Method::POST, &path, Some(template.to_string().into_bytes()), &[]).await.is(202);
    let path = accepted.header("location").unwrap().to_owned();
    assert_eq!(app.work().await, 1);
    admin.get(&path).await.ok().json
}

/// A programme with all that a template takes, and much that it must not; answers its path.
async fn rich(library: &Library) -> String {
    let admin = &library.admin;
    let programme = begun(library, 2026).await;
    let before = admin.get(&programme).await.ok();
    let positions = admin.get("/positions?sort=code").await.ok().column("id");
    let changes = json!({"description": "Hubungi Maria lewat maria@kota.example atau 0812-3456-7890",
        "target_group": {"tags": ["pustakawan"], "unit_ids": [library.units[0]], "position_ids": [positions[0]]}});
    admin.patch(&programme, before.tag(), changes).await.ok();
    let id = before.id();
    let competency = library.asked_of(&library.mentee).await[0].0.clone();
    let types = admin.get("/training-types").await.ok().column("id");
    let first = json!({"programme_id": id, "title": "Dasar bersama Antonius Rusli", "capacity": 12, "credit_hours": 4.5,
        "training_type_id": types[3], "competencies": [{"competency_id": competency, "level": 3}],
        "staff_ids": [library.mentor.librarian()], "place": "Ruang 2", "online_url": "https://example.org/rahasia",
        "registration_opens_at": "2026-02-01T01:00:00Z", "description": "NIP 197804122003122001"});
    let first = library.activity(first, &[("2026-03-10T01:00:00Z", "2026-03-10T05:00:00Z")]).await;
    let speaker = json!({"name": "Antonius Rusli"});
    admin.post(&format!("/activities/{first}/speakers"), speaker).await.created();
    library.mentee.post(&format!("/activities/{first}/registrations"), json!({})).await.created();
    let second = json!({"programme_id": id, "title": "Lanjutan", "kind": "panel", "least_post_test_score": 70.5,
        "prerequisites": {"activity_ids": [first], "levels": [{"competency_id": competency, "level": 2}]}});
    library.activity(second, &[]).await;
    let milestone = json!({"title": "Setengah jalan", "due_on": "2026-06-30", "programme_id": id,
        "owner_id": library.mentor.librarian(), "partner": "Agnes dan kawan-kawan"});
    admin.post("/milestones", milestone).await.created();
    programme
}

/// Nothing of a person is in the file.
fn nobody_is_in(template: &Value, library: &Library) {
    let text = template.to_string();
    for person in [&library.mentor, &library.mentee, &library.other] {
        assert!(!text.contains(&person.librarian().to_string()), "{text}");
        assert!(!text.contains(&person.user_id.unwrap().to_string()), "{text}");
    }
    for told in ["Maria", "Rizky", "Agnes", "Antonius", "@", "0812", "19780412", "https://", "Ruang 2"] {
        assert!(!text.contains(told), "{told} is in {text}");
    }
}

#[actix_web::test]
async fn a_programme_goes_from_one_library_to_another_and_comes_out_the_same() {
    let templates = std::cell::RefCell::new(Vec::new());
    // Each database gives its own file, and takes the one of the run before too.
    each_database(async |app| {
        let library = app.library().await;
        let programme = rich(&library).await;
        let template = library.admin.get(&format!("{programme}/template")).await.ok().json;
        nobody_is_in(&template, &library);
        assert_eq!(template["parts"]["activities"][1]["after"], json!(["a1"]));
        library.mentee.get(&format!("{programme}/template")).await.is(403);
        templates.borrow_mut().push(template);
    })
    .await;
    each_database(async |app| {
        bina_pustaka::demo::seed(app.db()).await.unwrap();
        let admin = app.admin().await;
        let templates = templates.borrow().clone();
        for template in &templates {
            let trial = imported(&app, &admin, "?dry_run=true", template).await;
            assert_eq!((&trial["status"], &trial["report"]["created"]), (&json!("succeeded"), &json!(4)), "{trial}");
            assert!(admin.get("/programmes").await.ok().column("id").is_empty(), "a trial writes nothing");
            let done = imported(&app, &admin, "", template).await;
            assert_eq!((&done["status"], &done["report"]["applied"]), (&json!("succeeded"), &json!(true)), "{done}");
            let made = admin.get("/programmes").await.ok();
            assert_eq!(
                (made.column("status"), made.column("responsible_id")),
                (vec![json!("draft")], vec![json!(null)])
            );
            let id = made.column("id")[0].as_str().unwrap().to_owned();
            let activities = admin.get(&format!("/activities?programme_id={id}")).await.ok();
            assert_eq!(activities.column("status"), [json!("draft"), json!("draft")]);
            let again = admin.get(&format!("/programmes/{id}/template")).await.ok().json;
            assert_eq!(again, *template);
            let same = imported(&app, &admin, "", template).await;
            assert_eq!(same["report"]["unchanged"], json!(4));
            assert_eq!(admin.get("/programmes").await.ok().column("id").len(), 1);
            let mut other = template.clone();
            other["objectives"] = json!(["Lain"]);
            let taken = imported(&app, &admin, "", &other).await;
            assert_eq!(
                (&taken["status"], &taken["report"]["errors"][0]["pointer"]),
                (&json!("failed"), &json!("#/title"))
            );
            let row = admin.get(&format!("/programmes/{id}")).await.ok();
            admin.delete(&format!("/programmes/{id}"), row.tag()).await.no_content();
        }
    })
    .await;
}

#[actix_web::test]
async fn every_mistake_of_a_template_is_told() {
    each_database(async |app| {
        let library = app.library().await;
        let programme = rich(&library).await;
        let mut template = library.admin.get(&format!("{programme}/template")).await.ok().json;
        template["title"] = json!("Lain");
        template["format"] = json!("lain");
        template["targets"][0]["competency"]["identifier"] = json!("019a0000-0000-7000-8000-00000000dead");
        template["targets"][0]["competency"]["code"] = json!("TIDAK.ADA");
        template["target_group"]["position_codes"] = json!(["99999"]);
        template["parts"]["activities"][0]["sessions"][0]["time_zone"] = json!("WIB");
        template["parts"]["activities"][0]["training_type"] = json!(99);
        template["parts"]["activities"][1]["after"] = json!(["a7"]);
        template["parts"]["kuesioner"] = json!([]);
        let report = imported(&app, &library.admin, "?dry_run=true", &template).await["report"].clone();
        let told: Vec<_> =
            report["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        for place in [
            "#/format",
            "#/targets/0/competency",
            "#/target_group/position_codes/0",
            "#/parts/activities/0/sessions/0/time_zone",
            "#/parts/activities/0/training_type",
            "#/parts/activities/1/after/0",
            "#/parts/kuesioner",
        ] {
            assert!(told.contains(&place), "{place} is not among {told:?}");
        }
        let done = imported(&app, &library.admin, "", &template).await;
        assert_eq!((&done["status"], &done["report"]["applied"]), (&json!("failed"), &json!(false)));
        assert_eq!(library.admin.get("/programmes").await.ok().column("id").len(), 1);
    })
    .await;
}
