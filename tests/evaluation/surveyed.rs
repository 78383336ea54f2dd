use chrono::TimeDelta;

use super::support::asked;
use crate::support::{each_database, json};

fn adkar(scores: [i32; 5]) -> Vec<(&'static str, i32)> {
    ["A", "D", "K", "B", "R"].into_iter().zip(scores).collect()
}

#[actix_web::test]
async fn the_barrier_of_a_change_is_told_before_and_after_what_was_done_and_few_answers_are_withheld() {
    each_database(async |app| {
        let admin = app.library().await.admin;
        let change = json!({"title": "Layanan swalayan RFID", "go_live_on": "2026-03-10"});
        let change = admin.post("/change-initiatives", change).await.created().id();
        let (path, subject) =
            (format!("/change-initiatives/{change}"), json!({"kind": "change_initiative", "id": change}));
        asked(&app, &admin, "ADKAR", subject.clone(), &vec![adkar([4, 3, 2, 2, 1]); 5]).await;
        let ready = |score: i32| ["C1", "C2", "C3", "C4", "E1", "E2", "E3", "E4"].map(|code| (code, score)).to_vec();
        asked(&app, &admin, "CHANGE-READINESS", subject.clone(), &vec![ready(3); 5]).await;
        app.after(TimeDelta::days(3));
        let admin = app.again(&admin).await;
        let demo = json!({"kind": "demonstration", "title": "Hari demo", "held_on": "2026-03-04", "audience": "Semua"});
        admin.post(&format!("{path}/change-actions"), demo).await.created();
        app.after(TimeDelta::days(40));
        let admin = app.again(&admin).await;
        asked(&app, &admin, "ADKAR", subject.clone(), &vec![adkar([5, 4, 4, 4, 2]); 6]).await;
        asked(&app, &admin, "CHANGE-READINESS", subject.clone(), &vec![ready(4); 5]).await;
        asked(&app, &admin, "ADKAR", subject, &vec![adkar([1, 1, 1, 1, 1]); 4]).await;

        let report = admin.get(&format!("{path}/evaluation")).await.ok().json;
        let surveys = report["surveys"].as_array().unwrap();
        assert_eq!(surveys.len(), 5);
        let first = &surveys[0];
        assert_eq!((&first["answered_count"], &first["adkar"]["barrier"]), (&json!(5), &json!("desire")));
        assert_eq!(first["adkar"]["resistance_share"], json!(100.0));
        let few = &surveys[4];
        assert_eq!(
            (&few["is_withheld"], &few["adkar"], &few["answered_count"]),
            (&json!(true), &json!(null), &json!(null))
        );
        let comparison = &report["comparison"];
        assert_eq!(comparison["barrier_before"], json!("desire"));
        assert_eq!(comparison["barrier_after"], json!("reinforcement"));
        assert_eq!((&comparison["readiness_before"], &comparison["readiness_after"]), (&json!(50.0), &json!(75.0)));
        assert_eq!(comparison["readiness_change"], json!(25.0));
        let step = &report["steps"][0];
        assert_eq!((&step["barrier_before"], &step["barrier_after"]), (&json!("desire"), &json!("reinforcement")));
        assert_eq!((&step["element_mean_before"], &step["element_mean_after"]), (&json!(3.0), &json!(4.0)));
    })
    .await;
}

#[actix_web::test]
async fn the_reaction_to_an_activity_is_told_with_its_response_rate_to_others_once_it_is_published() {
    each_database(async |app| {
        let library = app.library().await;
        let activity = library.activity(json!({}), &[("2026-03-03T01:00:00Z", "2026-03-03T05:00:00Z")]).await;
        let statements = ["M1", "M2", "M3", "S1", "S2", "S3", "O1", "O2", "F1", "F2"];
        let said = |score: i32, recommends: i32| {
            let mut answers: Vec<(&str, i32)> = statements.map(|code| (code, score)).to_vec();
            answers.extend([("CSAT", score), ("NPS", recommends)]);
            answers
        };
        let people = [said(5, 10), said(5, 9), said(4, 9), said(3, 6), said(4, 8)];
        let subject = json!({"kind": "activity", "id": activity});
        let campaign = asked(&app, &library.admin, "TRAINING-REACTION", subject, &people).await;
        let path = format!("/activities/{activity}/evaluation");
        let report = library.admin.get(&path).await.ok().json;
        let survey = &report["reaction"]["surveys"][0];
        assert_eq!((&survey["answered_count"], &survey["asked_count"]), (&json!(5), &json!(10)));
        assert_eq!((&survey["response_rate"], &survey["mean"]), (&json!(50.0), &json!(4.2)));
        assert_eq!((&survey["csat"], &survey["nps"]), (&json!(80.0), &json!(40.0)));
        assert_eq!(library.mentee.get(&path).await.ok().json["reaction"]["surveys"], json!([]));
        let reason = json!({"reason": "Semua peserta sudah ditanya"});
        library.admin.post(&format!("/campaigns/{campaign}/publication"), reason).await.ok();
        let seen = library.mentee.get(&path).await.ok().json;
        // Of what is published fewer than ten are not told.
        assert_eq!(seen["reaction"]["surveys"][0]["is_withheld"], json!(true));
    })
    .await;
}
