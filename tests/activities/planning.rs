use chrono::TimeDelta;

use crate::support::{each_database, json};

const MORNING: &[(&str, &str)] = &[("2026-03-10T01:00:00Z", "2026-03-10T05:00:00Z")];

#[actix_web::test]
async fn an_activity_is_drafted_announced_and_seen() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let competency = library.asked_of(&library.mentee).await[0].0.clone();
        let new = json!({"kind": "panel", "title": "Diskusi Panel: AI di Meja Referensi", "credit_hours": 4.5,
            "competencies": [{"competency_id": competency, "level": 3}], "capacity": 40});
        let draft = admin.post("/activities", new).await.created();
        let path = format!("/activities/{}", draft.id());
        assert_eq!((&draft.json["credit_hours"], &draft.json["actions"]), (&json!(4.5), &json!(["publication"])));
        library.mentee.get(&path).await.is(404);
        let session = json!({"starts_at": "2026-03-10T09:00:00+07:00", "ends_at": "2026-03-10T12:00:00+07:00"});
        let session = admin.post(&format!("{path}/sessions"), session).await.created();
        assert_eq!(session.json["starts_at"], "2026-03-10T02:00:00.000Z");
        let second = admin.post(&format!("{path}/speakers"), json!({"name": "Panelis"})).await.created();
        let colleague = json!({"librarian_id": library.mentor.librarian(), "role": "moderator", "position": 1});
        admin.post(&format!("{path}/speakers"), colleague).await.created();
        assert_eq!(second.json["position"], 1);
        admin.patch(&format!("/speakers/{}", second.id()), second.tag(), json!({"position": 2})).await.ok();
        admin.step(&format!("{path}/publication")).await.ok();
        admin.step(&format!("{path}/publication")).await.refused("invalid_transition");
        let names = library.mentee.get(&format!("{path}/speakers")).await.ok().column("name");
        assert_eq!(names, [json!("Maria"), json!("Panelis")]);
        let found = library.mentee.get(&format!("/activities?competency_id={competency}&q=meja")).await.ok();
        assert_eq!(found.column("is_registration_open"), [json!(true)]);
        app.after(TimeDelta::days(8) + TimeDelta::hours(2));
        let running = app.again(&library.mentee).await.get(&path).await.ok();
        assert_eq!((&running.json["is_running"], &running.json["is_registration_open"]), (&json!(true), &json!(false)));
    })
    .await;
}

#[actix_web::test]
async fn wrong_content_is_named_and_changes_nothing() {
    each_database(async |app| {
        let library = app.library().await;
        let nobody = "019a0000-0000-7000-8000-00000000dead";
        let wrong = json!({"kind": "training", "title": "x", "staff_ids": [nobody], "training_type_id": nobody,
            "competencies": [{"competency_id": nobody, "level": 3}], "prerequisites": {"activity_ids": [nobody]},
            "registration_opens_at": "2026-04-02T00:00:00Z", "registration_closes_at": "2026-04-01T00:00:00Z",
            "least_post_test_score": 101});
        library
            .admin
            .post("/activities", wrong)
            .await
            .is(422)
            .blames("#/staff_ids/0", "no_such_object")
            .blames("#/training_type_id", "no_such_object")
            .blames("#/competencies/0/competency_id", "not_assessable")
            .blames("#/prerequisites/activity_ids/0", "no_such_object")
            .blames("#/registration_closes_at", "ends_before_it_begins")
            .blames("#/least_post_test_score", "out_of_range");
        let hours = json!({"kind": "training", "title": "x", "credit_hours": 1.255});
        library.admin.post("/activities", hours).await.is(422).blames("#/credit_hours", "two_decimals");
        assert!(library.admin.get("/activities").await.ok().column("id").is_empty());
        let activity = library.activity(json!({}), &[]).await;
        let session =
            json!({"starts_at": "2026-03-10T02:00:00Z", "ends_at": "2026-03-10T02:00:00Z", "time_zone": "WIB"});
        let path = format!("/activities/{activity}/sessions");
        let answer = library.admin.post(&path, session).await.is(422);
        answer.blames("#/ends_at", "ends_before_it_begins").blames("#/time_zone", "not_a_time_zone");
    })
    .await;
}

#[actix_web::test]
async fn a_rule_writes_the_dates_of_a_series() {
    each_database(async |app| {
        let library = app.library().await;
        let rule = |rrule: &str| {
            json!({"rrule": rrule, "starts_at": "2026-04-07T02:00:00Z", "duration_minutes": 120,
                "activity": {"kind": "workshop", "title": "Klinik pengatalogan", "capacity": 10}})
        };
        let admin = &library.admin;
        let series = admin.post("/activity-series", rule("FREQ=MONTHLY;BYDAY=1TU;COUNT=3")).await.created();
        let path = format!("/activities?series_id={}", series.id());
        let dates = admin.get(&path).await.ok().column("starts_at");
        let expected = ["2026-04-07T02:00:00.000Z", "2026-05-05T02:00:00.000Z", "2026-06-02T02:00:00.000Z"];
        assert_eq!(dates, expected.map(|date| json!(date)));
        assert!(library.mentee.get(&path).await.ok().column("id").is_empty());
        let publication = format!("/activity-series/{}/publication", series.id());
        admin.step(&publication).await.ok();
        admin.step(&publication).await.refused("invalid_transition");
        assert_eq!(library.mentee.get(&path).await.ok().column("id").len(), 3);
        admin.post("/activity-series", rule("FREQ=DAILY")).await.is(422).blames("#/rrule", "endless_rule");
    })
    .await;
}

#[actix_web::test]
async fn people_wait_for_a_date_and_the_demand_is_counted() {
    each_database(async |app| {
        let library = app.library().await;
        let wish = library.activity(json!({}), &[]).await;
        let path = format!("/activities/{wish}");
        library.mentee.post(&format!("{path}/registrations"), json!({})).await.refused("registration_closed");
        let interest = library.mentee.post(&format!("{path}/interests"), json!({"note": "Sore hari"})).await.created();
        library.mentee.post(&format!("{path}/interests"), json!({})).await.refused("already_interested");
        library.other.post(&format!("{path}/interests"), json!({})).await.created();
        let listed = library.admin.get("/activities?has_date=false&sort=-interest_count").await.ok();
        assert_eq!(listed.column("interest_count"), [json!(2)]);
        library.mentee.delete(&format!("/interests/{}", interest.id()), interest.tag()).await.no_content();
        assert_eq!(library.admin.get(&path).await.ok().json["interest_count"], 1);
        let dated = library.activity(json!({}), MORNING).await;
        library.mentee.post(&format!("/activities/{dated}/interests"), json!({})).await.refused("not_on_demand");
    })
    .await;
}

#[actix_web::test]
async fn an_open_activity_that_closes_a_gap_is_recommended() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, level) = library.asked_of(&library.mentee).await[0].clone();
        let covers = json!({"competencies": [{"competency_id": competency, "level": level}], "capacity": 5});
        let activity = library.activity(covers, MORNING).await;
        let path = format!("/librarians/{}/recommendations", library.mentee.librarian());
        let named = async || {
            let items = library.mentee.get(&path).await.ok().json["items"].as_array().unwrap().clone();
            items.into_iter().any(|item| item["kind"] == "activity" && item["subject_id"] == json!(activity))
        };
        let gaps = library.mentee.get(&path).await.ok();
        let among =
            gaps.json["items"].as_array().unwrap().iter().any(|item| item["competency_id"] == json!(competency));
        assert_eq!(named().await, among, "it is named exactly where its competency is among the gaps looked at");
        library.mentee.post(&format!("/activities/{activity}/registrations"), json!({})).await.created();
        assert!(!named().await, "who is registered needs no hint");
    })
    .await;
}
