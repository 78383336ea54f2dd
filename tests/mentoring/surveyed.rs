//! Mentorships as what a survey is about.

use super::proposed;
use crate::support::{each_database, json};
use crate::surveys::{answers, opened, shipped};

#[actix_web::test]
async fn the_two_of_a_mentorship_are_asked_about_it_and_nobody_else() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let about = |id: &str| {
            json!({"audience": "participants", "is_anonymous": false, "subject": {"kind": "mentoring", "id": id}})
        };
        let campaign = opened(admin, "ADKAR", about(&library.mentorship)).await;
        let given = answers(&[("A", json!(4)), ("D", json!(3)), ("K", json!(2)), ("B", json!(2)), ("R", json!(1))]);
        let path = format!("{campaign}/responses");
        library.other.post(&path, given.clone()).await.is(403).refused("not_asked");
        library.mentee.post(&path, given.clone()).await.ok();
        // Also when it is over: that is when there is most to say.
        library.mentor.step(&format!("/mentorships/{}/completion", library.mentorship)).await.ok();
        library.mentor.post(&path, given).await.ok();

        // What was only proposed is nothing to ask about yet.
        let waits = proposed(&library, &library.mentor, &library.other).await;
        for id in [waits.rsplit('/').next().unwrap(), &library.units[0]] {
            let mut new = json!({"questionnaire_id": shipped(admin, "ADKAR").await, "title": {"id": "x"},
                "opens_on": "2026-03-02", "closes_on": "2026-03-31"});
            for (name, value) in about(id).as_object().unwrap() {
                new[name] = value.clone();
            }
            admin.post("/campaigns", new).await.is(422).blames("#/subject/id", "no_such_object");
        }
    })
    .await;
}
