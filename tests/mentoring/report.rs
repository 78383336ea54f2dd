use chrono::TimeDelta;

use super::{meeting, paired, proposed};
use crate::support::{each_database, json};

#[actix_web::test]
async fn the_report_tells_who_meets_who_is_quiet_and_how_far_they_have_come() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee, admin) = (&library.mentor, &library.mentee, &library.admin);
        let pair = format!("/mentorships/{}", library.mentorship);
        let other = paired(&library, &library.other, mentee).await;
        proposed(&library, mentor, &library.other).await;
        let competency = library.asked_of(mentee).await[0].0.clone();
        library.assessed(mentee, &competency, 2, "2026-02-10", None).await;
        let goal = json!({"competency_id": competency, "target_level": 4});
        let goal = mentor.post(&format!("{pair}/goals"), goal).await.created();
        library.assessed(mentee, &competency, 3, "2026-03-01", None).await;
        mentor
            .patch(&format!("/mentorship-goals/{}", goal.id()), goal.tag(), json!({"progress_percent": 45}))
            .await
            .ok();
        for day in ["2026-02-02", "2026-02-16", "2026-02-23"] {
            let met = meeting(mentor, &pair, &format!("{day}T02:00:00Z")).await;
            match day {
                "2026-02-23" => mentor.post(&format!("{met}/cancellation"), json!({"reason": "Sakit"})).await.ok(),
                _ => mentor.step(&format!("{met}/completion")).await.ok(),
            };
        }
        meeting(mentor, &pair, "2026-02-24T02:00:00Z").await;
        meeting(mentor, &pair, "2026-03-24T02:00:00Z").await;
        meeting(&library.other, &other, "2026-02-24T02:00:00Z").await;

        let report = admin.get("/mentoring-report").await.ok().json;
        let figures = ["pair_count", "active_count", "quiet_count", "planned_count", "held_count", "goal_count"];
        assert_eq!(figures.map(|name| report[name].as_i64().unwrap()), [2, 2, 1, 4, 2, 1]);
        assert_eq!(
            (&report["held_share"], &report["mean_progress"], &report["level_change"]),
            (&json!(50.0), &json!(45), &json!(1))
        );
        // The quiet ones first.
        let [quiet, lively] = report["items"].as_array().unwrap().as_slice() else { panic!("two pairs") };
        assert_eq!(
            (&quiet["mentor_name"], &quiet["is_quiet"], &quiet["last_held_on"]),
            (&json!("Agnes"), &json!(true), &json!(null))
        );
        assert_eq!(
            (&quiet["goal_count"], &quiet["mean_progress"], &quiet["level_change"]),
            (&json!(0), &json!(null), &json!(null))
        );
        let counts = ["planned_count", "held_count", "upcoming_count"].map(|name| lively[name].as_i64().unwrap());
        assert_eq!((counts, &lively["last_held_on"]), ([3, 2, 1], &json!("2026-02-16")));

        let own = mentor.get("/mentoring-report").await.ok().json;
        assert_eq!((&own["pair_count"], &own["items"][0]["mentee_name"]), (&json!(1), &json!("Rizky")));
        mentee.get("/mentoring-report").await.is(403);
        let table = admin.get("/mentoring-report.csv").await.ok();
        let table = String::from_utf8(table.body).unwrap();
        assert!(table.contains("Maria,Rizky,mentoring,active,2026-01-12,,3,2,1,2026-02-16,false,1,0,45,1,"), "{table}");
        let asked = admin.with("accept", "text/csv").get("/mentoring-report").await.ok();
        assert_eq!(String::from_utf8(asked.body).unwrap(), table);

        app.after(TimeDelta::days(16));
        let (admin, mentor) = (app.again(admin).await, app.again(mentor).await);
        assert_eq!(admin.get("/mentoring-report").await.ok().json["quiet_count"], 2);
        mentor.step(&format!("{pair}/completion")).await.ok();
        assert_eq!(mentor.get("/mentoring-report?include_ended=true").await.ok().json["pair_count"], 0);
        assert_eq!(admin.get("/mentoring-report").await.ok().json["pair_count"], 1);
        let all = async || admin.get("/mentoring-report?include_ended=true").await.ok().json;
        assert_eq!((&all().await["pair_count"], &all().await["level_change"]), (&json!(2), &json!(1)));
        // What the mentee reaches afterwards is not the pair's any more.
        app.after(TimeDelta::days(1));
        let library = crate::support::people::Library { admin: app.again(&admin).await, ..library };
        library.assessed(&library.mentee, &competency, 5, "2026-03-19", None).await;
        let after = library.admin.get("/mentoring-report?include_ended=true").await.ok().json;
        assert_eq!((&after["pair_count"], &after["level_change"]), (&json!(2), &json!(1)));
    })
    .await;
}
