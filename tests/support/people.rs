//! Who calls.

use bina_pustaka::identity::accounts::{self, Account};
use uuid::Uuid;

use super::json;

use super::app::TestApp;
use super::client::Client;

impl TestApp {
    /// Somebody who runs the programme.
    pub async fn admin(&self) -> Client {
        self.account("admin@test.example", "Admin", false, true, None).await
    }

    /// A caller with these roles, signed in.
    pub async fn account(
        &self,
        email: &str,
        name: &str,
        is_mentor: bool,
        is_admin: bool,
        librarian_id: Option<Uuid>,
    ) -> Client {
        let account = Account {
            email: email.to_owned(),
            name: name.to_owned(),
            is_mentor,
            is_admin,
            librarian_id,
            // Nobody signs in with it: sessions are begun directly, for hashing takes time.
            password_hash: Some(
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    .to_owned(),
            ),
        };
        let user_id = accounts::make(self.db(), account).await.unwrap();
        self.signed_in(user_id, librarian_id).await
    }

    /// The same person, signed in anew after time has passed.
    pub async fn again(&self, client: &Client) -> Client {
        self.signed_in(client.user_id.unwrap(), client.librarian_id).await
    }

    /// A new session of an account.
    pub async fn signed_in(&self, user_id: Uuid, librarian_id: Option<Uuid>) -> Client {
        let token = accounts::sign_in(self.db(), &self.shared.gate, user_id).await.unwrap();
        let mut client = Client::new(self.clone(), Some(token));
        client.user_id = Some(user_id);
        client.librarian_id = librarian_id;
        client
    }
}

/// A small library: the shipped framework and positions, two units, a mentor with a mentee, and somebody else.
pub struct Library {
    pub admin: Client,
    /// A mentor, Ahli Madya.
    pub mentor: Client,
    /// Their mentee, Ahli Pertama.
    pub mentee: Client,
    /// Somebody else, Ahli Pertama.
    pub other: Client,
    /// Two units.
    pub units: [String; 2],
    /// The mentorship.
    pub mentorship: String,
}

impl TestApp {
    /// Fills the database with a small library.
    pub async fn library(&self) -> Library {
        bina_pustaka::demo::seed(self.db()).await.unwrap();
        let admin = self.admin().await;
        let unit = async |code: &str| admin.post("/units", json!({"code": code, "name": code})).await.created().id();
        let units = [unit("SATU").await, unit("DUA").await];
        let positions = admin.get("/positions?sort=code").await.ok();
        let position = |code: &str| {
            let items = positions.json["items"].as_array().unwrap();
            items.iter().find(|item| item["code"] == code).unwrap()["id"].clone()
        };
        let person = async |name: &str, code: &str, is_mentor| {
            let new =
                json!({"name": name, "employment_kind": "non_asn", "unit_id": units[0], "position_id": position(code)});
            let id: Uuid = admin.post("/librarians", new).await.created().id().parse().unwrap();
            self.account(&format!("{name}@test.example"), name, is_mentor, false, Some(id)).await
        };
        let mentor = person("Maria", "15502", true).await;
        let mentee = person("Rizky", "15504", false).await;
        let other = person("Agnes", "15504", false).await;
        let pair =
            json!({"mentor_id": mentor.librarian_id, "mentee_id": mentee.librarian_id, "starts_on": "2026-01-12"});
        let mentorship = admin.post("/mentorships", pair).await.created().id();
        Library { admin, mentor, mentee, other, units, mentorship }
    }
}

impl Library {
    /// What the position of a person asks: competency and level, from their profile.
    pub async fn asked_of(&self, person: &Client) -> Vec<(String, i64)> {
        let profile = self.admin.get(&format!("/librarians/{}/competency-profile", person.librarian())).await.ok();
        let required = profile.json["required"].as_array().unwrap();
        required
            .iter()
            .map(|entry| {
                (entry["competency_id"].as_str().unwrap().to_owned(), entry["required_level"].as_i64().unwrap())
            })
            .collect()
    }

    /// An assessment written, submitted and confirmed by the admin; answers its path.
    pub async fn assessed(
        &self,
        person: &Client,
        competency: &str,
        level: i64,
        on: &str,
        until: Option<&str>,
    ) -> String {
        let new = json!({"librarian_id": person.librarian(), "competency_id": competency, "method": "assessor",
            "level": level, "assessed_on": on, "valid_until": until});
        let path = format!("/assessments/{}", self.admin.post("/assessments", new).await.created().id());
        self.admin.step(&format!("{path}/submission")).await.ok();
        self.admin.step(&format!("{path}/confirmation")).await.ok();
        path
    }
}

impl Library {
    /// An announced workshop with these sessions; `more` is what else it has. Answers its id.
    pub async fn activity(&self, more: serde_json::Value, sessions: &[(&str, &str)]) -> String {
        let mut new = json!({"kind": "workshop", "title": "Lokakarya"});
        for (name, value) in more.as_object().unwrap() {
            new[name] = value.clone();
        }
        let path = format!("/activities/{}", self.admin.post("/activities", new).await.created().id());
        for (starts_at, ends_at) in sessions {
            let session = json!({"starts_at": starts_at, "ends_at": ends_at});
            self.admin.post(&format!("{path}/sessions"), session).await.created();
        }
        self.admin.step(&format!("{path}/publication")).await.ok().id()
    }
}

impl Library {
    /// The certificates of these people for a training of 24 JP that was held in February, in their order.
    pub async fn certified(&self, people: &[&Client]) -> Vec<super::client::Answer> {
        let types = self.admin.get("/training-types?limit=200").await.ok();
        let training_type = types.json["items"].as_array().unwrap().iter().find(|row| row["siasn_id"] == 8).unwrap();
        let more = json!({"kind": "training", "title": "Bimtek SLiMS 9", "credit_hours": 24.0,
            "training_type_id": training_type["id"], "least_attendance_percent": 0});
        let activity = self.activity(more, &[("2026-02-10T01:00:00Z", "2026-02-10T05:00:00Z")]).await;
        let path = format!("/activities/{activity}");
        for person in people {
            let who = json!({"librarian_id": person.librarian()});
            self.admin.post(&format!("{path}/registrations"), who).await.created();
        }
        self.admin.step(&format!("{path}/completion")).await.ok();
        let mut certificates = Vec::new();
        for person in people {
            let list = format!("/certificates?activity_id={activity}&librarian_id={}", person.librarian());
            let id = self.admin.get(&list).await.ok().column("id")[0].as_str().unwrap().to_owned();
            certificates.push(self.admin.get(&format!("/certificates/{id}")).await.ok());
        }
        certificates
    }
}

impl Client {
    /// The caller's professional record.
    pub fn librarian(&self) -> Uuid {
        self.librarian_id.unwrap()
    }
}
