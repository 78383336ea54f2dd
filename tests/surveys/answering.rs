use bina_pustaka::app::Options;
use bina_pustaka::kernel::db::Tx;
use bina_pustaka::kernel::policy::Access;
use bina_pustaka::surveys::responses::entity as response;
use futures_util::future::join_all;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{answered, answers, link, opened, tokens};
use crate::support::app::each_database_with;
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_token_answers_once_however_often_and_however_parallel_it_is_sent() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let campaign = opened(admin, "SKM", json!({})).await;
        let made = tokens(admin, &campaign, 3).await;
        let anonymous = app.anonymous();
        let paths: Vec<_> = made.iter().map(|token| format!("/public/surveys/{token}")).collect();
        let all = (0..20).flat_map(|_| &paths[..2]).map(|path| anonymous.post(path, answers(&[("U1", json!(4))])));
        let told = join_all(all).await;
        assert_eq!(told.iter().filter(|answer| answer.status == 204).count(), 2);
        assert_eq!(told.iter().filter(|answer| answer.json["code"] == "already_answered").count(), 38);
        assert_eq!(answered(&app, &campaign).await, 2);
        anonymous.get(&paths[0]).await.is(409).refused("already_answered");
        anonymous.get(&paths[2]).await.ok();
        let seen = admin.get(&campaign).await.ok().json;
        assert_eq!(
            (&seen["tokens_issued"], &seen["tokens_left"], &seen["response_count"]),
            (&json!(3), &json!(1), &json!(2))
        );
        // What only looks like a token is none; small letters and hyphens are no matter.
        let mut forged = made[2].clone();
        forged.replace_range(60..61, if forged.contains('7') { "8" } else { "7" });
        anonymous.get("/public/surveys/UNKNOWN").await.is(404);
        if forged != made[2] {
            anonymous.post(&format!("/public/surveys/{forged}"), answers(&[("U1", json!(4))])).await.is(404);
        }
        anonymous.get(&paths[2].to_lowercase().replace("/public/surveys/", "/public/surveys/-")).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn a_close_and_many_answers_meet_and_none_comes_in_afterwards() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let campaign = opened(admin, "SKM", json!({})).await;
        let survey = format!("/public/surveys/{}", link(admin, &campaign).await);
        let closing = format!("{campaign}/closing");
        let anonymous = app.anonymous();
        let send = || anonymous.post(&survey, answers(&[("U1", json!(4))]));
        let (before, closed, after) = futures_util::join!(
            join_all((0..20).map(|_| send())),
            admin.step(&closing),
            join_all((0..20).map(|_| send()))
        );
        let closed = closed.ok();
        let came = before.iter().chain(&after).filter(|answer| answer.status == 204).count();
        let refused = before.iter().chain(&after).filter(|answer| answer.json["code"] == "survey_not_open").count();
        assert_eq!(came + refused, 40);
        assert_eq!(closed.json["response_count"], came, "the close counted every answer that was let in");
        assert_eq!(answered(&app, &campaign).await, i64::try_from(came).unwrap());
    })
    .await;
}

#[actix_web::test]
async fn a_flooded_link_takes_no_more_and_its_campaign_is_closed_all_the_same() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let campaign = opened(admin, "SKM", json!({})).await;
        let survey = format!("/public/surveys/{}", link(admin, &campaign).await);
        let id: uuid::Uuid = campaign.rsplit('/').next().unwrap().parse().unwrap();
        let on = app.db().today();
        // A 256th of about 256,000 answers, by their ids.
        let flood = async move |tx: &Tx<'_>| {
            let row = |number: u128| response::ActiveModel {
                campaign_id: Set(id),
                id: Set(uuid::Uuid::from_u128(number << 64)),
                librarian_id: Set(None),
                answered_on: Set(on),
                answers: Set("[4]".to_owned()),
            };
            tx.put_all::<response::Entity>((1..1_000).map(row)).await
        };
        app.db().run(Access::system(), flood).await.unwrap();
        let send = async |path: &str| app.anonymous().post(path, answers(&[("U1", json!(4))])).await;
        send(&survey).await.no_content();
        let last = async move |tx: &Tx<'_>| {
            let row = response::ActiveModel {
                campaign_id: Set(id),
                id: Set(uuid::Uuid::from_u128(1)),
                librarian_id: Set(None),
                answered_on: Set(on),
                answers: Set("[4]".to_owned()),
            };
            tx.put::<response::Entity>(row).await
        };
        app.db().run(Access::system(), last).await.unwrap();
        send(&survey).await.is(409).refused("survey_full");
        let token = tokens(admin, &campaign, 1).await.remove(0);
        send(&format!("/public/surveys/{token}")).await.no_content();
        // More than are written anew at once: each is, once, by a job.
        let closed = admin.step(&format!("{campaign}/closing")).await.ok();
        assert_eq!(closed.json["response_count"], 1_002);
        assert_eq!(app.work().await, 1);
        let rows = response::Entity::find().filter(response::Column::CampaignId.eq(id));
        let rows = app.db().reader().all(rows).await.unwrap();
        assert_eq!(rows.len(), 1_002);
        assert!(rows.iter().all(|row| row.id.get_version_num() == 4), "none has the id that it came with");
    })
    .await;
}

#[actix_web::test]
async fn the_questions_come_in_the_callers_language_and_every_fault_is_named() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let campaign = opened(admin, "SKM", json!({})).await;
        let survey = format!("/public/surveys/{}", link(admin, &campaign).await);
        let english = app.anonymous().with("accept-language", "en");
        let asked = english.get(&survey).await.ok();
        assert_eq!(
            (&asked.json["title"], &asked.json["questions"][2]["text"]),
            (&json!("Survey"), &json!("How fast is the service?"))
        );
        assert_eq!(asked.header("cache-control"), Some("no-store"));
        let indonesian = app.anonymous().get(&survey).await.ok();
        assert_eq!(indonesian.json["questions"][2]["options"][3]["text"], "Sangat cepat");
        let wrong = answers(&[
            ("U1", json!(5)),
            ("U2", json!("4")),
            ("SEX", json!("X")),
            ("U11", json!(1)),
            ("U3", json!(2.5)),
        ]);
        let told = app.anonymous().post(&survey, wrong).await.is(422);
        let told = told.blames("#/answers/0/value", "out_of_range").blames("#/answers/1/value", "wrong_type");
        let told = told.blames("#/answers/2/value", "not_a_choice").blames("#/answers/3/question", "no_such_question");
        told.blames("#/answers/4/value", "wrong_type");
        let training = opened(admin, "TRAINING-REACTION", json!({})).await;
        let survey = format!("/public/surveys/{}", link(admin, &training).await);
        let told = app.anonymous().post(&survey, answers(&[("M1", json!(5))])).await.is(422);
        assert_eq!(told.blames("#/answers", "answer_missing").json["errors"].as_array().unwrap().len(), 10);
        assert_eq!(answered(&app, &campaign).await + answered(&app, &training).await, 0);
    })
    .await;
}

#[actix_web::test]
async fn the_open_link_is_limited_by_address_and_a_new_one_takes_its_place() {
    each_database_with(Options::default(), async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let campaign = opened(admin, "SKM", json!({})).await;
        let first = format!("/public/surveys/{}", link(admin, &campaign).await);
        let second = format!("/public/surveys/{}", link(admin, &campaign).await);
        // Signed in, so that the limit of strangers does not come first.
        library.mentee.post(&first, answers(&[("U1", json!(4))])).await.is(404);
        for _ in 0..30 {
            library.mentee.post(&second, answers(&[("U1", json!(4))])).await.no_content();
        }
        let told = library.mentee.post(&second, answers(&[("U1", json!(4))])).await.is(429);
        assert!(told.refused("too_many_requests").header("retry-after").is_some());
        assert_eq!(answered(&app, &campaign).await, 30);
    })
    .await;
}

#[actix_web::test]
async fn the_staff_answers_by_name_once_and_reads_its_own_alone() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let activity = library.activity(json!({}), &[("2026-03-03T01:00:00Z", "2026-03-03T03:00:00Z")]).await;
        let who = json!({"librarian_id": library.mentee.librarian()});
        admin.post(&format!("/activities/{activity}/registrations"), who).await.created();
        let more =
            json!({"audience": "participants", "is_anonymous": false, "subject": {"kind": "activity", "id": activity}});
        let campaign = opened(admin, "ADKAR", more).await;
        let path = format!("{campaign}/responses");
        let given = answers(&[("A", json!(4)), ("D", json!(3)), ("K", json!(2)), ("B", json!(2)), ("R", json!(1))]);
        library.other.post(&path, given.clone()).await.is(403).refused("not_asked");
        library.mentee.post(&path, answers(&[("A", json!(4))])).await.is(422);
        let told = join_all((0..8).map(|_| library.mentee.post(&path, given.clone()))).await;
        assert_eq!(told.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(told.iter().filter(|answer| answer.json["code"] == "already_answered").count(), 7);
        let own = library.mentee.get("/survey-responses").await.ok();
        assert_eq!(own.json["items"][0]["answers"], given["answers"]);
        assert_eq!(own.json["items"][0]["librarian_id"], json!(library.mentee.librarian()));
        assert_eq!(library.mentor.get("/survey-responses").await.ok().column("id").len(), 0, "not a mentor's to read");
        assert_eq!(admin.get("/survey-responses").await.ok().column("id").len(), 1);
        assert_eq!(app.events_of(&["campaign"]).await.last().unwrap(), "campaign.answered");
        admin.post(&format!("{campaign}/tokens"), json!({"count": 1})).await.is(409).refused("answered_by_name");
        let anonymous = opened(admin, "ADKAR", json!({"audience": "staff"})).await;
        library.mentee.post(&format!("{anonymous}/responses"), given).await.is(409).refused("not_by_name");
    })
    .await;
}
