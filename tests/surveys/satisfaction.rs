use bina_pustaka::kernel::policy::Access;
use bina_pustaka::surveys::responses::entity as response;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use super::asked::{Survey, example, satisfaction};
use crate::support::{TestApp, each_database, json};

/// Somebody who reached the database itself makes the best of an answer.
async fn tamper_with_an_answer(app: &TestApp, campaign: &str) {
    let campaign: uuid::Uuid = campaign.parse().unwrap();
    let best = json!(vec![4; 9]).to_string();
    let another = response::Entity::find()
        .filter(response::Column::CampaignId.eq(campaign))
        .filter(response::Column::Answers.ne(best.clone()));
    let row = app.db().reader().find(another).await.unwrap();
    let update = Query::update()
        .table(response::Entity)
        .value(response::Column::Answers, best)
        .and_where(Expr::col(response::Column::Id).eq(row.id))
        .to_owned();
    app.db().run(Access::system(), async move |tx| tx.execute(&update).await).await.unwrap();
}

#[actix_web::test]
async fn the_satisfaction_of_the_worked_example_is_82_22() {
    each_database(async |app| {
        let admin = app.admin().await;
        bina_pustaka::demo::seed(app.db()).await.unwrap();
        let survey = Survey::of(&app, &admin, "SKM-TEST", satisfaction()).await.answered(&example()).await;
        let results = admin.get(&survey.results()).await.ok().json;
        let skm = &results["overall"]["skm"];
        assert_eq!((&skm["ikm"], &skm["grade"], &skm["value"]), (&json!(82.22), &json!("B"), &json!(3.2889)));
        let elements = skm["elements"].as_array().unwrap();
        let column = |field: &str| elements.iter().map(|element| element[field].clone()).collect::<Vec<_>>();
        assert_eq!(json!(column("element")), json!([1, 2, 3, 4, 5, 6, 7, 8, 9]));
        assert_eq!(json!(column("average")), json!([3.2, 3.2, 2.9, 4.0, 3.2, 3.4, 3.6, 3.2, 2.9]));
        // Keyed by element, not by the place of the question: U9 is asked before U8.
        assert_eq!((&elements[7]["question_code"], &elements[8]["question_code"]), (&json!("Q8"), &json!("Q9")));
        let lowest: Vec<_> =
            elements.iter().filter(|element| element["place"] == 1).map(|one| one["element"].clone()).collect();
        assert_eq!(json!(lowest), json!([3, 9]));
        assert_eq!(results["formula"]["terms"]["weight_mode"], "exact");
        assert_eq!((&results["population"], &results["target_sample"]), (&json!(500), &json!(217)));
        assert_eq!(results["reliability"][0]["answered_count"], 10);
    })
    .await;
}

#[actix_web::test]
async fn low_elements_are_followed_by_training_or_a_better_service() {
    each_database(async |app| {
        let admin = app.admin().await;
        bina_pustaka::demo::seed(app.db()).await.unwrap();
        // U6 is 2 (D), U3 is 3 (C), U7 is 3.3 (B) and third from below; all others are 4.
        let person = |place: usize| {
            let said = |unit: i32| match unit {
                6 => 2,
                3 => 3,
                7 if place % 10 < 7 => 3,
                _ => 4,
            };
            (1..=9).map(|unit| (format!("Q{unit}"), json!(said(unit)))).collect::<Vec<_>>()
        };
        let people: Vec<_> = (0..10).map(person).collect();
        let survey = Survey::of(&app, &admin, "SKM-TEST", satisfaction()).await.answered(&people).await;
        let suggested = admin.get(&survey.results()).await.ok().json["suggestions"].clone();
        let said: Vec<_> = suggested
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["element"].clone(), one["question_code"].clone(), one["follow_up"].clone()))
            .collect();
        assert_eq!(
            said,
            [
                (json!(3), json!("Q3"), json!("service_improvement")),
                (json!(6), json!("Q6"), json!("training_need")),
                (json!(7), json!("Q7"), json!("training_need"))
            ]
        );
        survey.publish().await;
        assert_eq!(app.anonymous().get(&survey.published()).await.ok().json["suggestions"], json!([]));
    })
    .await;
}

#[actix_web::test]
async fn an_element_is_averaged_over_those_who_answered_it() {
    each_database(async |app| {
        let admin = app.admin().await;
        bina_pustaka::demo::seed(app.db()).await.unwrap();
        let mut people = example();
        // The first three leave U3 out: seven answers are left, 3 + 4 + 3 + 2 + 3 + 3 + 2.
        for person in people.iter_mut().take(3) {
            person.retain(|(code, _)| code != "Q3");
        }
        let survey = Survey::of(&app, &admin, "SKM-TEST", satisfaction()).await.answered(&people).await;
        let results = admin.get(&survey.results()).await.ok().json;
        let third = &results["overall"]["skm"]["elements"][2];
        assert_eq!((&third["answered_count"], &third["average"]), (&json!(7), &json!(2.8571)));
        // (29.6 - 2.9 + 20/7) / 9 x 25.
        assert_eq!(results["overall"]["skm"]["ikm"], json!(82.1));
        // Alpha is of the seven who answered all: what the three others said could be worked out.
        assert_eq!(results["reliability"][0]["answered_count"], Value::Null);
    })
    .await;
}

#[actix_web::test]
async fn what_was_frozen_comes_out_again_by_its_own_formula() {
    each_database(async |app| {
        let admin = app.admin().await;
        bina_pustaka::demo::seed(app.db()).await.unwrap();
        let first = Survey::of(&app, &admin, "SKM-TEST", satisfaction()).await.answered(&example()).await;
        let frozen = admin.get(&first.results()).await.ok();

        let terms = json!({"weight_mode": "rounded_0_11", "bands": [{"from": 80.0, "grade": "A"}, {"from": 0.0, "grade": "D"}]});
        let new = json!({"valid_from": "2026-03-10", "terms": terms, "legal_basis": "PermenPANRB 4/2026"});
        let formula = admin.post("/skm-formulas", new).await.created();
        app.after(chrono::TimeDelta::days(10));
        let admin = app.again(&admin).await;
        let second = Survey::again(&app, &admin, &first.questionnaire).await.answered(&example()).await;
        let later = admin.get(&second.results()).await.ok().json;
        assert_eq!((&later["overall"]["skm"]["ikm"], &later["overall"]["skm"]["grade"]), (&json!(81.4), &json!("A")));
        assert_eq!(later["formula"]["skm_formula_id"], formula.id());
        assert_eq!((&later["previous"]["ikm"], &later["previous"]["ikm_change"]), (&json!(82.22), &json!(-0.82)));
        assert_eq!(later["previous"]["campaign_id"], first.id);
        assert_eq!(later["previous"]["means"][0], json!({"code": "Q1", "mean": 3.2, "change": 0.0}));

        let again = admin.get(&first.results()).await.ok();
        assert_eq!(again.body, frozen.body, "what is frozen is the same to the last byte");
        for survey in [&first, &second] {
            let verified = admin.get(&format!("{}/verification", survey.results())).await.ok().json;
            assert_eq!(verified["is_equal"], true);
            assert_eq!(verified["frozen_sha256"], verified["recomputed_sha256"]);
        }
        tamper_with_an_answer(&app, &first.id).await;
        let verified = admin.get(&format!("{}/verification", first.results())).await.ok().json;
        assert_eq!(verified["is_equal"], false, "an answer that was changed is seen");
    })
    .await;
}

#[actix_web::test]
async fn a_formula_begins_later_and_its_bands_go_down() {
    each_database(async |app| {
        let admin = app.admin().await;
        bina_pustaka::demo::seed(app.db()).await.unwrap();
        let new = |from: &str, bands: Value| {
            json!({"valid_from": from, "legal_basis": "PermenPANRB 4/2026", "terms": {"weight_mode": "exact", "bands": bands}})
        };
        let bands = || json!([{"from": 90.0, "grade": "A"}, {"from": 0.0, "grade": "D"}]);
        for wrong in [
            json!([{"from": 90.0, "grade": "A"}]),
            json!([{"from": 0.0, "grade": "D"}, {"from": 90.0, "grade": "A"}]),
            json!([{"from": 90.0, "grade": "B"}, {"from": 80.0, "grade": "B"}, {"from": 0.0, "grade": "D"}]),
        ] {
            admin.post("/skm-formulas", new("2026-04-01", wrong)).await.is(422).blames("#/terms/bands", "not_valid");
        }
        admin.post("/skm-formulas", new("2026-03-02", bands())).await.is(422).blames("#/valid_from", "not_later");
        let (first, other) = futures_util::future::join(
            admin.post("/skm-formulas", new("2026-04-01", bands())),
            admin.post("/skm-formulas", new("2026-04-01", bands())),
        )
        .await;
        let mut told = [first.status.as_u16(), other.status.as_u16()];
        told.sort_unstable();
        assert_eq!(told, [201, 422], "two cannot begin on one day");
        let listed = admin.get("/skm-formulas").await.ok();
        assert_eq!(listed.column("valid_to"), [Value::Null, json!("2026-03-31")]);
        let newest = admin.get(&format!("/skm-formulas/{}", listed.column("id")[0].as_str().unwrap())).await.ok();
        let checked = json!({"verified": true});
        admin.patch(&format!("/skm-formulas/{}", newest.id()), newest.tag(), checked).await.ok();
        let newest = admin.get(&format!("/skm-formulas/{}", newest.id())).await.ok();
        admin.delete(&format!("/skm-formulas/{}", newest.id()), newest.tag()).await.no_content();
        let shipped = admin.get(&format!("/skm-formulas/{}", listed.column("id")[1].as_str().unwrap())).await.ok();
        assert_eq!(shipped.json["valid_to"], Value::Null, "the one before goes on");
        admin.delete(&format!("/skm-formulas/{}", shipped.id()), shipped.tag()).await.is(409).refused("rule_in_force");
    })
    .await;
}
