//! The change feed: where a changed object is, and whether it is still there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::support::{Client, TestApp, each_database, json};

/// Name, operation and address of what the feed tells of a kind.
async fn told(app: &TestApp, client: &Client, kind: &str) -> Vec<(String, String, Value)> {
    app.settle().await;
    let page = client.get(&format!("/events?types={kind}&limit=200")).await.ok();
    let items = page.json["items"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    items.map(|item| (text(&item["name"]), text(&item["op"]), item["href"].clone())).collect()
}

fn step(name: &str, op: &str, href: &str) -> (String, String, Value) {
    (name.to_owned(), op.to_owned(), json!(format!("/api/v1{href}")))
}

#[actix_web::test]
async fn what_is_archived_or_removed_is_gone_and_nothing_that_happens_there_brings_it_back() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let unit = admin.post("/units", json!({"code": "ARSIP", "name": "Arsip"})).await.created();
        let path = format!("/units/{}", unit.id());
        let head = json!({"head_id": library.other.librarian()});
        let led = admin.patch(&path, unit.tag(), head).await.ok();
        admin.delete(&path, led.tag()).await.no_content();
        // Who leaves leads no unit, an archived one neither.
        let person = format!("/librarians/{}", library.other.librarian());
        let record = admin.get(&person).await.ok();
        admin.delete(&person, record.tag()).await.no_content();
        admin.step(&format!("{path}/restoration")).await.ok();
        let events = told(&app, admin, "unit").await;
        let events: Vec<_> = events.into_iter().filter(|(.., href)| *href == format!("/api/v1{path}")).collect();
        let expected = [
            step("unit.created", "upsert", &path),
            step("unit.updated", "upsert", &path),
            step("unit.archived", "delete", &path),
            step("unit.updated", "delete", &path),
            step("unit.restored", "upsert", &path),
        ];
        assert_eq!(events, expected);

        let activity = library.activity(json!({}), &[]).await;
        let indicators = admin.get("/indicators?limit=1").await.ok();
        let link = json!({"indicator_id": indicators.column("id")[0]});
        let link = admin.post(&format!("/activities/{activity}/indicators"), link).await.created();
        let path = format!("/activity-indicators/{}", link.id());
        admin.delete(&path, link.tag()).await.no_content();
        let events = told(&app, admin, "activity_indicator").await;
        let expected =
            [step("activity_indicator.linked", "upsert", &path), step("activity_indicator.unlinked", "delete", &path)];
        assert_eq!(events, expected);
    })
    .await;
}

#[actix_web::test]
async fn what_was_withdrawn_and_can_still_be_read_is_no_tombstone() {
    each_database(async |app| {
        let library = app.library().await;
        let mentee = &library.mentee;
        let competency = library.asked_of(mentee).await[0].0.clone();
        let wish = json!({"goals": [{"competency_id": competency, "level": 3}]});
        let path = format!("/mentoring-requests/{}", mentee.post("/mentoring-requests", wish).await.created().id());
        mentee.step(&format!("{path}/withdrawal")).await.ok();
        let events = told(&app, mentee, "mentoring_request").await;
        let expected = ["created", "withdrawn"].map(|done| step(&format!("mentoring_request.{done}"), "upsert", &path));
        assert_eq!(events, expected);
        for (.., href) in events {
            mentee.get(href.as_str().unwrap()).await.ok();
        }
    })
    .await;
}

/// Kind and collection of every kind of object, as the sources say it.
fn kinds(folder: &Path, found: &mut BTreeMap<String, Option<String>>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            kinds(&entry.path(), found);
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let said = |line: &str, start: &str| line.trim().strip_prefix(start).map(str::to_owned);
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(kind) = said(line, "const KIND: &'static str = \"") else { continue };
            let collection = said(lines.next().unwrap(), "const COLLECTION: Option<&'static str> = ").unwrap();
            let collection = collection.split('"').nth(1).map(str::to_owned);
            assert!(found.insert(kind.trim_end_matches("\";").to_owned(), collection).is_none(), "{kind} stands twice");
        }
    }
}

#[test]
fn every_kind_of_object_names_the_collection_that_the_document_has_for_it() {
    let mut known = BTreeMap::new();
    kinds(Path::new("src"), &mut known);
    assert!(known.len() > 60, "{} kinds", known.len());
    let paths = bina_pustaka::app::document()["paths"].as_object().unwrap();
    let is_object = |path: &&str| {
        let id = path.split('/').nth(4).unwrap_or_default();
        path.split('/').count() == 5 && id.starts_with('{') && id.ends_with("_id}")
    };
    let read = paths.iter().filter(|(_, item)| item.get("get").is_some()).map(|(path, _)| path.as_str());
    let mut collections: BTreeSet<&str> = read.filter(is_object).map(|path| path.split('/').nth(3).unwrap()).collect();
    // No objects of the log: they are made of certificates, and of the secret.
    for made in ["credentials", "credential-keys"] {
        assert!(collections.remove(made), "{made}");
    }
    let named: BTreeSet<&str> = known.values().flatten().map(String::as_str).collect();
    assert_eq!(named, collections);
    let without: Vec<_> = known.iter().filter(|(_, collection)| collection.is_none()).map(|(kind, _)| kind).collect();
    assert_eq!(without, ["calendar_link", "library_settings", "session", "survey_settings"]);
}
