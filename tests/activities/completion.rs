use bina_pustaka::credits::entries::entity as credit;
use bina_pustaka::kernel::event;
use bina_pustaka::settings::training_types::entity as training_type;
use chrono::TimeDelta;
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::{TestApp, each_database, json};

const TWO_DAYS: &[(&str, &str)] =
    &[("2026-03-03T01:00:00Z", "2026-03-03T05:00:00Z"), ("2026-03-04T01:00:00Z", "2026-03-04T05:00:00Z")];

async fn technical_guidance(app: &TestApp) -> uuid::Uuid {
    let row = training_type::Entity::find().filter(training_type::Column::SiasnId.eq(8));
    app.db().reader().find(row).await.unwrap().id
}

#[actix_web::test]
async fn completing_gives_credit_and_evidence_once_however_often_it_is_asked_for() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, level) = library.asked_of(&library.mentee).await[0].clone();
        let training = json!({"kind": "training", "title": "Bimtek SLiMS 9", "credit_hours": 24.0, "capacity": 3,
            "training_type_id": technical_guidance(&app).await, "least_attendance_percent": 80,
            "least_post_test_score": 70.0, "competencies": [{"competency_id": competency, "level": level}]});
        let activity = library.activity(training, TWO_DAYS).await;
        let path = format!("/activities/{activity}");
        let mut registrations = Vec::new();
        for person in [&library.mentor, &library.mentee, &library.other] {
            registrations.push(person.post(&format!("{path}/registrations"), json!({})).await.created().id());
        }
        library.admin.step(&format!("{path}/completion")).await.refused("invalid_transition");
        app.after(TimeDelta::days(3));
        let admin = app.again(&library.admin).await;
        let sessions = admin.get(&format!("{path}/sessions")).await.ok().column("id");
        // The mentee was there on both days, the mentor on one, the other on none.
        for (index, session) in sessions.iter().enumerate() {
            let session = session.as_str().unwrap();
            let present = json!({"items": [{"registration_id": registrations[1], "is_present": true},
                {"registration_id": registrations[0], "is_present": index == 0}]});
            admin.post(&format!("/activity-sessions/{session}/attendance"), present).await.ok();
        }
        let scores = json!({"items": [{"registration_id": registrations[1], "pre_test": 52.0, "post_test": 78.0},
            {"registration_id": registrations[0], "pre_test": 60.0, "post_test": 90.0}]});
        let report = admin.post(&format!("{path}/scores"), scores).await.ok();
        assert_eq!((&report.json["n_gain"], &report.json["passed"]), (&json!(0.6364), &json!(2)));
        let beyond = json!({"items": [{"registration_id": registrations[1], "post_test": 100.5}]});
        admin.post(&format!("{path}/scores"), beyond).await.is(422).blames("#/items/0/post_test", "out_of_range");

        let completion = format!("{path}/completion");
        let asked = (0..5).map(|_| admin.step(&completion));
        let mut answers: Vec<_> = join_all(asked).await.iter().map(|answer| answer.status.as_u16()).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 409, 409, 409, 409]);

        let seen = async |index: usize| admin.get(&format!("/registrations/{}", registrations[index])).await.ok().json;
        let (partly, fully, away) = (seen(0).await, seen(1).await, seen(2).await);
        assert_eq!(
            (&fully["status"], &fully["result"], &fully["attendance_percent"]),
            (&json!("attended"), &json!("passed"), &json!(100))
        );
        assert_eq!((&fully["n_gain"], &fully["n_gain_band"]), (&json!(0.5417), &json!("medium")));
        assert_eq!(
            (&partly["status"], &partly["result"], &partly["attendance_percent"]),
            (&json!("attended"), &json!("incomplete"), &json!(50))
        );
        assert_eq!((&away["status"], &away["result"]), (&json!("no_show"), &json!("absent")));

        let credited = app.db().reader().all(credit::Entity::find()).await.unwrap();
        assert_eq!(credited.len(), 1);
        assert_eq!((credited[0].librarian_id, credited[0].credited), (library.mentee.librarian(), 2_400));
        let shown = admin.get("/assessments?status=submitted").await.ok();
        assert_eq!(shown.column("method"), [json!("test")]);
        assert_eq!((shown.column("level"), shown.column("author_id")), (vec![json!(level)], vec![json!(null)]));
        let waiting = shown.column("id")[0].as_str().unwrap().to_owned();
        let mentor = app.again(&library.mentor).await;
        mentor.step(&format!("/assessments/{waiting}/confirmation")).await.ok();
        causes(&app).await;
    })
    .await;
}

/// Every event of the completion names what caused it.
async fn causes(app: &TestApp) {
    app.settle().await;
    let rows = app.db().reader().all(event::Entity::find()).await.unwrap();
    let completed = rows.iter().find(|row| row.name == "activity.completed").unwrap();
    let caused: Vec<_> =
        rows.iter().filter(|row| row.caused_by == Some(completed.id)).map(|row| row.name.as_str()).collect();
    for name in ["registration.attended", "registration.missed", "assessment.submitted"] {
        assert!(caused.contains(&name), "{name} is not among {caused:?}");
    }
    assert!(caused.iter().any(|name| name.starts_with("credit")), "{caused:?}");
}

#[actix_web::test]
async fn a_prerequisite_is_an_activity_that_was_completed() {
    each_database(async |app| {
        let library = app.library().await;
        let first = library.activity(json!({"least_attendance_percent": 0}), TWO_DAYS).await;
        let next = json!({"prerequisites": {"activity_ids": [first]}});
        let next = library.activity(next, &[("2026-03-20T01:00:00Z", "2026-03-20T02:00:00Z")]).await;
        let path = format!("/activities/{next}/registrations");
        library.mentee.post(&path, json!({})).await.refused("prerequisites_missing");
        library.mentee.post(&format!("/activities/{first}/registrations"), json!({})).await.created();
        app.after(TimeDelta::days(3));
        app.again(&library.admin).await.step(&format!("/activities/{first}/completion")).await.ok();
        app.again(&library.mentee).await.post(&path, json!({})).await.created();
    })
    .await;
}

#[actix_web::test]
async fn the_items_of_a_test_say_how_hard_and_how_telling_they_are() {
    each_database(async |app| {
        let library = app.library().await;
        let activity = library.activity(json!({}), TWO_DAYS).await;
        let path = format!("/activities/{activity}");
        let mut seats = Vec::new();
        for person in [&library.mentor, &library.mentee, &library.other] {
            seats.push(person.post(&format!("{path}/registrations"), json!({})).await.created().id());
        }
        let admin = &library.admin;
        let scores = format!("{path}/item-scores");
        let none = admin.get(&scores).await.ok();
        assert_eq!((&none.json["people"], &none.json["items"]), (&json!(0), &json!([])));
        let items = json!([{"code": "1", "maximum": 2}, {"code": "2", "maximum": 1}, {"code": "3", "maximum": 1}]);
        let points = |points: [[f64; 3]; 3]| -> Vec<_> {
            seats.iter().zip(points).map(|(seat, points)| json!({"registration_id": seat, "points": points})).collect()
        };
        let whole = |people| json!({"test": "post_test", "items": items, "people": people});
        let people = points([[2.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]);
        let found = admin.post(&scores, whole(people)).await.ok();
        assert_eq!(found.json["people"], 3);
        let first = json!({"code": "1", "maximum": 2.0, "mean": 1.0, "difficulty": 0.5, "difficulty_band": "medium",
            "discrimination": 0.866, "discrimination_band": "excellent"});
        assert_eq!(found.json["items"][0], first);
        let third = &found.json["items"][2];
        assert_eq!((&third["difficulty_band"], &third["discrimination"]), (&json!("hard"), &json!(null)));

        // What is entered again stands in place of what was; wrong points change nothing.
        let again = admin.post(&scores, whole(points([[2.0, 1.0, 1.0]; 3]))).await.ok();
        assert_eq!(again.json["items"][2]["difficulty_band"], "easy");
        let mut wrong = points([[2.5, 0.333, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]);
        wrong[1]["points"] = json!([1.0]);
        wrong[2]["registration_id"] = json!(activity);
        let refused = admin.post(&scores, whole(wrong)).await.is(422).blames("#/people/0/points/0", "out_of_range");
        let refused = refused.blames("#/people/0/points/1", "two_decimals");
        let refused = refused.blames("#/people/1/points", "one_for_each_item");
        refused.blames("#/people/2/registration_id", "no_such_object");
        assert_eq!(admin.get(&scores).await.ok().json, again.json);
        assert_eq!(admin.get(&format!("{scores}?test=pre_test")).await.ok().json["people"], 0);
        library.mentee.get(&scores).await.is(404);
    })
    .await;
}
