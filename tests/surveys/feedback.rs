use bina_pustaka::app::Options;
use chrono::TimeDelta;
use futures_util::future::join_all;

use crate::support::app::each_database_with;
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_reader_writes_and_finds_the_answer_by_the_code() {
    each_database(async |app| {
        let library = app.library().await;
        let (admin, reader) = (&library.admin, app.anonymous());
        let said = json!({"kind": "complaint", "message": "Pendingin mati\nsejak Senin", "contact": "+6281234567890"});
        let receipt = reader.post("/public/reader-feedback", said).await.ok();
        assert_eq!(receipt.json["due_at"], "2026-03-05T01:00:00.000Z", "72 hours for a complaint");
        assert_eq!(receipt.header("cache-control"), Some("no-store"));
        let code = receipt.json["code"].as_str().unwrap();
        let found = reader.get(&format!("/public/reader-feedback/{}", code.to_lowercase().replace('-', ""))).await.ok();
        assert_eq!((&found.json["status"], &found.json["answer"]), (&json!("received"), &json!(null)));
        reader.get("/public/reader-feedback/7Q2M-0VXG-4KZC-91TD-RY5B-3HNE-8WA").await.is(404);

        let list = admin.get("/reader-feedback?status=received").await.ok();
        assert_eq!(list.json["items"][0]["contact"], "+6281234567890");
        let path = format!("/reader-feedback/{}", list.column("id")[0].as_str().unwrap());
        library.mentee.get(&path).await.is(404);
        admin.post(&format!("{path}/answer"), json!({"answer": "x"})).await.is(409).refused("invalid_transition");
        let to = json!({"assignee_id": library.mentee.librarian()});
        let assigned = admin.post(&format!("{path}/assignment"), to).await.ok();
        assert_eq!(assigned.json["actions"], json!(["assignment", "answer", "rejection"]));
        assert_eq!(library.mentee.get(&path).await.ok().json["actions"], json!(["answer"]));
        library.mentor.post(&format!("{path}/answer"), json!({"answer": "x"})).await.is(404);
        let waiting = library.mentee.get("/tasks?kind=reader_feedback_answer").await.ok().json["items"][0].clone();
        assert_eq!(
            (&waiting["label"], &waiting["href"]),
            (&json!("Pendingin mati\nsejak Senin"), &json!(format!("/api/v1{path}")))
        );

        app.after(TimeDelta::minutes(4 * 24 * 60 + 30));
        let (admin, mentee) = (app.again(admin).await, app.again(&library.mentee).await);
        assert_eq!(admin.get("/reader-feedback?is_late=true").await.ok().column("id").len(), 1);
        let answer = json!({"answer": "Sudah diperbaiki"});
        let answered = mentee.post(&format!("{path}/answer"), answer).await.ok();
        assert_eq!((&answered.json["response_hours"], &answered.json["is_late"]), (&json!(96.5), &json!(true)));
        assert_eq!(admin.get("/reader-feedback?is_late=false").await.ok().column("id").len(), 0);
        let found = reader.get(&format!("/public/reader-feedback/{code}")).await.ok();
        assert_eq!((&found.json["status"], &found.json["answer"]), (&json!("answered"), &json!("Sudah diperbaiki")));
        let closed = mentee.step(&format!("{path}/closure")).await.ok();
        assert_eq!((&closed.json["status"], &closed.json["contact"]), (&json!("closed"), &json!(null)));
        let names = app.events_of(&["reader_feedback"]).await;
        let steps = ["received", "assigned", "answered", "closed"].map(|step| format!("reader_feedback.{step}"));
        assert_eq!(names, steps);
    })
    .await;
}

#[actix_web::test]
async fn what_the_staff_writes_down_is_theirs_to_read_and_an_admin_may_reject() {
    each_database(async |app| {
        let library = app.library().await;
        let said = json!({"kind": "suggestion", "message": "Buka sampai malam"});
        let written = library.mentee.post("/reader-feedback", said).await.created();
        let path = format!("/reader-feedback/{}", written.id());
        assert_eq!(written.json["recorded_by"], json!(library.mentee.librarian()));
        library.mentee.get(&path).await.ok();
        library.other.get(&path).await.is(404);
        let to = |person: &crate::support::Client| json!({"assignee_id": person.librarian()});
        library.admin.post(&format!("{path}/assignment"), to(&library.other)).await.ok();
        library
            .mentee
            .post(&format!("{path}/answer"), json!({"answer": "x"}))
            .await
            .is(403)
            .refused("not_yours_to_answer");
        let gone = json!({"assignee_id": library.units[0]});
        library.admin.post(&format!("{path}/assignment"), gone).await.is(422).blames("#/assignee_id", "no_such_object");
        let reason = json!({"reason": "Ditujukan kepada dinas lain"});
        let rejection = format!("{path}/rejection");
        let steps = join_all((0..2).map(|_| library.admin.post(&rejection, reason.clone())));
        let mut told: Vec<_> = steps.await.iter().map(|answer| answer.status.as_u16()).collect();
        told.sort_unstable();
        assert_eq!(told, [200, 409]);
        library
            .other
            .post(&format!("{path}/answer"), json!({"answer": "x"}))
            .await
            .is(409)
            .refused("invalid_transition");
    })
    .await;
}

#[actix_web::test]
async fn how_soon_an_answer_comes_is_set_and_the_intake_is_limited() {
    each_database_with(Options::default(), async |app| {
        let library = app.library().await;
        let settings = library.mentee.get("/survey-settings").await.ok();
        let tag = settings.tag().to_owned();
        library.admin.patch("/survey-settings", &tag, json!({"praise_hours": 24})).await.ok();
        library.admin.patch("/survey-settings", &tag, json!({"praise_hours": 25})).await.is(412);
        let said = json!({"kind": "praise", "message": "Terima kasih"});
        let receipt = library.mentee.post("/public/reader-feedback", said.clone()).await.ok();
        assert_eq!(receipt.json["due_at"], "2026-03-03T01:00:00.000Z");
        for _ in 1..30 {
            library.mentee.post("/public/reader-feedback", said.clone()).await.ok();
        }
        library.mentee.post("/public/reader-feedback", said).await.is(429).refused("too_many_requests");
    })
    .await;
}
