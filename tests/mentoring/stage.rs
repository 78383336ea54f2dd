//! A library in which people look for mentors.

use serde_json::Value;

use crate::support::client::Answer;
use crate::support::people::Library;
use crate::support::{TestApp, json};

/// A library, and the competency that everybody wants.
pub struct Stage {
    pub app: TestApp,
    pub library: Library,
    pub competency: String,
}

impl Stage {
    pub async fn of(app: &TestApp) -> Self {
        let library = app.library().await;
        let competency = library.asked_of(&library.mentee).await[0].0.clone();
        Self { app: app.clone(), library, competency }
    }

    /// Somebody new; answers their id.
    pub async fn person(&self, name: &str, superior: Option<&str>) -> String {
        let new = json!({"name": name, "employment_kind": "non_asn", "unit_id": self.library.units[0],
            "supervisor_id": superior});
        self.library.admin.post("/librarians", new).await.created().id()
    }

    /// A mentor of so many places who helps up to this level; `more` is what else the profile has. Answers its path.
    pub async fn mentor(&self, person: &str, capacity: i32, level: i32, more: Value) -> String {
        let mut new = json!({"librarian_id": person, "capacity": capacity,
            "competencies": [{"competency_id": self.competency, "level": level}]});
        for (name, value) in more.as_object().unwrap() {
            new[name] = value.clone();
        }
        format!("/mentor-profiles/{}", self.library.admin.post("/mentor-profiles", new).await.created().id())
    }

    /// A request for this level of the competency; answers its path.
    pub async fn request(&self, person: &str, level: i32, more: Value) -> String {
        let mut new = json!({"librarian_id": person, "goals": [{"competency_id": self.competency, "level": level}]});
        for (name, value) in more.as_object().unwrap() {
            new[name] = value.clone();
        }
        format!("/mentoring-requests/{}", self.library.admin.post("/mentoring-requests", new).await.created().id())
    }

    /// A round; answers its path.
    pub async fn round(&self, parameters: Value) -> String {
        let new = json!({"title": "Putaran", "starts_on": "2026-03-02", "parameters": parameters});
        format!("/matching-rounds/{}", self.library.admin.post("/matching-rounds", new).await.created().id())
    }

    /// Executes a round, and answers it.
    pub async fn executed(&self, round: &str) -> Answer {
        let job = self.library.admin.step(&format!("{round}/execution")).await.is(202).id();
        self.app.work().await;
        let job = self.library.admin.get(&format!("/jobs/{job}")).await.ok().json;
        assert_eq!(job["status"], "succeeded", "{job}");
        self.library.admin.get(round).await.ok()
    }

    /// Mentee, mentor and status of the pairs of a round.
    pub async fn pairs(&self, round: &str) -> Vec<(Value, Value, Value)> {
        let page = self.library.admin.get(&format!("{round}/proposals?sort=mentee_id")).await.ok();
        let items = page.json["items"].as_array().unwrap().clone();
        items
            .into_iter()
            .map(|mut item| (item["mentee_id"].take(), item["mentor_id"].take(), item["status"].take()))
            .collect()
    }

    /// The path of the round's only pair for this person.
    pub async fn pair_of(&self, round: &str, person: &str) -> String {
        let page = self.library.admin.get(&format!("{round}/proposals?mentee_id={person}")).await.ok();
        let ids = page.column("id");
        assert_eq!(ids.len(), 1, "{}", page.json);
        format!("/matching-proposals/{}", ids[0].as_str().unwrap())
    }

    /// What stood in the way of this person in a round.
    pub async fn obstacle(&self, round: &str, person: &str) -> Value {
        let page = self.library.admin.get(&format!("{round}/unmatched?limit=200")).await.ok().json;
        let items = page["items"].as_array().unwrap();
        items.iter().find(|item| item["mentee_id"] == person).unwrap_or_else(|| panic!("{page}")).clone()
    }
}
