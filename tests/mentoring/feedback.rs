use futures_util::future::join;

use crate::support::{each_database, json};

fn feedback(stage: &str, points: i32, comment: &str) -> serde_json::Value {
    let ratings = json!({"preparation": points, "communication": points, "commitment": points, "usefulness": points});
    json!({"stage": stage, "ratings": ratings, "comment": comment})
}

#[actix_web::test]
async fn what_each_side_says_is_hidden_until_both_are_in() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee, admin) = (&library.mentor, &library.mentee, &library.admin);
        let pair = format!("/mentorships/{}", library.mentorship);
        let given = mentee.post(&format!("{pair}/feedback"), feedback("mid_term", 5, "Sabar sekali")).await.created();
        let path = format!("/mentorship-feedback/{}", given.id());
        mentee
            .post(&format!("{pair}/feedback"), feedback("mid_term", 1, "Lain"))
            .await
            .is(409)
            .refused("feedback_exists");
        admin.post(&format!("{pair}/feedback"), feedback("final", 1, "x")).await.is(403).refused("feedback_of_another");
        library.other.post(&format!("{pair}/feedback"), feedback("final", 1, "x")).await.is(404);
        for reader in [mentor, admin] {
            let seen = reader.get(&path).await.ok();
            assert_eq!((&seen.json["is_hidden"], &seen.json["given_by"]), (&json!(true), &json!("mentee")));
            assert_eq!((&seen.json["ratings"], &seen.json["comment"]), (&json!(null), &json!(null)));
            let listed = reader.get(&format!("{pair}/feedback")).await.ok();
            assert!(!String::from_utf8_lossy(&listed.body).contains("Sabar"));
        }
        mentor.patch(&path, "*", json!({"comment": null})).await.is(403).refused("feedback_of_another");
        library.other.get(&path).await.is(404);
        let mended = mentee.patch(&path, given.tag(), json!({"comment": "Sangat sabar"})).await.ok();
        assert_eq!((&mended.json["comment"], &mended.json["is_hidden"]), (&json!("Sangat sabar"), &json!(false)));

        let other = mentor.post(&format!("{pair}/feedback"), feedback("mid_term", 4, "Rajin")).await.created();
        assert_eq!(other.json["is_complete"], true);
        for reader in [mentor, mentee, admin] {
            let listed = reader.get(&format!("{pair}/feedback")).await.ok();
            assert_eq!(listed.column("comment"), ["Sangat sabar", "Rajin"]);
        }
        mentee.patch(&path, "*", json!({"comment": "Lain"})).await.is(409).refused("feedback_closed");

        // The trail knows that it was given, never what was said.
        app.settle().await;
        let trail = admin.get("/audit-entries?limit=200").await.ok();
        let trail = String::from_utf8_lossy(&trail.body);
        assert!(trail.contains("mentorship_feedback.given") && !trail.contains("abar") && !trail.contains("Rajin"));
    })
    .await;
}

#[actix_web::test]
async fn nobody_mends_what_they_said_after_the_other_has_read_it() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        for stage in ["mid_term", "final"] {
            let given = mentee.post(&format!("{pair}/feedback"), feedback(stage, 5, "Semula")).await.created();
            let path = format!("/mentorship-feedback/{}", given.id());
            let (mended, answered) = join(
                mentee.patch(&path, given.tag(), json!({"comment": "Kemudian"})),
                mentor.post(&format!("{pair}/feedback"), feedback(stage, 3, "Balasan")),
            )
            .await;
            answered.created();
            // Either it was mended before the other side came in, or not at all.
            let said = mentor.get(&path).await.ok().json["comment"].clone();
            match mended.status.as_u16() {
                200 => assert_eq!(said, "Kemudian"),
                _ => assert_eq!(
                    (&said, &mended.refused("feedback_closed").json["status"]),
                    (&json!("Semula"), &json!(409))
                ),
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn final_feedback_is_given_after_the_end_too() {
    each_database(async |app| {
        let library = app.library().await;
        let pair = format!("/mentorships/{}", library.mentorship);
        library.mentor.step(&format!("{pair}/completion")).await.ok();
        library.mentor.post(&format!("{pair}/feedback"), feedback("final", 4, "Mandiri")).await.created();
        library.mentee.post(&format!("{pair}/feedback"), feedback("final", 5, "Terima kasih")).await.created();
        let listed = library.mentor.get(&format!("{pair}/feedback?stage=final")).await.ok();
        assert_eq!(listed.column("comment"), ["Mandiri", "Terima kasih"]);
        let waits = super::proposed(&library, &library.mentor, &library.other).await;
        let early = library.other.post(&format!("{waits}/feedback"), feedback("final", 5, "x")).await;
        early.is(409).refused("mentorship_not_standing");
    })
    .await;
}
