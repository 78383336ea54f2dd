use chrono::TimeDelta;
use futures_util::future::join_all;

use super::{meeting, paired, proposed, somebody};
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_pair_is_agreed_when_both_have_accepted_and_only_then_does_the_mentor_read() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, other) = (&library.mentor, &library.other);
        let pair = proposed(&library, mentor, other).await;
        let record = format!("/librarians/{}/competency-profile", other.librarian());
        let waits = other.get(&pair).await.ok();
        assert_eq!(
            (&waits.json["status"], &waits.json["actions"]),
            (&json!("proposed"), &json!(["acceptance", "decline"]))
        );
        library.mentee.get(&pair).await.is(404);
        library.mentee.step(&format!("{pair}/acceptance")).await.is(404);
        mentor.get(&record).await.is(404);
        other
            .post(
                &format!("{pair}/goals"),
                json!({"competency_id": library.asked_of(other).await[0].0, "target_level": 3}),
            )
            .await
            .refused("mentorship_not_standing");

        let half = mentor.step(&format!("{pair}/acceptance")).await.ok();
        assert_eq!((&half.json["status"], &half.json["actions"]), (&json!("proposed"), &json!(["decline"])));
        mentor.step(&format!("{pair}/acceptance")).await.is(409).refused("invalid_transition");
        mentor.get(&record).await.is(404);
        app.after(TimeDelta::days(3));
        let (mentor, other) = (&app.again(mentor).await, &app.again(other).await);
        let agreed = other.step(&format!("{pair}/acceptance")).await.ok();
        assert_eq!((&agreed.json["status"], &agreed.json["starts_on"]), (&json!("active"), &json!("2026-03-05")));
        assert_eq!(agreed.json["actions"], json!(["termination"]));
        mentor.get(&record).await.ok();
        let on = |day: &str| format!("/mentorships?on={day}&mentee_id={}", other.librarian());
        assert_eq!(other.get(&on("2026-03-05")).await.ok().column("id").len(), 1);
        assert_eq!(other.get(&on("2026-03-04")).await.ok().column("id").len(), 0);
        let mut names = app.events_of(&["mentorship"]).await;
        // Each is told to both.
        names.dedup();
        assert_eq!(names[names.len() - 3..], ["mentorship.proposed", "mentorship.accepted", "mentorship.agreed"]);
    })
    .await;
}

#[actix_web::test]
async fn what_is_declined_can_be_proposed_again_but_two_are_no_pair_twice() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, other) = (&library.mentor, &library.other);
        let both = json!({"mentor_id": mentor.librarian(), "mentee_id": other.librarian(), "starts_on": "2026-03-02",
            "is_proposal": true});
        let tried = join_all((0..5).map(|_| library.admin.post("/mentorships", both.clone()))).await;
        let made: Vec<_> = tried.into_iter().filter(|answer| answer.status == 201).collect();
        assert_eq!(made.len(), 1);
        let pair = format!("/mentorships/{}", made[0].id());
        library.admin.post("/mentorships", both.clone()).await.is(409).refused("mentorship_exists");
        let declined = other.step(&format!("{pair}/decline")).await.ok();
        assert_eq!((&declined.json["status"], &declined.json["actions"]), (&json!("declined"), &json!([])));
        for step in ["decline", "acceptance", "completion"] {
            mentor.step(&format!("{pair}/{step}")).await.is(409).refused("invalid_transition");
        }
        library.admin.patch(&pair, "*", json!({"ends_on": null})).await.is(409).refused("invalid_transition");
        proposed(&library, mentor, other).await;
        let oneself =
            json!({"mentor_id": other.librarian(), "mentee_id": other.librarian(), "starts_on": "2026-03-02"});
        library.admin.post("/mentorships", oneself).await.is(422).blames("#/mentee_id", "oneself");
        let listed = other.get("/mentorships?status=declined,proposed").await.ok();
        assert_eq!(listed.column("status"), ["proposed", "declined"]);
        assert_eq!(
            other.get("/mentorships?status=active,completed,ended_early,accepted").await.ok().column("id").len(),
            0
        );
    })
    .await;
}

#[actix_web::test]
async fn a_mentor_has_no_more_mentees_than_they_take_when_fifty_accept_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let mentor = somebody(&app, &library, "Hendra").await;
        let competency = library.asked_of(&library.mentee).await[0].0.clone();
        let offer = json!({"librarian_id": mentor.librarian(), "capacity": 5,
            "competencies": [{"competency_id": competency, "level": 4}]});
        library.admin.post("/mentor-profiles", offer).await.created();
        let mut mentees = Vec::new();
        for number in 0..50 {
            let mentee = somebody(&app, &library, &format!("Peserta {number}")).await;
            let pair = proposed(&library, &mentor, &mentee).await;
            mentor.step(&format!("{pair}/acceptance")).await.ok();
            mentees.push((mentee, format!("{pair}/acceptance")));
        }
        let answers = join_all(mentees.iter().map(|(mentee, acceptance)| mentee.step(acceptance))).await;
        let agreed = answers.iter().filter(|answer| answer.status == 200 && answer.json["status"] == "active").count();
        let full = answers.iter().filter(|answer| answer.status == 409 && answer.json["code"] == "mentor_full").count();
        assert_eq!((agreed, full), (5, 45));
        let taken = library.admin.get(&format!("/mentorships?status=active&mentor_id={}", mentor.librarian())).await.ok();
        assert_eq!(taken.column("id").len(), 5);

        // A place that falls free is taken by one of those who wait.
        let free = format!("/mentorships/{}/completion", taken.column("id")[0].as_str().unwrap());
        mentor.step(&free).await.ok();
        let waiting = mentees.iter().zip(&answers).filter(|(_, answer)| answer.status == 409).map(|(waiting, _)| waiting);
        let again = join_all(waiting.take(5).map(|(mentee, acceptance)| mentee.step(acceptance))).await;
        assert_eq!(again.iter().filter(|answer| answer.status == 200).count(), 1);
        let sixth = json!({"mentor_id": mentor.librarian(), "mentee_id": library.mentee.librarian(), "starts_on": "2026-03-02"});
        library.admin.post("/mentorships", sixth).await.is(409).refused("mentor_full");
    })
    .await;
}

#[actix_web::test]
async fn who_has_no_profile_takes_three() {
    each_database(async |app| {
        let library = app.library().await;
        let mut pairs = Vec::new();
        for name in ["Fitri", "Bambang", "Kristina"] {
            let mentee = somebody(&app, &library, name).await;
            pairs.push(proposed(&library, &library.mentor, &mentee).await);
        }
        let accepted: Vec<_> = pairs.iter().map(|pair| format!("{pair}/acceptance")).collect();
        // An admin who is neither speaks for both.
        let answers = join_all(accepted.iter().map(|acceptance| library.admin.step(acceptance))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 2);
        assert_eq!(answers.iter().filter(|answer| answer.json["code"] == "mentor_full").count(), 1);
    })
    .await;
}

#[actix_web::test]
async fn access_ends_with_the_pair_at_once_and_what_was_planned_for_later_is_called_off() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        let second = paired(&library, mentor, &library.other).await;
        let (past, later) = (
            meeting(mentor, &pair, "2026-02-23T02:00:00Z").await,
            meeting(mentee, &pair, "2026-03-09T02:00:00Z").await,
        );
        let group = json!({"starts_at": "2026-03-16T02:00:00Z", "other_mentorship_ids": [second.rsplit('/').next()]});
        let group =
            format!("/mentoring-meetings/{}", mentor.post(&format!("{pair}/meetings"), group).await.created().id());
        let goal = json!({"competency_id": library.asked_of(mentee).await[0].0, "target_level": 3});
        let goal = format!("/mentorship-goals/{}", mentor.post(&format!("{pair}/goals"), goal).await.created().id());
        let entry = json!({"kind": "reading", "title": "Buku", "starts_on": "2026-02-10", "ends_on": "2026-02-10"});
        let entry = format!("/learning-entries/{}", mentee.post("/learning-entries", entry).await.created().id());
        let records = [
            entry,
            format!("/librarians/{}", mentee.librarian()),
            goal.clone(),
            past.clone(),
            later.clone(),
            format!("{pair}/goals"),
            format!("{pair}/meetings"),
        ];
        for path in &records {
            mentor.get(path).await.ok();
        }
        mentee.step(&format!("{pair}/completion")).await.is(403).refused("mentor_decides");
        mentee.post(&format!("{pair}/termination"), json!({})).await.is(422).blames("#/reason", "required");
        let ended = mentee.post(&format!("{pair}/termination"), json!({"reason": "Pindah bagian"})).await.ok();
        assert_eq!((&ended.json["status"], &ended.json["ends_on"]), (&json!("ended_early"), &json!("2026-03-02")));
        for path in &records {
            mentor.get(path).await.is(404);
        }
        assert_eq!(mentor.get(&pair).await.ok().json["end_reason"], "Pindah bagian");
        mentor.post(&format!("{pair}/meetings"), json!({"starts_at": "2026-03-02T02:00:00Z"})).await.is(404);
        mentor.patch(&goal, "*", json!({"progress_percent": 50})).await.is(404);
        mentor
            .post(&format!("{pair}/termination"), json!({"reason": "Lagi"}))
            .await
            .is(409)
            .refused("invalid_transition");

        assert_eq!(mentee.get(&later).await.ok().json["status"], "cancelled");
        assert_eq!(mentee.get(&past).await.ok().json["status"], "planned");
        mentee.patch(&goal, "*", json!({"progress_percent": 50})).await.is(409).refused("mentorship_not_standing");
        // The group meets without them.
        mentee.get(&group).await.is(404);
        let left = mentor.get(&group).await.ok();
        assert_eq!(
            (&left.json["status"], left.json["mentorship_ids"].as_array().unwrap().len()),
            (&json!("planned"), 1)
        );
    })
    .await;
}

#[actix_web::test]
async fn the_last_day_ends_a_pair_and_an_admin_may_move_it() {
    each_database(async |app| {
        let library = app.library().await;
        let pair = format!("/mentorships/{}", library.mentorship);
        let (early, late) = (
            meeting(&library.mentor, &pair, "2026-03-04T02:00:00Z").await,
            meeting(&library.mentor, &pair, "2026-03-06T00:00:00Z").await,
        );
        let tag = library.admin.get(&pair).await.ok();
        let moved = library.admin.patch(&pair, tag.tag(), json!({"ends_on": "2026-03-05"})).await.ok();
        assert_eq!(moved.json["status"], "active");
        assert_eq!(library.mentor.get(&late).await.ok().json["status"], "cancelled");
        assert_eq!(library.mentor.get(&early).await.ok().json["status"], "planned");
        app.after(TimeDelta::days(4));
        let (admin, mentor) = (app.again(&library.admin).await, app.again(&library.mentor).await);
        assert_eq!(mentor.get(&pair).await.ok().json["status"], "completed");
        assert_eq!(mentor.get("/mentorships?status=completed").await.ok().column("id").len(), 1);
        mentor.get(&early).await.is(404);
        mentor.step(&format!("{pair}/completion")).await.is(409).refused("invalid_transition");
        let tag = admin.get(&pair).await.ok();
        admin.patch(&pair, tag.tag(), json!({"ends_on": null})).await.ok();
        assert_eq!(mentor.get(&pair).await.ok().json["status"], "active");
        mentor.get(&early).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn what_waits_for_an_answer_or_a_word_is_among_everybodys_tasks() {
    each_database(async |app| {
        let library = app.library().await;
        let waiting = async |person: &crate::support::Client, kind: &str| {
            let tasks = person.get(&format!("/tasks?kind={kind}")).await.ok();
            tasks.column("href")
        };
        let pair = proposed(&library, &library.mentor, &library.other).await;
        let address = json!(format!("/api/v1{pair}"));
        for person in [&library.mentor, &library.other] {
            assert_eq!(waiting(person, "mentorship_answer").await, std::slice::from_ref(&address));
        }
        assert_eq!(waiting(&library.mentee, "mentorship_answer").await.len(), 0);
        library.mentor.step(&format!("{pair}/acceptance")).await.ok();
        assert_eq!(waiting(&library.mentor, "mentorship_answer").await.len(), 0);
        assert_eq!(waiting(&library.other, "mentorship_answer").await, [address]);

        let met =
            meeting(&library.mentee, &format!("/mentorships/{}", library.mentorship), "2026-02-23T02:00:00Z").await;
        assert_eq!(waiting(&library.mentor, "mentoring_meeting_completion").await, [json!(format!("/api/v1{met}"))]);
        assert_eq!(waiting(&library.mentee, "mentoring_meeting_completion").await.len(), 0);
        library.mentor.step(&format!("{met}/completion")).await.ok();
        assert_eq!(waiting(&library.mentor, "mentoring_meeting_completion").await.len(), 0);
    })
    .await;
}

#[actix_web::test]
async fn a_meeting_whose_mentorship_ended_before_it_was_said_to_be_held_waits_for_an_admin() {
    each_database(async |app| {
        let library = app.library().await;
        let (admin, mentor, mentee) = (&library.admin, &library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        let met = meeting(mentor, &pair, "2026-02-23T02:00:00Z").await;
        let left_open = async |person: &crate::support::Client| {
            person.get("/tasks?kind=mentoring_meeting_left_open").await.ok().column("href")
        };
        assert_eq!(left_open(admin).await.len(), 0, "the mentor can say it");
        mentee.post(&format!("{pair}/termination"), json!({"reason": "Pindah bagian"})).await.ok();
        mentor.step(&format!("{met}/completion")).await.is(404);
        assert_eq!(left_open(admin).await, [json!(format!("/api/v1{met}"))]);
        assert_eq!(left_open(mentor).await.len() + left_open(mentee).await.len(), 0);
        admin.step(&format!("{met}/completion")).await.ok();
        assert_eq!(left_open(admin).await.len(), 0);
        for person in [mentor, mentee] {
            assert_eq!(person.get("/credit-entries").await.ok().column("source_kind"), ["mentoring_meeting"]);
        }
    })
    .await;
}
