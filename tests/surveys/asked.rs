//! Surveys that were asked and answered, for tests of what comes of them.

use serde_json::Value;

use crate::support::{Client, TestApp, json};

/// A question as a questionnaire has it.
pub fn question(code: &str, kind: &str, options: &[&str], tags: &[&str]) -> Value {
    let named = |code: &&str| json!({"code": code, "text": {"id": code, "en": code}});
    json!({"code": code, "kind": kind, "text": {"id": format!("Apa {code}?"), "en": format!("What {code}?")}, "is_required": false,
        "options": options.iter().map(named).collect::<Vec<_>>(), "least": null, "most": null, "tags": tags})
}

/// The nine elements of the SKM as the trap has them: U9 is asked before U8.
pub fn satisfaction() -> Vec<Value> {
    [1, 2, 3, 4, 5, 6, 7, 9, 8]
        .map(|unit| question(&format!("Q{unit}"), "scale_1_4", &[], &[&format!("skm_u{unit}")]))
        .to_vec()
}

/// Ten answers to U1 to U9: the worked example.
pub const EXAMPLE: [[i32; 9]; 10] = [
    [3, 3, 3, 4, 3, 3, 4, 3, 3],
    [3, 4, 3, 4, 3, 4, 4, 4, 3],
    [4, 3, 3, 4, 3, 3, 3, 3, 2],
    [3, 3, 2, 4, 3, 3, 3, 3, 3],
    [4, 4, 4, 4, 4, 4, 4, 4, 4],
    [3, 3, 3, 4, 3, 4, 4, 3, 3],
    [2, 3, 2, 4, 3, 3, 3, 2, 3],
    [3, 3, 3, 4, 4, 3, 4, 3, 3],
    [4, 3, 3, 4, 3, 4, 4, 4, 3],
    [3, 3, 3, 4, 3, 3, 3, 3, 2],
];

/// The worked example as answers of people.
pub fn example() -> Vec<Vec<(String, Value)>> {
    EXAMPLE.map(|row| (1..=9).zip(row).map(|(unit, value)| (format!("Q{unit}"), json!(value))).collect()).to_vec()
}

/// A campaign that takes answers through an open link.
pub struct Survey {
    pub admin: Client,
    pub anonymous: Client,
    pub id: String,
    pub questionnaire: String,
    pub path: String,
}

impl Survey {
    /// A new questionnaire, asked of readers.
    pub async fn of(app: &TestApp, admin: &Client, code: &str, questions: Vec<Value>) -> Self {
        let title = json!({"id": code, "en": code});
        let new = json!({"code": code, "title": title, "intro": null, "questions": questions, "is_sensitive": false,
            "asks_minors": false});
        let written = admin.post("/questionnaires", new).await.created();
        admin.step(&format!("/questionnaires/{}/publication", written.id())).await.ok();
        Self::again(app, admin, &written.id()).await
    }

    /// An edition, asked of readers once more.
    pub async fn again(app: &TestApp, admin: &Client, questionnaire: &str) -> Self {
        let today = app.db().today();
        let new = json!({"questionnaire_id": questionnaire, "title": {"id": "Survei", "en": "Survey"}, "audience": "readers",
            "is_anonymous": true, "opens_on": today, "closes_on": today + chrono::Days::new(30), "population": 500});
        let id = admin.post("/campaigns", new).await.created().id();
        admin.step(&format!("/campaigns/{id}/opening")).await.ok();
        let link = admin.step(&format!("/campaigns/{id}/link")).await.ok();
        let path = link.json["path"].as_str().unwrap().to_owned();
        Self { admin: admin.clone(), anonymous: app.anonymous(), id, questionnaire: questionnaire.to_owned(), path }
    }

    /// Somebody answers.
    pub async fn answer(&self, answers: &[(String, Value)]) {
        let answers: Vec<_> =
            answers.iter().map(|(question, value)| json!({"question": question, "value": value})).collect();
        let answer = self.anonymous.post(&self.path, json!({"answers": answers})).await;
        assert!(answer.status.is_success(), "{}", answer.json);
    }

    /// Many answer, and it is over.
    pub async fn answered(self, people: &[Vec<(String, Value)>]) -> Self {
        for answers in people {
            self.answer(answers).await;
        }
        self.close().await;
        self
    }

    pub async fn close(&self) {
        self.admin.step(&format!("/campaigns/{}/closing", self.id)).await.ok();
    }

    pub async fn publish(&self) {
        let reason = json!({"reason": "Sampel kecil tetap berguna"});
        self.admin.post(&format!("/campaigns/{}/publication", self.id), reason).await.ok();
    }

    pub fn results(&self) -> String {
        format!("/campaigns/{}/results", self.id)
    }

    pub fn published(&self) -> String {
        format!("/public/campaigns/{}/results", self.id)
    }

    /// What came out for a question, of everybody.
    pub async fn question(&self, code: &str) -> Value {
        question_of(&self.admin.get(&self.results()).await.ok().json["overall"], code)
    }
}

/// What came out for a question in a group.
pub fn question_of(group: &Value, code: &str) -> Value {
    let questions = group["questions"].as_array().unwrap();
    questions.iter().find(|question| question["code"] == code).unwrap().clone()
}
