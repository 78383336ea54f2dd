use futures_util::future::join;

use super::samples::{CSV, PDF, pdf};
use crate::support::files::content_of;
use crate::support::{Client, each_database, json};

fn notes(file: &str) -> serde_json::Value {
    json!({"kind": "reading", "title": "Literasi", "starts_on": "2026-01-05", "ends_on": "2026-01-05",
        "evidence": [{"title": "Catatan", "file_id": file}]})
}

#[actix_web::test]
async fn evidence_is_read_by_whoever_may_read_the_entry() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee, other) = (&library.mentor, &library.mentee, &library.other);
        let file = mentee.file("Catatan.pdf", PDF, &pdf("")).await;
        let path = format!("/files/{}", file.id());
        for stranger in [mentor, other] {
            stranger.get(&path).await.is(404);
            stranger.get(&content_of(&file)).await.is(404);
        }
        library.admin.get(&content_of(&file)).await.ok();
        let entry = mentee.post("/learning-entries", notes(&file.id())).await.created();
        assert_eq!(entry.json["evidence"], json!([{"title": "Catatan", "url": null, "file_id": file.id()}]));
        mentor.get(&path).await.ok();
        assert_eq!(mentor.get(&content_of(&file)).await.ok().body, pdf(""));
        // Reading is not owning.
        assert!(mentor.get("/files").await.ok().column("id").is_empty());
        mentor.delete(&path, "*").await.is(404);
        mentor.fill(&file, &pdf("")).await.is(404);
        other.get(&content_of(&file)).await.is(404);
        // While the entry refers to it, it stays; then not.
        mentee.delete(&path, file.tag()).await.is(409).refused("in_use");
        let place = format!("/learning-entries/{}", entry.id());
        let entry = mentee.patch(&place, entry.tag(), json!({"evidence": []})).await.ok();
        mentor.get(&path).await.is(404);
        let again = json!({"evidence": [{"title": "Catatan", "file_id": file.id()}]});
        let entry = mentee.patch(&place, entry.tag(), again).await.ok();
        mentor.get(&path).await.ok();
        mentee.delete(&place, entry.tag()).await.no_content();
        mentee.delete(&path, file.tag()).await.no_content();
    })
    .await;
}

#[actix_web::test]
async fn evidence_of_an_assessment_is_read_by_its_readers() {
    each_database(async |app| {
        let library = app.library().await;
        let competency = library.asked_of(&library.mentee).await[0].0.clone();
        let file = library.mentor.file("Pengamatan.csv", CSV, b"langkah,nilai\n1,3\n").await;
        let new = json!({"librarian_id": library.mentee.librarian(), "competency_id": competency, "method": "mentor",
            "level": 3, "assessed_on": "2026-01-05", "evidence": [{"title": "Pengamatan", "file_id": file.id()}]});
        library.mentee.get(&content_of(&file)).await.is(404);
        let assessment = library.mentor.post("/assessments", new).await.created();
        library.mentee.get(&content_of(&file)).await.ok();
        library.other.get(&content_of(&file)).await.is(404);
        let path = format!("/assessments/{}", assessment.id());
        // What stands there stays, whoever writes; what is new is the writer's own.
        let kept = json!({"evidence": [{"title": "Pengamatan kedua", "file_id": file.id()}]});
        library.admin.patch(&path, "*", kept).await.ok();
        library.mentor.delete(&format!("/files/{}", file.id()), file.tag()).await.is(409).refused("in_use");
        // An archived assessment is for admins; so is what it refers to, besides its owner.
        library.admin.delete(&path, "*").await.no_content();
        library.mentee.get(&content_of(&file)).await.is(404);
        library.mentor.get(&content_of(&file)).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn a_material_is_a_file_or_an_address() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let file = admin.file("Salindia.pdf", PDF, &pdf("")).await;
        let draft = admin.post("/activities", json!({"kind": "workshop", "title": "Lokakarya"})).await.created().id();
        let list = format!("/activities/{draft}/materials");
        let both = json!({"title": "Salindia", "url": "https://example.org/s", "file_id": file.id(), "position": 1});
        admin.post(&list, both).await.is(422).blames("#", "url_or_file");
        admin.post(&list, json!({"title": "Salindia", "position": 1})).await.is(422).blames("#", "url_or_file");
        let nowhere = json!({"title": "Salindia", "file_id": draft, "position": 1});
        admin.post(&list, nowhere).await.is(422).blames("#/file_id", "no_such_object");
        let new = json!({"title": "Salindia", "file_id": file.id(), "position": 1});
        let material = admin.post(&list, new).await.created();
        assert_eq!((&material.json["url"], &material.json["file_id"]), (&json!(null), &json!(file.id())));
        // What a draft shows nobody sees yet; what is announced everybody.
        library.other.get(&content_of(&file)).await.is(404);
        let session = json!({"starts_at": "2026-03-10T02:00:00Z", "ends_at": "2026-03-10T05:00:00Z"});
        admin.post(&format!("/activities/{draft}/sessions"), session).await.created();
        admin.step(&format!("/activities/{draft}/publication")).await.ok();
        library.other.get(&content_of(&file)).await.ok();
        app.anonymous().get(&content_of(&file)).await.is(401);
        let path = format!("/files/{}", file.id());
        admin.delete(&path, file.tag()).await.is(409).refused("in_use");
        let place = format!("/materials/{}", material.id());
        let moved = admin.patch(&place, material.tag(), json!({"url": "https://example.org/s"})).await.ok();
        assert_eq!((&moved.json["url"], &moved.json["file_id"]), (&json!("https://example.org/s"), &json!(null)));
        library.other.get(&content_of(&file)).await.is(404);
        admin.patch(&place, moved.tag(), json!({"file_id": file.id()})).await.ok();
        admin.delete(&place, "*").await.no_content();
        admin.delete(&path, file.tag()).await.no_content();
    })
    .await;
}

#[actix_web::test]
async fn nobody_puts_the_file_of_another_in_evidence() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentee, other) = (&library.mentee, &library.other);
        let theirs = other.file("Catatan.pdf", PDF, &pdf("")).await;
        let refused = async |who: &Client, file: &str| {
            who.post("/learning-entries", notes(file)).await.is(422).blames("#/evidence/0/file_id", "no_such_object");
        };
        refused(mentee, &theirs.id()).await;
        refused(mentee, &library.units[0]).await;
        let waiting = mentee.announce("Catatan.pdf", PDF, 100).await.created();
        refused(mentee, &waiting.id()).await;
        let mut both = notes(&theirs.id());
        both["evidence"][0]["url"] = json!("https://example.org/a");
        mentee.post("/learning-entries", both).await.is(422).blames("#/evidence/0", "url_or_file");
        // An admin, who reads every file, may.
        let mut by_admin = notes(&theirs.id());
        by_admin["librarian_id"] = json!(mentee.librarian());
        library.admin.post("/learning-entries", by_admin).await.created();
        mentee.get(&content_of(&theirs)).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn a_file_is_not_deleted_while_somebody_begins_to_refer_to_it() {
    each_database(async |app| {
        let library = app.library().await;
        let mentee = &library.mentee;
        for _ in 0..10 {
            let file = mentee.file("Catatan.pdf", PDF, &pdf("")).await;
            let path = format!("/files/{}", file.id());
            let both = join(mentee.post("/learning-entries", notes(&file.id())), mentee.delete(&path, file.tag()));
            let (entry, deletion) = both.await;
            match (entry.status.as_u16(), deletion.status.as_u16()) {
                (201, 409) => drop(mentee.get(&content_of(&file)).await.ok()),
                (422, 204) => drop(mentee.get(&path).await.is(404)),
                other => panic!("{other:?}: {} {}", entry.json, deletion.json),
            }
        }
    })
    .await;
}
