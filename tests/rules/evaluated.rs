//! What tells whether it works, for the stage of the matrix: changes, reviews, actions, questions about behaviour.

use bina_pustaka::kernel::jobs;

use super::matrix::{Ids, Object};
use crate::support::people::Library;
use crate::support::{TestApp, json};

/// The parameters of paths that stand for what belongs to somebody.
pub const NAMES: [&str; 3] = ["adoption_id", "improvement_action_id", "behaviour_evaluation_id"];

/// A change that everybody takes up, a review, an action of each person, and what each is asked about a training of last year.
pub async fn stage(app: &TestApp, library: &Library, ids: &mut Ids) {
    let admin = &library.admin;
    let people = [(Object::Own, &library.mentor), (Object::Mentees, &library.mentee), (Object::Others, &library.other)];
    let change = json!({"title": "Layanan swalayan RFID", "go_live_on": "2026-02-02"});
    let change = admin.post("/change-initiatives", change).await.created().id();
    let path = format!("/change-initiatives/{change}");
    let step = json!({"kind": "training", "title": "Latihan", "held_on": "2026-02-03", "audience": "Semua"});
    let step = admin.post(&format!("{path}/change-actions"), step).await.created().id();
    let review = json!({"title": "Evaluasi", "held_on": "2026-02-27"});
    let review = admin.post("/reviews", review).await.created().id();
    let finding = json!({"title": "Antrean panjang"});
    let finding = admin.post(&format!("/reviews/{review}/findings"), finding).await.created().id();
    let indicator = admin.get("/indicators").await.ok().column("id")[0].clone();
    let held = [("2025-11-10T01:00:00Z", "2025-11-10T05:00:00Z")];
    let activity = library.activity(json!({"least_attendance_percent": 0}), &held).await;
    let link = json!({"indicator_id": indicator});
    let link = admin.post(&format!("/activities/{activity}/indicators"), link).await.created().id();
    for (_, person) in people {
        let who = json!({"librarian_id": person.librarian()});
        admin.post(&format!("/activities/{activity}/registrations"), who).await.created();
    }
    admin.step(&format!("/activities/{activity}/completion")).await.ok();
    jobs::tend_all(app.db()).await;
    for (object, person) in people {
        let using = json!({"stage": "using", "reached_on": "2026-02-20"});
        let adoption = person.post(&format!("{path}/adoptions"), using).await.created().id();
        let action = json!({"title": "Loket kedua", "owner_id": person.librarian(), "due_on": "2026-04-30"});
        let action = admin.post("/improvement-actions", action).await.created().id();
        let asked = format!("/behaviour-evaluations?activity_id={activity}&librarian_id={}", person.librarian());
        let asked = person.get(&asked).await.ok().column("id")[0].as_str().unwrap().to_owned();
        for (name, id) in [
            ("adoption_id", &adoption),
            ("improvement_action_id", &action),
            ("behaviour_evaluation_id", &asked),
            ("change_initiative_id", &change),
            ("change_action_id", &step),
            ("review_id", &review),
            ("finding_id", &finding),
            ("activity_indicator_id", &link),
        ] {
            ids.insert((name, object), id.clone());
        }
    }
}
