mod anonymity;
mod answering;
mod asked;
mod attacker;
mod campaigns;
mod differencing;
mod feedback;
mod many;
mod questionnaires;
mod results;
mod satisfaction;
mod traces;

use serde_json::Value;

use crate::support::{Client, TestApp, json};

/// The seeded edition of a questionnaire that ships with the service.
pub async fn shipped(admin: &Client, code: &str) -> String {
    let found = admin.get(&format!("/questionnaires?code={code}&status=published")).await.ok();
    found.column("id")[0].as_str().unwrap().to_owned()
}

/// A campaign that takes answers today; `more` is what else it has. Answers its path.
pub async fn opened(admin: &Client, code: &str, more: Value) -> String {
    let mut new = json!({"questionnaire_id": shipped(admin, code).await, "title": {"id": "Survei", "en": "Survey"},
        "audience": "readers", "opens_on": "2026-03-01", "closes_on": "2026-03-31"});
    for (name, value) in more.as_object().unwrap() {
        new[name] = value.clone();
    }
    let path = format!("/campaigns/{}", admin.post("/campaigns", new).await.created().id());
    admin.step(&format!("{path}/opening")).await.ok();
    path
}

/// One-time tokens of a campaign.
pub async fn tokens(admin: &Client, campaign: &str, count: usize) -> Vec<String> {
    let answer = admin.post(&format!("{campaign}/tokens"), json!({"count": count})).await.ok();
    answer.json["tokens"].as_array().unwrap().iter().map(|token| token.as_str().unwrap().to_owned()).collect()
}

/// The open link of a campaign.
pub async fn link(admin: &Client, campaign: &str) -> String {
    admin.step(&format!("{campaign}/link")).await.ok().json["token"].as_str().unwrap().to_owned()
}

/// What is answered, from question and value.
pub fn answers(list: &[(&str, Value)]) -> Value {
    let list = list.iter().map(|(question, value)| json!({"question": question, "value": value}));
    json!({"answers": list.collect::<Vec<_>>()})
}

/// How many rows a table has that are of this campaign.
pub async fn answered(app: &TestApp, campaign: &str) -> i64 {
    use bina_pustaka::surveys::responses::entity::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let id: uuid::Uuid = campaign.rsplit('/').next().unwrap().parse().unwrap();
    app.db().reader().count(Entity::find().filter(Column::CampaignId.eq(id)), 1_000_000).await.unwrap()
}
