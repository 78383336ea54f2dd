//! The demonstration year, as its admin reads it: from the training to what it moved, from the barrier to the change.

use bina_pustaka::app::Options;
use bina_pustaka::demo;

use super::support::shipped;
use crate::support::database::TestDatabase;
use crate::support::{Client, TestApp, json};

async fn titled(admin: &Client, list: &str, title: &str) -> String {
    let found = admin.get(list).await.ok();
    let items = found.json["items"].as_array().unwrap();
    let one = items.iter().find(|row| row["title"] == title).unwrap_or_else(|| panic!("no {title} in {list}"));
    one["id"].as_str().unwrap().to_owned()
}

/// On one database: what each chapter does on both is told elsewhere.
#[actix_web::test]
async fn the_demonstration_closes_the_chain_from_the_training_to_the_indicator() {
    let database = TestDatabase::sqlite().await;
    let app = TestApp::start(&database, Options { rate_limits: false, ..Options::default() }).await;
    demo::fill(app.db()).await.unwrap();
    let account = json!({"email": demo::ACCOUNTS[0], "password": demo::PASSWORD});
    let pair = app.anonymous().post("/auth/login", account).await.ok();
    let admin = Client::new(app.clone(), Some(pair.json["access_token"].as_str().unwrap().to_owned()));

    let training = titled(&admin, "/activities?q=Bimtek&limit=200", "Bimtek SLiMS 9 dan Analitik Kunjungan").await;
    let report = admin.get(&format!("/activities/{training}/evaluation")).await.ok().json;
    let reaction = &report["reaction"]["surveys"][0];
    assert!(reaction["mean"].as_f64().unwrap() > 3.0 && reaction["nps"].is_number(), "{reaction}");
    let learned = &report["learning"]["figures"];
    assert_eq!((&learned["mean_pre_test"], &learned["mean_post_test"]), (&json!(52.0), &json!(78.0)));
    assert_eq!(learned["n_gain"], json!(0.5417));
    let behaviour = &report["behaviour"];
    assert_eq!((&behaviour["due_on"], &behaviour["late_after"]), (&json!("2026-09-16"), &json!("2026-12-15")));
    assert!(behaviour["answered_count"].as_u64().unwrap() > 20, "{behaviour}");
    assert!(behaviour["figures"]["transfer_index"].as_f64().unwrap() > 0.0);
    assert_eq!(behaviour["figures"]["perspectives"].as_array().unwrap().len(), 3);
    let moved = report["results"]["indicators"].as_array().unwrap();
    assert_eq!(moved.iter().map(|row| &row["code"]).collect::<Vec<_>>(), [&json!("CAKUPAN-KOMPETENSI"), &json!("JPM")]);
    for row in moved {
        assert_eq!((&row["period_before"], &row["period_after"]), (&json!("2025-S2"), &json!("2026-S2")), "{row}");
        assert!(row["value_before"].is_number() && row["value_after"].is_number(), "{row}");
    }

    let change = titled(&admin, "/change-initiatives", "Migrasi ke layanan swalayan RFID").await;
    let evaluated = admin.get(&format!("/change-initiatives/{change}/evaluation")).await.ok().json;
    let compared = &evaluated["comparison"];
    assert_eq!((&compared["barrier_before"], &compared["barrier_after"]), (&json!("desire"), &json!("reinforcement")));
    assert_eq!(compared["readiness_before"], json!(57.97));

    let satisfaction = shipped(&admin, "IKM").await;
    let id = satisfaction["id"].as_str().unwrap();
    let measured = admin.get(&format!("/measurements?indicator_id={id}&sort=-starts_on")).await.ok();
    let last = &measured.json["items"][0];
    assert_eq!((&last["period"], &last["value"]), (&json!("2026"), &json!(82.22)));
    assert_eq!((&last["origin"], &last["band"]["code"]), (&json!("computed"), &json!("B")));
    let trend = admin.get(&format!("/indicators/{id}/trend?to=2026&periods=5")).await.ok().json;
    let points = trend["points"].as_array().unwrap();
    assert_eq!(points.len(), 5);
    assert!(points.iter().all(|point| point["value"].is_number()), "{trend}");
    database.close().await;
}
