use bina_pustaka::kernel::policy::Access;
use bina_pustaka::surveys::responses::entity as response;
use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use serde_json::Value;

use super::{answered, answers, link, opened, shipped, tokens};
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_campaign_is_prepared_opened_closed_and_published() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let new = json!({"questionnaire_id": shipped(admin, "SKM").await, "title": {"id": "SKM 2026"},
            "subject": {"kind": "service"}, "audience": "readers", "opens_on": "2026-03-02", "closes_on": "2026-03-10",
            "population": 10});
        let draft = admin.post("/campaigns", new).await.created();
        assert_eq!(draft.json["target_sample"], 10, "by Krejcie and Morgan");
        assert_eq!(draft.json["actions"], json!(["tokens", "link", "opening", "cancellation"]));
        let path = format!("/campaigns/{}", draft.id());
        library.mentee.get(&path).await.is(404);
        let token = link(admin, &path).await;
        let survey = format!("/public/surveys/{token}");
        app.anonymous().get(&survey).await.is(409).refused("survey_not_open");
        admin.step(&format!("{path}/opening")).await.ok();
        admin.step(&format!("{path}/opening")).await.is(409).refused("invalid_transition");
        app.anonymous().post(&survey, answers(&[("U1", json!(4))])).await.no_content();
        assert_eq!(admin.get(&path).await.ok().json["response_count"], 1);
        // Nobody else learns of a few.
        let seen = library.mentee.get(&path).await.ok().json;
        assert_eq!((&seen["response_count"], &seen["tokens_left"]), (&Value::Null, &Value::Null));

        let closed = admin.step(&format!("{path}/closing")).await.ok();
        assert_eq!(
            (&closed.json["status"], &closed.json["response_count"], &closed.json["actions"]),
            (&json!("closed"), &json!(1), &json!(["publication"]))
        );
        app.anonymous().post(&survey, answers(&[("U1", json!(4))])).await.is(409).refused("survey_not_open");
        admin.patch(&path, closed.tag(), json!({"population": 20})).await.is(409).refused("campaign_closed");
        let short = admin.post(&format!("{path}/publication"), json!({})).await.is(409);
        short.refused("sample_too_small").blames("#/reason", "required");
        let reason = json!({"reason": "Perpustakaan tutup karena banjir"});
        let published = admin.post(&format!("{path}/publication"), reason).await.ok();
        assert_eq!(published.json["publication_reason"], "Perpustakaan tutup karena banjir");
        admin.post(&format!("{path}/publication"), json!({})).await.is(409).refused("invalid_transition");
        let names = app.events_of(&["campaign"]).await;
        let expected =
            ["campaign.created", "campaign.link_renewed", "campaign.opened", "campaign.closed", "campaign.published"];
        assert_eq!(names, expected);
    })
    .await;
}

#[actix_web::test]
async fn days_hold_and_the_last_one_closes_by_itself() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let days = json!({"opens_on": "2026-03-03", "closes_on": "2026-03-04"});
        let path = opened(admin, "SKM", days).await;
        let survey = format!("/public/surveys/{}", link(admin, &path).await);
        let send = async || app.anonymous().post(&survey, answers(&[("U1", json!(4))])).await;
        send().await.is(409).refused("survey_not_open");
        app.after(TimeDelta::days(1));
        send().await.no_content();
        app.after(TimeDelta::days(2));
        send().await.is(409).refused("survey_not_open");
        bina_pustaka::kernel::jobs::tend_all(app.db()).await;
        let admin = app.again(admin).await;
        let closed = admin.get(&path).await.ok().json;
        assert_eq!((&closed["status"], &closed["response_count"]), (&json!("closed"), &json!(1)));
    })
    .await;
}

#[actix_web::test]
async fn one_that_cannot_be_closed_keeps_no_other_open() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let bad = opened(admin, "SKM", json!({"closes_on": "2026-03-02"})).await;
        let good = opened(admin, "SKM", json!({"closes_on": "2026-03-03"})).await;
        // Somebody who reached the database itself broke an answer.
        let row = response::ActiveModel {
            campaign_id: Set(bad.rsplit('/').next().unwrap().parse().unwrap()),
            id: Set(uuid::Uuid::from_u128(7)),
            librarian_id: Set(None),
            answered_on: Set(app.db().today()),
            answers: Set("[4,".to_owned()),
        };
        let put = async move |tx: &bina_pustaka::kernel::db::Tx<'_>| tx.put::<response::Entity>(row.clone()).await;
        app.db().run(Access::system(), put).await.unwrap();
        app.after(TimeDelta::days(3));
        bina_pustaka::kernel::jobs::tend_all(app.db()).await;
        let admin = app.again(admin).await;
        assert_eq!(admin.get(&bad).await.ok().json["status"], "open");
        assert_eq!(admin.get(&good).await.ok().json["status"], "closed");
    })
    .await;
}

#[actix_web::test]
async fn what_a_campaign_asks_of_whom_is_checked() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let mut new = json!({"questionnaire_id": library.units[0], "title": {"id": "x"}, "audience": "readers",
            "is_anonymous": false, "opens_on": "2026-03-02", "closes_on": "2026-03-01",
            "subject": {"kind": "activity", "id": library.units[0]}});
        let wrong = admin.post("/campaigns", new.clone()).await.is(422);
        let wrong = wrong.blames("#/questionnaire_id", "no_such_object").blames("#/closes_on", "ends_before_it_begins");
        wrong.blames("#/is_anonymous", "readers_have_no_name").blames("#/subject/id", "no_such_object");
        new["audience"] = json!("participants");
        new["subject"] = json!({"kind": "service"});
        admin.post("/campaigns", new.clone()).await.is(422).blames("#/audience", "participants_of_nothing");
        let skm = shipped(admin, "SKM").await;
        admin.step(&format!("/questionnaires/{skm}/retirement")).await.ok();
        new["questionnaire_id"] = json!(skm);
        admin.post("/campaigns", new).await.is(422).blames("#/questionnaire_id", "not_published");
    })
    .await;
}

#[actix_web::test]
async fn what_is_called_off_keeps_no_answers() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let path = opened(admin, "SKM", json!({})).await;
        let made = tokens(admin, &path, 2).await;
        let survey = format!("/public/surveys/{}", made[0]);
        app.anonymous().post(&survey, answers(&[("U1", json!(4))])).await.no_content();
        let reason = json!({"reason": "Pertanyaan keliru"});
        let cancelled = admin.post(&format!("{path}/cancellation"), reason).await.ok();
        assert_eq!((&cancelled.json["response_count"], &cancelled.json["tokens_left"]), (&json!(0), &json!(0)));
        assert_eq!(answered(&app, &path).await, 0);
        app.anonymous().get(&survey).await.is(409).refused("survey_not_open");
        admin.post(&format!("{path}/tokens"), json!({"count": 1})).await.is(409).refused("campaign_closed");
    })
    .await;
}
