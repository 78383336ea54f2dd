//! One list of what waits for somebody.

mod chapters;

use std::collections::HashSet;

use bina_pustaka::app::SLICES;
use bina_pustaka::tasks::source::{TaskKind, TaskSource};
use sea_orm::Iterable;
use serde_json::Value;

use crate::support::{Client, each_database, json};

const TWO_DAYS_AHEAD: &[(&str, &str)] = &[("2026-03-04T01:00:00Z", "2026-03-04T05:00:00Z")];

/// Kind and action of what waits for this caller, and where it is.
async fn waiting(client: &Client) -> Vec<(String, Option<String>, String)> {
    let tasks = client.get("/tasks").await.ok().json;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let items = tasks["items"].as_array().unwrap().iter();
    let counted: i64 = tasks["kinds"].as_array().unwrap().iter().map(|kind| kind["count"].as_i64().unwrap()).sum();
    assert_eq!(counted, i64::try_from(tasks["items"].as_array().unwrap().len()).unwrap());
    items
        .map(|item| {
            let href = item["href"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
            (item["kind"].as_str().unwrap().to_owned(), text(&item["action"]), href)
        })
        .collect()
}

fn task(kind: &str, action: Option<&str>, href: &str) -> (String, Option<String>, String) {
    (kind.to_owned(), action.map(str::to_owned), href.to_owned())
}

#[actix_web::test]
async fn an_assessment_waits_for_those_who_may_decide_and_then_for_its_author() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, _) = library.asked_of(&library.mentee).await[0].clone();
        let new = json!({"librarian_id": library.mentee.librarian(), "competency_id": competency, "method": "self",
            "level": 2, "assessed_on": "2026-02-10"});
        let path = format!("/assessments/{}", library.mentee.post("/assessments", new).await.created().id());
        assert_eq!(waiting(&library.admin).await, []);
        library.mentee.step(&format!("{path}/submission")).await.ok();
        let decide = [task("assessment_decision", None, &path)];
        assert_eq!(waiting(&library.admin).await, decide);
        assert_eq!(waiting(&library.mentor).await, decide);
        assert_eq!(waiting(&library.mentee).await, []);
        assert_eq!(waiting(&library.other).await, []);
        let seen = library.mentor.get("/tasks?kind=assessment_decision").await.ok().json["items"][0].clone();
        assert_eq!((&seen["librarian_name"], &seen["since"]), (&json!("Rizky"), &json!("2026-03-02T01:00:00.000Z")));
        assert_eq!((&seen["due_at"], &seen["is_overdue"]), (&Value::Null, &json!(false)));

        library.mentor.post(&format!("{path}/return"), json!({"reason": "Bukti kurang"})).await.ok();
        assert_eq!(waiting(&library.mentor).await, []);
        let mend = waiting(&library.mentee).await;
        assert_eq!(mend, [task("assessment_correction", Some("submission"), &path)]);
        library.mentee.step(&format!("{path}/submission")).await.ok();
        library.admin.step(&format!("{path}/confirmation")).await.ok();
        for client in [&library.admin, &library.mentor, &library.mentee] {
            assert_eq!(waiting(client).await, []);
        }
    })
    .await;
}

#[actix_web::test]
async fn what_a_mentor_wrote_waits_for_somebody_else() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, _) = library.asked_of(&library.mentee).await[0].clone();
        let new = json!({"librarian_id": library.mentee.librarian(), "competency_id": competency, "method": "mentor",
            "level": 2, "assessed_on": "2026-02-10"});
        let path = format!("/assessments/{}", library.mentor.post("/assessments", new).await.created().id());
        library.mentor.step(&format!("{path}/submission")).await.ok();
        assert_eq!(waiting(&library.mentor).await, []);
        assert_eq!(waiting(&library.admin).await, [task("assessment_decision", None, &path)]);
    })
    .await;
}

#[actix_web::test]
async fn plans_and_learning_wait_for_mentor_superior_and_admin_never_for_the_person() {
    each_database(async |app| {
        let library = app.library().await;
        let competency = library.asked_of(&library.mentee).await[0].0.clone();
        let goals = json!([{"competency_id": competency, "target_level": 3}]);
        let plan = library.mentee.post("/development-plans", json!({"year": 2026, "goals": goals})).await.created();
        let plan = format!("/development-plans/{}", plan.id());
        library.mentee.step(&format!("{plan}/submission")).await.ok();
        let decide = [task("development_plan_decision", None, &plan)];
        assert_eq!(waiting(&library.other).await, []);
        let path = format!("/librarians/{}", library.mentee.librarian());
        let person = library.admin.get(&path).await.ok();
        let led = json!({"supervisor_id": library.other.librarian()});
        library.admin.patch(&path, person.tag(), led).await.ok();
        for client in [&library.other, &library.mentor, &library.admin] {
            assert_eq!(waiting(client).await, decide);
        }
        library.other.post(&format!("{plan}/return"), json!({"reason": "Tambahkan tindakan"})).await.ok();
        let mend = task("development_plan_correction", Some("submission"), &plan);
        assert_eq!(waiting(&library.mentee).await, std::slice::from_ref(&mend));

        let types = library.admin.get("/training-types?limit=200").await.ok();
        let types = types.json["items"].as_array().unwrap().clone();
        let self_study = types.iter().find(|row| row["siasn_id"] == 22).unwrap();
        let entry = json!({"kind": "reading", "training_type_id": self_study["id"], "title": "RDA",
            "starts_on": "2026-02-10", "ends_on": "2026-02-10", "minutes": 90});
        let entry = library.mentee.post("/learning-entries", entry).await.created();
        let entry = format!("/learning-entries/{}", entry.id());
        library.mentee.step(&format!("{entry}/submission")).await.ok();
        // A superior reads and decides on plans, not on learning.
        assert_eq!(waiting(&library.other).await, []);
        let verify = [task("learning_entry_verification", None, &entry)];
        assert_eq!(waiting(&library.mentor).await, verify);
        library.mentor.step(&format!("{entry}/verification")).await.ok();
        assert_eq!(waiting(&library.mentor).await, []);
        assert_eq!(waiting(&library.mentee).await, [mend]);
    })
    .await;
}

#[actix_web::test]
async fn registrations_wait_for_the_superior_and_then_for_admins_and_offers_for_the_person() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}", library.mentee.librarian());
        let person = library.admin.get(&path).await.ok();
        let led = json!({"supervisor_id": library.other.librarian()});
        library.admin.patch(&path, person.tag(), led).await.ok();
        let activity = library.activity(json!({"approval_stages": "two"}), TWO_DAYS_AHEAD).await;
        let seat = library.mentee.post(&format!("/activities/{activity}/registrations"), json!({})).await.created();
        let seat = format!("/registrations/{}", seat.id());
        let decide = [task("registration_decision", None, &seat)];
        assert_eq!(waiting(&library.admin).await, []);
        assert_eq!(waiting(&library.mentee).await, []);
        assert_eq!(waiting(&library.other).await, decide);
        library.other.step(&format!("{seat}/approval")).await.ok();
        assert_eq!(waiting(&library.other).await, []);
        assert_eq!(waiting(&library.admin).await, decide);
        library.admin.step(&format!("{seat}/approval")).await.ok();
        assert_eq!(waiting(&library.admin).await, []);

        let more = json!({"capacity": 1, "waitlist_policy": "offer", "title": "Seminar"});
        let next = [("2026-03-06T01:00:00Z", "2026-03-06T05:00:00Z")];
        let activity = library.activity(more, &next).await;
        let registrations = format!("/activities/{activity}/registrations");
        let first = library.other.post(&registrations, json!({})).await.created().id();
        let second = library.mentee.post(&registrations, json!({})).await.created().id();
        library.other.step(&format!("/registrations/{first}/cancellation")).await.ok();
        let offer = format!("/registrations/{second}");
        assert_eq!(waiting(&library.mentee).await, [task("seat_offer", Some("acceptance"), &offer)]);
        let seen = library.mentee.get("/tasks").await.ok().json["items"][0].clone();
        assert_eq!(seen["due_at"], library.mentee.get(&offer).await.ok().json["offer_expires_at"]);
        library.mentee.step(&format!("{offer}/acceptance")).await.ok();
        assert_eq!(waiting(&library.mentee).await, []);
    })
    .await;
}

#[actix_web::test]
async fn the_list_is_cut_and_says_how_many_there_are() {
    each_database(async |app| {
        let library = app.library().await;
        for (competency, _) in library.asked_of(&library.mentee).await.into_iter().take(3) {
            let new = json!({"librarian_id": library.mentee.librarian(), "competency_id": competency, "method": "self",
                "level": 2, "assessed_on": "2026-02-10"});
            let path = format!("/assessments/{}", library.mentee.post("/assessments", new).await.created().id());
            app.clock.advance(chrono::TimeDelta::minutes(1));
            library.mentee.step(&format!("{path}/submission")).await.ok();
        }
        let tasks = library.mentor.get("/tasks?limit=2&kind=assessment_decision,seat_offer").await.ok();
        assert_eq!(tasks.json["items"].as_array().unwrap().len(), 2);
        let kinds = tasks.json["kinds"].as_array().unwrap();
        let counts: Vec<_> =
            kinds.iter().map(|kind| (kind["kind"].as_str().unwrap(), kind["count"].as_i64())).collect();
        assert_eq!(counts, [("assessment_decision", Some(3)), ("seat_offer", Some(0))]);
        let since = tasks.json["items"].as_array().unwrap().iter().map(|item| item["since"].clone());
        assert_eq!(since.collect::<Vec<_>>(), ["2026-03-02T01:01:00.000Z", "2026-03-02T01:02:00.000Z"]);
        assert_eq!(library.mentor.get("/tasks?kind=nothing").await.ok().json["items"], json!([]));
    })
    .await;
}

#[test]
fn every_kind_comes_from_one_chapter_and_is_told_in_both_languages() {
    let given = SLICES.iter().flat_map(|slice| slice.contributions);
    let sources: Vec<&TaskSource> = given.filter_map(|given| given.downcast_ref()).collect();
    for kind in TaskKind::iter() {
        let of_it: Vec<_> = sources.iter().filter(|source| source.kind == kind).collect();
        assert_eq!(of_it.len(), 1, "{kind:?}");
        let [id, en] = of_it[0].title;
        assert!(!id.is_empty() && !en.is_empty() && id != en, "{kind:?}");
    }
    let titles: HashSet<_> = sources.iter().map(|source| source.title).collect();
    assert_eq!(titles.len(), sources.len());
}

/// Where a task is, the object is read.
#[test]
fn every_kind_leads_to_a_collection_of_the_document() {
    let paths = bina_pustaka::app::document()["paths"].as_object().unwrap();
    for source in
        SLICES.iter().flat_map(|slice| slice.contributions).filter_map(|given| given.downcast_ref::<TaskSource>())
    {
        let object = format!("/api/v1/{}/{{", source.collection);
        let action = |path: &str| source.action.is_none_or(|action| path.ends_with(&format!("}}/{action}")));
        assert!(paths.keys().any(|path| path.starts_with(&object) && path.ends_with('}')), "{:?}", source.kind);
        assert!(paths.keys().any(|path| path.starts_with(&object) && action(path)), "{:?}", source.kind);
    }
}
