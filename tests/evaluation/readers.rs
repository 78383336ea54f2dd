//! What readers said, as indicators.

use chrono::TimeDelta;
use serde_json::Value;

use super::support::{admin, asked, computed, shipped};
use crate::support::{Client, each_database, json};

async fn now(admin: &Client, code: &str) -> Value {
    let indicator = shipped(admin, code).await;
    admin.get(&format!("/indicators/{}/calculation", indicator["id"].as_str().unwrap())).await.ok().json
}

/// Somebody who says the same to each of the nine elements.
fn reader(score: i32) -> Vec<(&'static str, i32)> {
    ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"].map(|element| (element, score)).to_vec()
}

#[actix_web::test]
async fn the_satisfaction_of_a_year_comes_from_its_closed_surveys_on_the_service() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let indicator = shipped(&admin, "IKM").await;
        let path = format!("/indicators/{}/calculation", indicator["id"].as_str().unwrap());
        admin.get(&path).await.is(404).blames("period", "nothing_recorded");
        computed(&admin, &indicator, "2026").await.is(422).blames("#/period", "nothing_recorded");

        asked(&app, &admin, "SKM", json!(null), &vec![reader(3); 5]).await;
        assert_eq!(now(&admin, "IKM").await["value"], json!(75.0));
        asked(&app, &admin, "SKM", json!({"kind": "service"}), &vec![reader(4); 10]).await;
        // Fewer than five are not told of, so they do not count; nor does what was asked about something else.
        asked(&app, &admin, "SKM", json!(null), &vec![reader(1); 4]).await;
        let change = json!({"title": "Layanan swalayan RFID", "go_live_on": "2026-03-10"});
        let change = admin.post("/change-initiatives", change).await.created().id();
        asked(&app, &admin, "SKM", json!({"kind": "change_initiative", "id": change}), &vec![reader(1); 6]).await;
        let found = now(&admin, "IKM").await;
        assert_eq!((&found["value"], &found["band"]["code"]), (&json!(91.67), &json!("A")), "(5 x 75 + 10 x 100) / 15");
        assert_eq!(
            found["inputs"],
            json!([{"name": "surveys", "period": null, "value": 2.0}, {"name": "answers", "period": null, "value": 15.0}])
        );
        computed(&admin, &indicator, "2025").await.is(422).blames("#/period", "nothing_recorded");
        let kept = computed(&admin, &indicator, "2026").await.created();
        assert_eq!((&kept.json["value"], &kept.json["origin"]), (&json!(91.67), &json!("computed")));
        let by_hand = json!({"indicator_id": indicator["id"], "period": "2025", "value": 81.4,
            "evidence": [{"title": "Laporan SKM 2025"}]});
        admin.post("/measurements", by_hand).await.created();
    })
    .await;
}

#[actix_web::test]
async fn the_response_time_is_the_mean_of_what_is_answered() {
    each_database(async |app| {
        let library = app.library().await;
        let mut admin = library.admin;
        let mut said = Vec::new();
        for message in ["Pendingin mati", "Lampu padam", "Kursi rusak"] {
            let new = json!({"kind": "complaint", "message": message});
            said.push(admin.post("/reader-feedback", new).await.created().id());
        }
        let indicator = shipped(&admin, "WAKTU-TANGGAPAN").await;
        let path = format!("/indicators/{}/calculation", indicator["id"].as_str().unwrap());
        admin.get(&path).await.is(404).blames("period", "nothing_recorded");
        for (id, hours) in said.iter().zip([10, 11]) {
            app.after(TimeDelta::hours(hours));
            admin = app.again(&admin).await;
            let to = json!({"assignee_id": library.mentee.librarian()});
            admin.post(&format!("/reader-feedback/{id}/assignment"), to).await.ok();
            admin.post(&format!("/reader-feedback/{id}/answer"), json!({"answer": "Sudah diperbaiki"})).await.ok();
        }
        let found = now(&admin, "WAKTU-TANGGAPAN").await;
        assert_eq!(found["value"], json!(15.5), "10 and 21 hours");
        let inputs: Vec<_> = found["inputs"].as_array().unwrap().iter().map(|input| input["value"].clone()).collect();
        assert_eq!(inputs, [json!(3.0), json!(2.0)]);
    })
    .await;
}
