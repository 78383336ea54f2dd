use futures_util::future::join_all;

use super::shipped;
use crate::support::{each_database, json};

fn literacy() -> serde_json::Value {
    json!({"code": "LITERASI", "title": {"id": "Kelas literasi", "en": "Literacy class"},
        "questions": [{"code": "Q1", "kind": "likert_5", "text": {"id": "Berguna", "en": "Useful"}, "is_required": true,
            "tags": ["csat"]}]})
}

#[actix_web::test]
async fn a_published_edition_never_changes_and_a_new_one_takes_its_place() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let draft = admin.post("/questionnaires", literacy()).await.created();
        assert_eq!((&draft.json["edition"], &draft.json["actions"]), (&json!(1), &json!(["publication"])));
        let first = format!("/questionnaires/{}", draft.id());
        library.mentee.get(&first).await.is(404);
        let draft = admin.patch(&first, draft.tag(), json!({"intro": {"id": "Anonim"}})).await.ok();
        admin.patch(&first, "\"v1\"", json!({"is_sensitive": true})).await.is(412);
        admin.step(&format!("{first}/editions")).await.is(409).refused("invalid_transition");

        let published = admin.step(&format!("{first}/publication")).await.ok();
        assert_eq!(published.json["actions"], json!(["editions", "retirement"]));
        assert_eq!(published.json["intro"]["id"], draft.json["intro"]["id"]);
        let changes = json!({"questions": literacy()["questions"]});
        admin.patch(&first, published.tag(), changes).await.is(409).refused("questionnaire_closed");
        admin.delete(&first, published.tag()).await.is(409).refused("questionnaire_closed");
        admin.step(&format!("{first}/publication")).await.is(409).refused("invalid_transition");
        assert_eq!(library.mentee.get(&first).await.ok().json["actions"], json!([]));

        let second = admin.step(&format!("{first}/editions")).await.created();
        assert_eq!((&second.json["edition"], &second.json["questions"]), (&json!(2), &published.json["questions"]));
        let second = format!("/questionnaires/{}", second.id());
        admin.step(&format!("{second}/publication")).await.ok();
        assert_eq!(admin.get(&first).await.ok().json["status"], "retired");
        let names = app.events_of(&["questionnaire"]).await;
        assert_eq!(names[names.len() - 2..], ["questionnaire.published", "questionnaire.retired"]);
        admin
            .post("/questionnaires", literacy())
            .await
            .is(409)
            .refused("questionnaire_code_taken")
            .blames("#/code", "taken");
    })
    .await;
}

#[actix_web::test]
async fn editions_that_begin_or_are_published_at_once_follow_one_another() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let skm = format!("/questionnaires/{}", shipped(admin, "SKM").await);
        let editions = format!("{skm}/editions");
        let begun = join_all((0..8).map(|_| admin.step(&editions))).await;
        let mut editions: Vec<_> = begun.iter().map(|answer| answer.json["edition"].as_i64().unwrap()).collect();
        editions.sort_unstable();
        assert_eq!(editions, (2..10).collect::<Vec<_>>());
        let paths: Vec<_> = begun.iter().map(|answer| format!("/questionnaires/{}/publication", answer.id())).collect();
        for answer in join_all(paths.iter().map(|path| admin.step(path))).await {
            answer.ok();
        }
        let published = admin.get("/questionnaires?code=SKM&status=published").await.ok();
        assert_eq!(published.column("id").len(), 1, "one edition is in use");
    })
    .await;
}

#[actix_web::test]
async fn wrong_questions_are_named_all_at_once() {
    each_database(async |app| {
        let admin = app.admin().await;
        let text = json!({"id": "Apa?", "en": "What?"});
        let question = |code: &str, kind: &str, more: serde_json::Value| {
            let mut question = json!({"code": code, "kind": kind, "text": text, "is_required": false});
            for (name, value) in more.as_object().unwrap() {
                question[name] = value.clone();
            }
            question
        };
        let option = |code: &str| json!({"code": code, "text": text});
        let wrong = json!({"code": "SALAH", "title": text, "questions": [
            question("A", "single", json!({"options": [option("X")]})),
            question("A", "likert_5", json!({"options": [option("6")]})),
            question("B", "text", json!({"tags": ["nps"], "least": 1})),
            question("C", "scale_1_4", json!({"tags": ["skm_u1"]})),
            question("D", "scale_1_4", json!({"tags": ["skm_u1"]})),
        ]});
        let refused = admin.post("/questionnaires", wrong).await.is(422);
        let refused = refused.blames("#/questions/0/options", "wrong_options").blames("#/questions/1/code", "repeated");
        let refused = refused
            .blames("#/questions/1/options", "wrong_options")
            .blames("#/questions/2/tags/0", "not_for_this_kind");
        refused.blames("#/questions/2/least", "not_for_this_kind").blames("#/questions/4/tags/0", "repeated");
    })
    .await;
}
