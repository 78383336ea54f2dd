use super::lifecycle::{begun, ready};
use crate::support::{each_database, json};

const MORNING: &[(&str, &str)] = &[("2026-03-02T01:30:00Z", "2026-03-02T03:00:00Z")];

#[actix_web::test]
async fn a_closed_programme_takes_no_new_activity() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let programme = begun(&library, 2026).await;
        let id = admin.get(&programme).await.ok().id();
        let kept = library.activity(json!({"programme_id": id}), MORNING).await;
        let free = library.activity(json!({}), MORNING).await;
        let nobody = json!({"programme_id": "019a0000-0000-7000-8000-00000000dead", "kind": "panel", "title": "x"});
        admin.post("/activities", nobody).await.is(422).blames("#/programme_id", "no_such_object");
        let found = library.mentee.get(&format!("/activities?programme_id={id}")).await.ok();
        assert_eq!(found.column("id"), [json!(kept)]);
        admin.step(&format!("{programme}/closure")).await.ok();
        let new = json!({"programme_id": id, "kind": "panel", "title": "x"});
        admin.post("/activities", new).await.is(409).refused("programme_closed").blames("#/programme_id", "not_valid");
        let path = format!("/activities/{free}");
        let before = admin.get(&path).await.ok();
        admin.patch(&path, before.tag(), json!({"programme_id": id})).await.is(409).refused("programme_closed");
        let rule = json!({"rrule": "FREQ=WEEKLY;COUNT=2", "starts_at": "2026-06-01T02:00:00Z", "duration_minutes": 60,
            "activity": {"kind": "workshop", "title": "Klinik", "programme_id": id}});
        admin.post("/activity-series", rule).await.is(409).refused("programme_closed");
        let path = format!("/activities/{kept}");
        let before = admin.get(&path).await.ok();
        admin.patch(&path, before.tag(), json!({"title": "Tetap boleh"})).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn an_activity_and_the_closure_that_meet_come_one_after_the_other() {
    each_database(async |app| {
        let library = app.library().await;
        let programme = begun(&library, 2026).await;
        let id = library.admin.get(&programme).await.ok().id();
        let asked = (0..9).map(|turn| {
            let (admin, path, id) = (library.admin.clone(), programme.clone(), id.clone());
            async move {
                if turn == 4 {
                    return admin.step(&format!("{path}/closure")).await;
                }
                admin.post("/activities", json!({"kind": "panel", "title": "Panel", "programme_id": id})).await
            }
        });
        let mut entered = 0;
        for answer in futures_util::future::join_all(asked).await {
            match answer.status.as_u16() {
                200 => {}
                201 => entered += 1,
                _ => drop(answer.is(409).refused("programme_closed")),
            }
        }
        let kept = library.admin.get(&format!("/activities?programme_id={id}")).await.ok().column("id");
        assert_eq!(kept.len(), entered);
        let events = app.events_of(&["programme", "activity"]).await;
        let end = events.iter().position(|name| name == "programme.closed").unwrap();
        assert_eq!(events.len(), end + 1, "nothing comes after the closure: {events:?}");
    })
    .await;
}

#[actix_web::test]
async fn progress_counts_what_was_done_and_reached() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let programme = begun(&library, 2026).await;
        let id = admin.get(&programme).await.ok().id();
        let draft = ready(&library, 2027).await;
        let types = admin.get("/training-types").await.ok().column("id");
        let hours = json!({"programme_id": id, "credit_hours": 4.0, "training_type_id": types[3]});
        let held = library.activity(hours, MORNING).await;
        library.activity(json!({"programme_id": id}), &[("2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z")]).await;
        admin.post("/activities", json!({"programme_id": id, "kind": "panel", "title": "x"})).await.created();
        let off = library.activity(json!({"programme_id": id}), &[]).await;
        admin.post(&format!("/activities/{off}/cancellation"), json!({"reason": "Banjir"})).await.ok();
        let competency = library.asked_of(&library.mentee).await[0].0.clone();
        library.assessed(&library.mentee, &competency, 3, "2026-02-10", None).await;
        library.assessed(&library.other, &competency, 2, "2026-02-10", None).await;
        let mut registered = Vec::new();
        for person in [&library.mentee, &library.other] {
            registered.push(person.post(&format!("/activities/{held}/registrations"), json!({})).await.created().id());
        }
        let session = admin.get(&format!("/activities/{held}/sessions")).await.ok().column("id")[0].clone();
        let came = json!({"items": [{"registration_id": registered[0], "is_present": true}]});
        let session = session.as_str().unwrap();
        app.after(chrono::TimeDelta::hours(3));
        let admin = &app.again(admin).await;
        admin.post(&format!("/activity-sessions/{session}/attendance"), came).await.ok();
        admin.step(&format!("/activities/{held}/completion")).await.ok();
        for (title, due) in
            [("Satu", "2026-03-01"), ("Dua", "2026-12-01"), ("Tiga", "2026-12-01"), ("Empat", "2026-12-01")]
        {
            let new = json!({"title": title, "due_on": due, "programme_id": id});
            let path = format!("/milestones/{}", admin.post("/milestones", new).await.created().id());
            match title {
                "Tiga" => drop(admin.step(&format!("{path}/achievement")).await.ok()),
                "Empat" => drop(admin.post(&format!("{path}/cancellation"), json!({"reason": "Batal"})).await.ok()),
                _ => {}
            }
        }
        let path = format!("{programme}/progress");
        let progress = app.again(admin).await.get(&path).await.ok().json;
        assert_eq!(progress["activities"], json!({"draft": 1, "published": 1, "completed": 1, "cancelled": 1}));
        assert_eq!(progress["participants"], json!({"people": 2, "registrations": 2, "attended": 1, "passed": 1}));
        assert_eq!(progress["credit_hours"], 4.0);
        let milestones = json!({"open": 2, "overdue": 1, "achieved": 1, "missed": 0, "cancelled": 1});
        assert_eq!(progress["milestones"], milestones);
        assert_eq!((&progress["activities_percent"], &progress["milestones_percent"]), (&json!(33.33), &json!(33.33)));
        let target = &progress["targets"][0];
        assert_eq!(
            (&target["group_size"], &target["reached_count"], &target["level"]),
            (&json!(3), &json!(1), &json!(3))
        );
        assert_eq!((&target["reached_percent"], &progress["targets_percent"]), (&json!(33.33), &json!(33.33)));
        let seen = app.again(&library.mentee).await.get(&path).await.ok().json;
        assert_eq!((&seen["activities"]["draft"], &seen["targets_percent"]), (&json!(null), &json!(null)));
        assert_eq!(
            (&seen["targets"][0]["is_suppressed"], &seen["targets"][0]["reached_count"]),
            (&json!(true), &json!(null))
        );
        app.again(&library.mentee).await.get(&format!("{draft}/progress")).await.is(404);
    })
    .await;
}
