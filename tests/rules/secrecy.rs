//! What is for its author alone is found nowhere else: not by any operation, caller, log or table.

use actix_web::http::Method;
use chrono::TimeDelta;

use super::bad_input::state::Tables;
use super::matrix::{OBJECTS, Stage, path_for, stage};
use super::operations::operations;
use super::pairs::SECRET;
use crate::support::{Client, TestApp, each_database};

/// Every page of a list, as one text.
async fn all_pages(client: &Client, path: &str) -> String {
    let mut text = String::new();
    let mut next = path.to_owned();
    loop {
        let page = client.get(&next).await.ok();
        text += &String::from_utf8_lossy(&page.body);
        match page.json["page"]["next_cursor"].as_str() {
            Some(cursor) if page.json["page"]["has_more"] == true => next = format!("{path}&cursor={cursor}"),
            _ => return text,
        }
    }
}

async fn read_everything(app: &TestApp, stage: &Stage) -> (usize, usize) {
    let (mut answers, mut own) = (0, 0);
    let nobody = app.anonymous();
    for role in ["librarian", "mentor", "admin", "anonymous"] {
        let client = if role == "anonymous" { nobody.clone() } else { app.again(stage.person(role)).await };
        let me = match role {
            "admin" => client.get("/me").await.ok().json["librarian_id"].as_str().unwrap().to_owned(),
            _ => client.librarian_id.map(|id| id.to_string()).unwrap_or_default(),
        };
        for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
            for object in OBJECTS {
                let caller = if role == "anonymous" { "admin" } else { role };
                let path = path_for(stage, caller, operation.path, object, "019a0000-0000-7000-8000-00000000dead");
                let answer = client.get(&path).await;
                answers += 1;
                let text = String::from_utf8_lossy(&answer.body);
                if operation.path.ends_with("/private-note") && text.contains(&format!("{SECRET} {me}")) {
                    own += 1;
                } else {
                    assert!(!text.contains(SECRET), "{path} shows a private note to {role}: {text}");
                }
                if operation.names().is_empty() {
                    break;
                }
            }
        }
    }
    (answers, own)
}

#[actix_web::test]
async fn a_private_note_is_found_nowhere_but_at_its_author() {
    each_database(async |app| {
        let stage = stage(&app).await;
        app.settle().await;
        let (answers, own) = read_everything(&app, &stage).await;
        // Each of the three reads their own, and nobody another's.
        assert_eq!(own, 3);
        assert!(answers > 500, "{answers} answers");
        for list in ["/audit-entries?limit=200", "/events?limit=200"] {
            let text = all_pages(&app.again(&stage.library.admin).await, list).await;
            assert!(text.contains("mentoring_meeting") && !text.contains(SECRET), "{list} holds a private note");
        }
        if app.db().backend() == sea_orm::DbBackend::Sqlite {
            let holding: Vec<_> = Tables::of(&app)
                .await
                .read(&app)
                .await
                .into_iter()
                .filter(|(_, rows)| rows.contains(SECRET))
                .map(|(name, _)| name)
                .collect();
            assert_eq!(holding, ["mentoring_private_notes"]);
        }

        // It stays the author's when the pair has ended, whose meeting is closed to them.
        let mentor = app.again(&stage.library.mentor).await;
        let id = |name| stage.ids[&(name, super::matrix::Object::Own)].clone();
        let termination = format!("/mentorships/{}/termination", id("mentorship_id"));
        mentor.post(&termination, serde_json::json!({"reason": "Pindah tugas"})).await.ok();
        app.after(TimeDelta::minutes(1));
        let meeting = format!("/mentoring-meetings/{}", id("mentoring_meeting_id"));
        mentor.get(&meeting).await.is(404);
        let note = mentor.get(&format!("{meeting}/private-note")).await.ok();
        mentor.delete(&format!("{meeting}/private-note"), note.tag()).await.no_content();
        mentor.put(&format!("{meeting}/private-note"), "*", serde_json::json!({"text": "Lagi"})).await.is(404);
    })
    .await;
}
