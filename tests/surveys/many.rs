//! Campaigns with more answers than are counted in one transaction: a job does it, and nobody else waits.

use bina_pustaka::kernel::db::Tx;
use bina_pustaka::kernel::jobs::tend_all;
use bina_pustaka::kernel::policy::Access;
use bina_pustaka::kernel::secret::sha256;
use bina_pustaka::surveys::responses::entity::{ActiveModel, Column, Entity};
use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::asked::{Survey, question, question_of};
use super::{answers, tokens};
use crate::support::{Client, TestApp, each_database, json};

/// More than a transaction counts.
const MANY: usize = 1_200;
/// One in so many wrote a few words.
const WRITES: usize = 10;
/// The bit of an id by which answers that were written anew are told from those that were not.
const ANEW: u128 = 1 << 127;

fn id_of(number: usize) -> u128 {
    let digest = sha256(&number.to_be_bytes());
    u128::from_be_bytes(digest[..16].try_into().unwrap()) & !ANEW
}

/// Answers as they lie when many people have sent theirs; the first so many were written anew by somebody who then stopped.
async fn put(app: &TestApp, campaign_id: Uuid, written_anew: usize, broken: Option<usize>) {
    let rows = (0..MANY).map(|number| {
        let words = if number % WRITES == 0 { "\"Terima kasih\"" } else { "null" };
        let id = if number < written_anew { id_of(number) | ANEW } else { id_of(number) };
        ActiveModel {
            campaign_id: Set(campaign_id),
            id: Set(Uuid::from_u128(id)),
            librarian_id: Set(None),
            answered_on: Set(app.db().today()),
            answers: Set(if broken == Some(number) {
                "[4,".to_owned()
            } else {
                format!("[{},{},{words}]", 1 + number % 5, number % 2)
            }),
        }
    });
    let rows: Vec<_> = rows.collect();
    let put = async move |tx: &Tx<'_>| tx.put_all::<Entity>(rows.clone()).await;
    app.db().run(Access::system(), put).await.unwrap();
}

async fn asked(app: &TestApp, admin: &Client) -> Survey {
    let questions = vec![
        question("Q", "likert_5", &[], &["csat"]),
        question("SEX", "single", &["F", "M"], &["demographic_sex"]),
        question("WORDS", "text", &[], &[]),
    ];
    Survey::of(app, admin, "MANY", questions).await
}

/// That all answers are counted, once each, and nothing of them lies as it came.
async fn all_counted(app: &TestApp, admin: &Client, survey: &Survey) {
    let results = admin.get(&format!("{}?by=sex", survey.results())).await.ok().json;
    assert_eq!(results["overall"]["answered_count"], MANY);
    assert_eq!(question_of(&results["overall"], "Q")["mean"], 3.0);
    let groups: Vec<_> = results["groups"].as_array().unwrap().iter().map(|group| &group["answered_count"]).collect();
    assert_eq!(groups, [MANY / 2, MANY / 2]);
    let comments = format!("/campaigns/{}/comments?limit=200", survey.id);
    assert_eq!(admin.get(&comments).await.ok().column("text"), vec![json!("Terima kasih"); MANY / WRITES]);
    assert_eq!(admin.get(&format!("{}/verification", survey.results())).await.ok().json["is_equal"], true);
    let id: Uuid = survey.id.parse().unwrap();
    let rows = app.db().reader().all(Entity::find().filter(Column::CampaignId.eq(id))).await.unwrap();
    assert_eq!(rows.len(), MANY);
    assert!(rows.iter().all(|row| row.id.as_u128() >= ANEW), "every answer is written anew");
}

#[actix_web::test]
async fn many_answers_are_counted_by_a_job() {
    each_database(async |app| {
        let admin = app.library().await.admin;
        let survey = asked(&app, &admin).await;
        let path = format!("/campaigns/{}", survey.id);
        let token = tokens(&admin, &path, 1).await.remove(0);
        put(&app, survey.id.parse().unwrap(), 0, None).await;

        let closed = admin.step(&format!("{path}/closing")).await.ok().json;
        assert_eq!((&closed["status"], &closed["response_count"]), (&json!("closed"), &json!(MANY)));
        assert_eq!((&closed["results_frozen_at"], &closed["actions"]), (&Value::Null, &json!([])));
        assert_eq!(closed["tokens_left"], 0);
        for sent in [survey.path.trim_start_matches("/api/v1").to_owned(), format!("/public/surveys/{token}")] {
            app.anonymous().post(&sent, answers(&[("Q", json!(4))])).await.is(409).refused("survey_not_open");
        }
        admin.step(&format!("{path}/closing")).await.is(409).refused("invalid_transition");
        admin.get(&survey.results()).await.is(404).refused("results_not_frozen").blames("campaign_id", "not_counted");
        let reason = json!({"reason": "Sampel besar"});
        admin.post(&format!("{path}/publication"), reason).await.is(409).refused("invalid_transition");
        let job = format!("/jobs/{}", closed["job_id"].as_str().unwrap());
        assert_eq!(admin.get(&job).await.ok().json["kind"], "survey_counting");
        // A look at what was given up leaves alone what only waits for its turn.
        tend_all(app.db()).await;
        assert_eq!(admin.get(&path).await.ok().json["job_id"], closed["job_id"]);

        assert_eq!(app.work().await, 1);
        all_counted(&app, &admin, &survey).await;
        let job = admin.get(&job).await.ok().json;
        assert_eq!((&job["status"], &job["progress"]["done"]), (&json!("succeeded"), &json!(2 * MANY)));
        let counted = admin.get(&path).await.ok().json;
        assert!(counted["results_frozen_at"].is_string());
        assert_eq!(counted["actions"], json!(["publication"]));
        survey.publish().await;
        let names = app.events_of(&["campaign"]).await;
        assert_eq!(names[names.len() - 3..], ["campaign.closed", "campaign.results_frozen", "campaign.published"]);
    })
    .await;
}

#[actix_web::test]
async fn whoever_goes_on_after_a_stop_counts_every_answer_once() {
    each_database(async |app| {
        let admin = app.library().await.admin;
        let survey = asked(&app, &admin).await;
        let campaign_id: Uuid = survey.id.parse().unwrap();
        put(&app, campaign_id, 500, None).await;
        survey.close().await;
        // What an earlier worker had kept of comments when it stopped.
        let mut kept = Query::insert();
        kept.into_table(Alias::new("campaign_comments"));
        kept.columns(["id", "campaign_id", "question_code", "text"].map(Alias::new));
        for number in 0..30 {
            let id = Uuid::from_u128(number);
            kept.values_panic([id.into(), campaign_id.into(), "WORDS".into(), "Terima kasih".into()]);
        }
        let put = async move |tx: &Tx<'_>| tx.execute(&kept).await;
        app.db().run(Access::system(), put).await.unwrap();
        let comments = format!("/campaigns/{}/comments", survey.id);
        assert_eq!(admin.get(&comments).await.ok().json["items"], json!([]), "nothing is told before all are counted");
        assert_eq!(app.work().await, 1);
        all_counted(&app, &admin, &survey).await;
    })
    .await;
}

#[actix_web::test]
async fn a_counting_that_was_given_up_is_asked_for_again() {
    each_database(async |app| {
        let admin = app.library().await.admin;
        let survey = asked(&app, &admin).await;
        let campaign_id: Uuid = survey.id.parse().unwrap();
        // Somebody who reached the database itself broke an answer.
        put(&app, campaign_id, 0, Some(700)).await;
        survey.close().await;
        let path = format!("/campaigns/{}", survey.id);
        let first = admin.get(&path).await.ok().json["job_id"].clone();
        for _ in 0..5 {
            assert_eq!(app.work().await, 1);
            app.after(TimeDelta::minutes(5));
        }
        let admin = app.again(&admin).await;
        let job = admin.get(&format!("/jobs/{}", first.as_str().unwrap())).await.ok().json;
        assert_eq!((&job["status"], &job["problem"]["code"]), (&json!("failed"), &json!("job_abandoned")));
        admin.get(&survey.results()).await.is(404).refused("results_not_frozen");

        let mend = async move |tx: &Tx<'_>| {
            let mend = Query::update()
                .table(Entity)
                .value(Column::Answers, "[1,0,\"Terima kasih\"]")
                .and_where(Expr::col(Column::CampaignId).eq(campaign_id))
                .and_where(Expr::col(Column::Answers).eq("[4,"))
                .to_owned();
            tx.execute(&mend).await
        };
        assert_eq!(app.db().run(Access::system(), mend).await.unwrap(), 1);
        futures_util::join!(tend_all(app.db()), tend_all(app.db()), tend_all(app.db()));
        let again = admin.get(&path).await.ok().json["job_id"].clone();
        assert_ne!(again, first);
        assert_eq!(app.work().await, 1);
        all_counted(&app, &admin, &survey).await;
    })
    .await;
}
