//! Indicators of tests.

use chrono::Days;
use serde_json::Value;

use crate::support::client::Answer;
use crate::support::{Client, TestApp, json};

/// An admin of a library with the shipped indicators.
pub async fn admin(app: &TestApp) -> Client {
    bina_pustaka::demo::seed(app.db()).await.unwrap();
    app.admin().await
}

/// The shipped indicator of this code.
pub async fn shipped(admin: &Client, code: &str) -> Value {
    let found = admin.get(&format!("/indicators?q={code}")).await.ok();
    let items = found.json["items"].as_array().unwrap();
    items.iter().find(|row| row["code"] == code).unwrap_or_else(|| panic!("no indicator {code}")).clone()
}

/// A manual indicator; `more` is what differs.
pub async fn manual(admin: &Client, code: &str, more: Value) -> Answer {
    let text = |text: &str| json!({"id": text, "en": text});
    let mut new = json!({"code": code, "name": text(code), "definition": text(code), "unit": text("%"), "decimals": 2,
        "direction": "higher_is_better", "period_kind": "year", "tolerance": 2, "method": {"label": "1",
        "formula": {"kind": "manual"}, "valid_from": "2020-01-01", "legal_basis": "Renja"}});
    for (name, value) in more.as_object().unwrap() {
        new[name] = value.clone();
    }
    admin.post("/indicators", new).await
}

/// A figure of the whole city.
pub async fn figure(admin: &Client, key: &str, period: &str, value: f64) -> Answer {
    let new = json!({"key": key, "period": period, "value": value, "source": "BPS Kota Singkawang"});
    admin.post("/library-figures", new).await
}

/// A value that somebody found.
pub async fn entered(admin: &Client, indicator: &str, period: &str, value: f64) -> Answer {
    let new = json!({"indicator_id": indicator, "period": period, "value": value, "evidence": [{"title": "Laporan"}]});
    admin.post("/measurements", new).await
}

/// A value that the service reckons.
pub async fn computed(admin: &Client, indicator: &Value, period: &str) -> Answer {
    admin.post("/measurements", json!({"indicator_id": indicator["id"], "period": period})).await
}

/// The target of a period.
pub async fn target(admin: &Client, indicator: &str, period: &str, value: f64) -> Answer {
    admin.post("/targets", json!({"indicator_id": indicator, "period": period, "value": value})).await
}

/// A shipped questionnaire, asked about something through an open link, answered and closed; answers the campaign's id.
pub async fn asked(app: &TestApp, admin: &Client, code: &str, subject: Value, people: &[Vec<(&str, i32)>]) -> String {
    let known = admin.get("/questionnaires?limit=200").await.ok();
    let items = known.json["items"].as_array().unwrap();
    let asked = items.iter().find(|item| item["code"] == code).unwrap();
    let today = app.db().today();
    let new = json!({"questionnaire_id": asked["id"], "title": {"id": code, "en": code}, "subject": subject,
        "audience": "readers", "opens_on": today, "closes_on": today + Days::new(30), "population": 10});
    let id = admin.post("/campaigns", new).await.created().id();
    admin.step(&format!("/campaigns/{id}/opening")).await.ok();
    let link = admin.step(&format!("/campaigns/{id}/link")).await.ok();
    let path = link.json["path"].as_str().unwrap().to_owned();
    for answers in people {
        let answers: Vec<_> =
            answers.iter().map(|(question, value)| json!({"question": question, "value": value})).collect();
        let answer = app.anonymous().post(&path, json!({"answers": answers})).await;
        assert!(answer.status.is_success(), "{}", answer.json);
    }
    admin.step(&format!("/campaigns/{id}/closing")).await.ok();
    id
}
