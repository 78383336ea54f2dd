use chrono::TimeDelta;

use crate::support::{each_database, json};

#[actix_web::test]
async fn a_self_assessment_counts_once_the_mentor_confirmed_it() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, required) = library.asked_of(&library.mentee).await[0].clone();
        let new = json!({"librarian_id": library.mentee.librarian(), "competency_id": competency, "method": "self",
            "level": required, "assessed_on": "2026-02-10", "evidence": [{"title": "Portofolio", "url": "https://example.org/p"}]});
        let draft = library.mentee.post("/assessments", new).await.created();
        assert_eq!(draft.json["actions"], json!(["submission"]));
        let path = format!("/assessments/{}", draft.id());
        library.mentor.step(&format!("{path}/confirmation")).await.is(409).refused("invalid_transition");
        let submitted = library.mentee.step(&format!("{path}/submission")).await.ok();
        assert_eq!(submitted.json["actions"], json!([]));
        library.mentee.step(&format!("{path}/submission")).await.is(409).refused("invalid_transition");
        library.mentee.step(&format!("{path}/confirmation")).await.is(403);
        library.other.get(&path).await.is(404);

        let profile = format!("/librarians/{}/competency-profile", library.mentee.librarian());
        let level = |answer: crate::support::client::Answer| {
            let required = answer.json["required"].as_array().unwrap().clone();
            required.into_iter().find(|entry| entry["competency_id"] == competency.as_str()).unwrap()["current_level"].clone()
        };
        assert_eq!(level(library.mentee.get(&profile).await.ok()), json!(null));
        assert_eq!(library.mentor.get(&path).await.ok().json["actions"], json!(["confirmation", "return"]));
        let confirmed = library.mentor.step(&format!("{path}/confirmation")).await.ok();
        assert_eq!(confirmed.json["status"], "confirmed");
        assert_eq!(level(library.mentee.get(&profile).await.ok()), json!(required));
        library.mentee.patch(&path, confirmed.tag(), json!({"level": 5})).await.is(409).refused("assessment_closed");
        assert_eq!(
            app.events_of(&["assessment"]).await,
            ["assessment.created", "assessment.submitted", "assessment.confirmed"]
        );
    })
    .await;
}

#[actix_web::test]
async fn what_is_returned_can_be_mended_and_submitted_again() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, _) = library.asked_of(&library.mentee).await[0].clone();
        let new = json!({"librarian_id": library.mentee.librarian(), "competency_id": competency, "method": "mentor",
            "level": 2, "assessed_on": "2026-02-10"});
        let path = format!("/assessments/{}", library.mentor.post("/assessments", new).await.created().id());
        library.mentor.step(&format!("{path}/submission")).await.ok();
        // Who wrote it does not confirm it, unless that is an admin.
        library.mentor.step(&format!("{path}/confirmation")).await.is(403).refused("own_judgement");
        library.admin.post(&format!("{path}/return"), json!({"reason": " "})).await.is(422).blames("#/reason", "blank");
        let returned = library.admin.post(&format!("{path}/return"), json!({"reason": "Bukti kurang"})).await.ok();
        assert_eq!(returned.json["return_reason"], "Bukti kurang");
        let mended = library.mentor.patch(&path, returned.tag(), json!({"level": 3})).await.ok();
        assert_eq!(mended.json["level"], 3);
        library.mentor.step(&format!("{path}/submission")).await.ok();
        library.admin.step(&format!("{path}/confirmation")).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn nobody_decides_on_themselves_and_nobody_writes_for_strangers() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, _) = library.asked_of(&library.mentor).await[0].clone();
        let about = |person: &crate::support::Client, method: &str| {
            json!({"librarian_id": person.librarian(), "competency_id": competency, "method": method,
                "level": 2, "assessed_on": "2026-02-10"})
        };
        let own = library.mentor.post("/assessments", about(&library.mentor, "self")).await.created().id();
        library.mentor.step(&format!("/assessments/{own}/submission")).await.ok();
        library.mentor.step(&format!("/assessments/{own}/confirmation")).await.is(403).refused("own_assessment");

        library
            .mentee
            .post("/assessments", about(&library.mentee, "test"))
            .await
            .is(422)
            .blames("#/method", "not_allowed_for_you");
        library
            .mentor
            .post("/assessments", about(&library.mentee, "self"))
            .await
            .is(422)
            .blames("#/method", "not_allowed_for_you");
        library
            .mentor
            .post("/assessments", about(&library.other, "mentor"))
            .await
            .is(422)
            .blames("#/librarian_id", "no_such_object");
        library.mentor.post("/assessments", about(&library.mentee, "mentor")).await.created();

        // An ended mentorship ends the mentor's access.
        let pair = library.admin.get(&format!("/mentorships/{}", library.mentorship)).await.ok();
        library
            .admin
            .patch(&format!("/mentorships/{}", library.mentorship), pair.tag(), json!({"ends_on": "2026-03-01"}))
            .await
            .ok();
        library.mentor.get(&format!("/librarians/{}", library.mentee.librarian())).await.is(404);
        library
            .mentor
            .post("/assessments", about(&library.mentee, "mentor"))
            .await
            .is(422)
            .blames("#/librarian_id", "no_such_object");
    })
    .await;
}

#[actix_web::test]
async fn wrong_figures_and_days_are_named_together() {
    each_database(async |app| {
        let library = app.library().await;
        let frameworks = json!({"librarian_id": library.mentee.librarian(), "competency_id": uuid::Uuid::nil(), "method": "test",
            "level": 3, "assessed_on": "2026-03-03", "valid_until": "2026-03-02"});
        library
            .admin
            .post("/assessments", frameworks)
            .await
            .is(422)
            .blames("#/assessed_on", "in_the_future")
            .blames("#/valid_until", "ends_before_it_begins")
            .blames("#/competency_id", "no_such_object");
        let wrong = json!({"librarian_id": library.mentee.librarian(), "competency_id": uuid::Uuid::nil(), "method": "test",
            "level": 6, "assessed_on": "2026-03-01", "evidence": [{"title": "", "url": "ftp://x"}]});
        library
            .admin
            .post("/assessments", wrong)
            .await
            .is(422)
            .blames("#/level", "out_of_range")
            .blames("#/evidence/0/title", "blank")
            .blames("#/evidence/0/url", "not_a_url");
    })
    .await;
}

#[actix_web::test]
async fn confirming_many_times_at_once_counts_once() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, required) = library.asked_of(&library.mentee).await[0].clone();
        let new = json!({"librarian_id": library.mentee.librarian(), "competency_id": competency, "method": "test",
            "level": required, "assessed_on": "2026-02-10"});
        let path = format!("/assessments/{}", library.admin.post("/assessments", new).await.created().id());
        library.admin.step(&format!("{path}/submission")).await.ok();
        let step = format!("{path}/confirmation");
        let asked = (0..12).map(|_| library.admin.step(&step));
        let answers = futures_util::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 200 | 409)));
        let confirmed = app.events_of(&["assessment"]).await;
        assert_eq!(confirmed.iter().filter(|name| *name == "assessment.confirmed").count(), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_level_ends_with_its_certificate() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, _) = library.asked_of(&library.mentee).await[0].clone();
        library.assessed(&library.mentee, &competency, 2, "2025-01-10", None).await;
        library.assessed(&library.mentee, &competency, 5, "2026-01-10", Some("2026-03-31")).await;
        let profile = format!("/librarians/{}/competency-profile", library.mentee.librarian());
        let level = async |query: &str| {
            let answer = app.again(&library.admin).await.get(&format!("{profile}{query}")).await.ok();
            let required = answer.json["required"].as_array().unwrap().clone();
            let entry = required.into_iter().find(|entry| entry["competency_id"] == competency.as_str()).unwrap();
            (entry["current_level"].clone(), entry["trend"].clone())
        };
        assert_eq!(level("").await, (json!(5), json!("up")));
        // What was confirmed in March was not known in February.
        assert_eq!(level("?as_of=2026-02-01").await.0, json!(null));
        app.after(TimeDelta::days(30));
        assert_eq!(level("").await.0, json!(2), "the certificate ended yesterday");
        let admin = app.again(&library.admin).await;
        admin.get(&format!("{profile}?as_of=2027-01-01")).await.is(404).blames("as_of", "in_the_future");
    })
    .await;
}

#[actix_web::test]
async fn a_profile_is_also_a_picture() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/competency-profile", library.mentee.librarian());
        let picture = library.mentee.get(&format!("{path}.svg")).await.ok();
        assert_eq!(picture.header("content-type"), Some("image/svg+xml"));
        assert!(picture.body.starts_with(b"<svg") || picture.body.starts_with(b"<?xml"));
        let same = library.mentee.with("accept", "image/svg+xml").get(&path).await.ok();
        assert_eq!(same.body, picture.body);
        library.mentee.with("accept", "image/png").get(&path).await.is(406);
    })
    .await;
}
