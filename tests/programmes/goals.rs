use chrono::TimeDelta;

use super::lifecycle::{begun, ready};
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_goal_and_its_milestones_come_to_something() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let goal = json!({"title": "Pusat pembelajaran Kalbar utara", "due_on": "2030-12-31",
            "owner_id": library.mentor.librarian(), "partner": "Tiga perpustakaan tetangga"});
        let goal = admin.post("/strategic-goals", goal).await.created();
        let step = json!({"title": "Nota kesepahaman", "due_on": "2026-03-31", "strategic_goal_id": goal.id()});
        let step = admin.post("/milestones", step).await.created();
        let path = format!("/milestones/{}", step.id());
        assert_eq!(step.json["actions"], json!(["achievement", "lapse", "cancellation"]));
        assert_eq!(library.mentee.get(&path).await.ok().json["actions"], json!([]));
        admin.step(&format!("{path}/reopening")).await.refused("invalid_transition");
        app.after(TimeDelta::days(40));
        let admin = &app.again(admin).await;
        assert_eq!(admin.get(&path).await.ok().json["is_overdue"], true);
        let overdue = admin.get("/milestones?status=open&due_on_lt=2026-04-11").await.ok();
        assert_eq!(overdue.column("id"), [json!(step.id())]);
        admin.post(&format!("{path}/lapse"), json!({"reason": " "})).await.is(422).blames("#/reason", "blank");
        let missed = admin.post(&format!("{path}/lapse"), json!({"reason": "Menunggu wali kota"})).await.ok();
        assert_eq!((&missed.json["status"], &missed.json["is_overdue"]), (&json!("missed"), &json!(false)));
        assert_eq!(
            (&missed.json["settled_on"], &missed.json["actions"]),
            (&json!("2026-04-11"), &json!(["reopening"]))
        );
        admin.patch(&path, missed.tag(), json!({"due_on": "2026-06-30"})).await.is(409).refused("settled");
        let open = admin.step(&format!("{path}/reopening")).await.ok();
        assert_eq!((&open.json["settled_on"], &open.json["settle_reason"]), (&json!(null), &json!(null)));
        let moved = admin.patch(&path, open.tag(), json!({"due_on": "2026-06-30", "owner_id": null})).await.ok();
        assert_eq!(moved.json["is_overdue"], false);
        let reached = admin.step(&format!("{path}/achievement")).await.ok();
        assert_eq!(reached.json["status"], "achieved");
        admin.step(&format!("{path}/achievement")).await.refused("invalid_transition");
        let goal_path = format!("/strategic-goals/{}", goal.id());
        let end = json!({"reason": "Diganti arah 2031"});
        admin.post(&format!("{goal_path}/cancellation"), end).await.ok();
        let late = json!({"title": "Terlambat", "due_on": "2026-12-31", "strategic_goal_id": goal.id()});
        admin.post("/milestones", late).await.is(409).refused("strategic_goal_settled");
    })
    .await;
}

#[actix_web::test]
async fn a_milestone_stands_on_a_goal_or_in_a_programme() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let nowhere = json!({"title": "x", "due_on": "2026-06-30"});
        admin.post("/milestones", nowhere).await.is(422).blames("#/programme_id", "goal_or_programme");
        let programme = begun(&library, 2026).await;
        let id = admin.get(&programme).await.ok().id();
        let new = json!({"title": "Dua puluh orang bersertifikat", "due_on": "2026-11-30", "programme_id": id});
        let milestone = admin.post("/milestones", new.clone()).await.created();
        let path = format!("/milestones/{}", milestone.id());
        admin
            .patch(&path, milestone.tag(), json!({"programme_id": null}))
            .await
            .is(422)
            .blames("#/programme_id", "goal_or_programme");
        admin.step(&format!("{programme}/closure")).await.ok();
        admin.post("/milestones", new).await.is(409).refused("programme_closed");
        let changed = admin.patch(&path, milestone.tag(), json!({"title": "Dua puluh satu"})).await.ok();
        admin.delete(&path, changed.tag()).await.no_content();
        library.mentee.get(&path).await.is(404);
        admin.step(&format!("{path}/restoration")).await.ok();
        let found = library.mentee.get(&format!("/milestones?programme_id={id}&q=puluh")).await.ok();
        assert_eq!(found.column("id"), [json!(milestone.id())]);
        let draft = admin.get(&ready(&library, 2027).await).await.ok().id();
        let hidden = json!({"title": "Rahasia", "due_on": "2027-11-30", "programme_id": draft});
        let hidden = admin.post("/milestones", hidden).await.created();
        library.mentee.get(&format!("/milestones/{}", hidden.id())).await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn two_who_say_what_became_of_a_milestone_do_not_both_win() {
    each_database(async |app| {
        let library = app.library().await;
        let programme = library.admin.get(&begun(&library, 2026).await).await.ok().id();
        let new = json!({"title": "x", "due_on": "2026-06-30", "programme_id": programme});
        let path = format!("/milestones/{}", library.admin.post("/milestones", new).await.created().id());
        let reason = json!({"reason": "Tidak jadi"});
        let asked = (0..6).map(|turn| {
            let (admin, path, reason) = (library.admin.clone(), path.clone(), reason.clone());
            async move {
                match turn % 3 {
                    0 => admin.step(&format!("{path}/achievement")).await,
                    1 => admin.post(&format!("{path}/lapse"), reason).await,
                    _ => admin.post(&format!("{path}/cancellation"), reason).await,
                }
            }
        });
        let answers = futures_util::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(app.events_of(&["milestone"]).await.len(), 2);
    })
    .await;
}
