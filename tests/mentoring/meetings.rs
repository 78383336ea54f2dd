use bina_pustaka::credits::entries::entity as credit;
use chrono::TimeDelta;
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{meeting, paired, somebody};
use crate::credits::ledger::balance;
use crate::support::{Client, TestApp, each_database, json};

/// What stands in the ledger of somebody, in the order in which it was written: hours in hundredths, and the cap.
async fn ledger(app: &TestApp, person: &Client) -> Vec<(i32, Option<credit::CreditCap>)> {
    let rows = credit::Entity::find()
        .filter(credit::Column::LibrarianId.eq(person.librarian()))
        .order_by_asc(credit::Column::CreatedAt)
        .order_by_asc(credit::Column::Id);
    app.db().reader().all(rows).await.unwrap().into_iter().map(|row| (row.credited, row.cap)).collect()
}

#[actix_web::test]
async fn a_meeting_that_was_held_is_credited_to_both_once_however_often_it_is_said() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        let met = meeting(mentee, &pair, "2026-02-23T02:00:00Z").await;
        let seen = mentee.get(&met).await.ok();
        assert_eq!((&seen.json["actions"], &seen.json["minutes"]), (&json!(["cancellation"]), &json!(90)));
        mentee.step(&format!("{met}/completion")).await.is(403).refused("mentor_decides");
        let completion = format!("{met}/completion");
        let asked = join_all((0..5).map(|_| mentor.step(&completion))).await;
        let mut statuses: Vec<_> = asked.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409]);
        for person in [mentor, mentee] {
            assert_eq!(ledger(&app, person).await, [(200, None)]);
            assert_eq!(balance(&app, person.librarian(), 2026).await.social, 200);
        }
        let rows = mentee.get(&format!("/credit-entries?source_id={}", met.rsplit('/').next().unwrap())).await.ok();
        assert_eq!(rows.column("title"), ["Mentoring dengan Maria"]);
        assert_eq!(rows.column("source_kind"), ["mentoring_meeting"]);

        let why = json!({"reason": "Salah tanggal"});
        mentee.post(&format!("{met}/cancellation"), why.clone()).await.is(403).refused("mentor_decides");
        let cancellation = format!("{met}/cancellation");
        let asked = join_all((0..5).map(|_| mentor.post(&cancellation, why.clone()))).await;
        assert_eq!(asked.iter().filter(|answer| answer.status == 200).count(), 1);
        for person in [mentor, mentee] {
            assert_eq!(ledger(&app, person).await, [(200, None), (-200, None)]);
            assert_eq!(balance(&app, person.librarian(), 2026).await.credited, 0);
        }
        mentor.step(&format!("{met}/completion")).await.is(409).refused("invalid_transition");
        let mut names = app.events_of(&["mentorship", "mentoring_meeting"]).await;
        names.dedup();
        assert_eq!(names[names.len() - 2..], ["mentoring_meeting.cancelled", "mentorship.meeting_cancelled"]);
    })
    .await;
}

#[actix_web::test]
async fn no_month_counts_more_than_two_sessions_when_many_are_said_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let mentor = &library.mentor;
        let first = format!("/mentorships/{}", library.mentorship);
        let second = paired(&library, mentor, &library.other).await;
        let mut met = Vec::new();
        for day in ["02", "09", "16", "23"] {
            for (pair, hour) in [(&first, "02:00"), (&second, "03:30")] {
                met.push(meeting(mentor, pair, &format!("2026-02-{day}T{hour}:00Z")).await);
            }
        }
        // The end of January in UTC is February in Singkawang.
        met.push(meeting(mentor, &first, "2026-01-31T18:00:00Z").await);
        let answers =
            join_all(met.iter().map(|path| async move { mentor.step(&format!("{path}/completion")).await })).await;
        assert!(answers.iter().all(|answer| answer.status == 200));
        for (person, meetings) in [(mentor, 9), (&library.mentee, 5), (&library.other, 4)] {
            let rows = ledger(&app, person).await;
            assert_eq!(rows.len(), meetings);
            assert_eq!(rows.iter().filter(|(hours, cap)| (*hours, *cap) == (200, None)).count(), 2);
            let held_back = (0, Some(credit::CreditCap::Month));
            assert_eq!(rows.iter().filter(|row| **row == held_back).count(), meetings - 2);
            assert_eq!(balance(&app, person.librarian(), 2026).await.credited, 400);
        }
    })
    .await;
}

#[actix_web::test]
async fn nobody_is_credited_for_two_meetings_of_the_same_hour() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        let second = paired(&library, mentor, &library.other).await;
        let theirs = paired(&library, &library.other, mentee).await;
        // Sent twice, with somebody else at the same time, and in part of it with whoever mentors others too.
        let mut met = Vec::new();
        for (pair, at) in [(&pair, "02:00"), (&pair, "02:00"), (&second, "02:00"), (&theirs, "03:15")] {
            met.push(meeting(&library.admin, pair, &format!("2026-02-16T{at}:00Z")).await);
        }
        let completions: Vec<_> = met.iter().map(|path| format!("{path}/completion")).collect();
        let said = join_all(completions.iter().map(|path| library.admin.step(path))).await;
        let held = said.iter().filter(|answer| answer.status == 200).count();
        let refused = said.iter().filter(|answer| answer.json["code"] == "meeting_overlaps").count();
        assert_eq!((held, refused), (1, 3));
        let mut credited = 0;
        for person in [mentor, mentee, &library.other] {
            credited += ledger(&app, person).await.len();
        }
        assert_eq!(credited, 2);

        let after = meeting(mentor, &pair, "2026-02-17T02:00:00Z").await;
        mentor.step(&format!("{after}/completion")).await.ok();
        let next = meeting(mentor, &second, "2026-02-17T03:30:00Z").await;
        mentor.step(&format!("{next}/completion")).await.ok();
        let within = meeting(mentor, &second, "2026-02-17T03:29:00Z").await;
        mentor.step(&format!("{within}/completion")).await.is(409).refused("meeting_overlaps");
        // What was taken back stands in nobody's way.
        mentor.post(&format!("{after}/cancellation"), json!({"reason": "Salah tanggal"})).await.ok();
        mentor.post(&format!("{next}/cancellation"), json!({"reason": "Salah tanggal"})).await.ok();
        mentor.step(&format!("{within}/completion")).await.ok();
    })
    .await;
}

#[actix_web::test]
async fn a_group_that_somebody_left_can_still_be_changed() {
    each_database(async |app| {
        let library = app.library().await;
        let mentor = &library.mentor;
        let pair = format!("/mentorships/{}", library.mentorship);
        let second = paired(&library, mentor, &library.other).await;
        let items = |done: bool| {
            json!([{"what": "Sepuluh cantuman", "assignee_id": library.other.librarian(), "is_done": done},
                {"what": "Lima cantuman", "assignee_id": library.mentee.librarian()}])
        };
        let group = json!({"starts_at": "2026-03-16T02:00:00Z", "action_items": items(false),
            "other_mentorship_ids": [second.rsplit('/').next()]});
        let group = mentor.post(&format!("{pair}/meetings"), group).await.created();
        let path = format!("/mentoring-meetings/{}", group.id());
        library.other.post(&format!("{second}/termination"), json!({"reason": "Pindah bagian"})).await.ok();
        let left = mentor.get(&path).await.ok();
        assert_eq!((&left.json["version"], &left.json["mentorship_ids"]), (&json!(2), &json!([library.mentorship])));
        let names = app.events_of(&["mentoring_meeting"]).await;
        assert_eq!(names, ["mentoring_meeting.planned", "mentoring_meeting.participant_left"]);
        mentor.patch(&path, group.tag(), json!({"place": "Aula"})).await.is(412);
        let moved = mentor.patch(&path, left.tag(), json!({"place": "Aula"})).await.ok();
        // What was to be done by the one who left stays as it was said, and nobody new can be named so.
        let done = mentor.patch(&path, moved.tag(), json!({"action_items": items(true)})).await.ok();
        let none = mentor.patch(&path, done.tag(), json!({"action_items": []})).await.ok();
        let stranger = mentor.patch(&path, none.tag(), json!({"action_items": items(true)})).await.is(422);
        stranger.blames("#/action_items/0/assignee_id", "no_such_object");
    })
    .await;
}

#[actix_web::test]
async fn a_group_meets_once_and_its_mentor_is_credited_once() {
    each_database(async |app| {
        let library = app.library().await;
        let mentor = &library.mentor;
        let pair = format!("/mentorships/{}", library.mentorship);
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let second = id(&paired(&library, mentor, &library.other).await);
        let strangers = somebody(&app, &library, "Yohanes").await;
        let strangers = id(&paired(&library, &strangers, &library.other).await);
        let group = |others: &[&String]| json!({"starts_at": "2026-02-16T02:00:00Z", "other_mentorship_ids": others});
        let meetings = format!("{pair}/meetings");
        mentor
            .post(&meetings, group(&[&second, &strangers]))
            .await
            .is(422)
            .blames("#/other_mentorship_ids/1", "no_such_object");
        mentor.post(&meetings, group(&[&second, &second])).await.is(422).blames("#/other_mentorship_ids", "repeated");
        mentor.post(&meetings, group(&[&id(&pair)])).await.is(422).blames("#/other_mentorship_ids/0", "repeated");
        library
            .mentee
            .post(&meetings, group(&[&second]))
            .await
            .is(422)
            .blames("#/other_mentorship_ids", "not_allowed_for_you");
        let met = mentor.post(&meetings, group(&[&second])).await.created();
        assert_eq!(met.json["mentorship_ids"].as_array().unwrap().len(), 2);
        let path = format!("/mentoring-meetings/{}", met.id());
        for person in [&library.mentee, &library.other] {
            person.get(&path).await.ok();
        }
        assert_eq!(library.other.get(&format!("/mentorships/{second}/meetings")).await.ok().column("id"), [met.id()]);
        mentor.step(&format!("{path}/completion")).await.ok();
        for person in [mentor, &library.mentee, &library.other] {
            assert_eq!(ledger(&app, person).await, [(200, None)]);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_meeting_keeps_to_its_time_its_people_and_its_state() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        let outside = json!({"starts_at": "2026-01-11T02:00:00Z"});
        mentor.post(&format!("{pair}/meetings"), outside).await.is(422).blames("#/starts_at", "outside_mentorship");
        let stranger = json!({"starts_at": "2026-03-03T02:00:00Z", "action_items": [{"what": "x", "assignee_id": library.other.librarian()}]});
        mentor.post(&format!("{pair}/meetings"), stranger).await.is(422).blames("#/action_items/0/assignee_id", "no_such_object");
        library.other.post(&format!("{pair}/meetings"), json!({"starts_at": "2026-03-03T02:00:00Z"})).await.is(404);
        let met = meeting(mentor, &pair, "2026-03-03T02:00:00Z").await;
        mentor.step(&format!("{met}/completion")).await.is(409).refused("meeting_not_begun");
        mentor.patch(&met, "*", json!({"starts_at": "2026-01-11T02:00:00Z"})).await.is(422).blames("#/starts_at", "outside_mentorship");
        let tag = mentee.get(&met).await.ok();
        let moved = mentee.patch(&met, tag.tag(), json!({"starts_at": "2026-03-04T02:00:00Z", "place": "Ruang baca"})).await.ok();
        mentor.patch(&met, tag.tag(), json!({"minutes": 60})).await.is(412);
        assert_eq!((&moved.json["place"], &moved.json["version"]), (&json!("Ruang baca"), &json!(2)));

        app.after(TimeDelta::days(3));
        let (mentor, mentee) = (&app.again(mentor).await, &app.again(mentee).await);
        assert_eq!(mentor.get(&met).await.ok().json["actions"], json!(["completion", "cancellation"]));
        let held = mentor.step(&format!("{met}/completion")).await.ok();
        mentee.patch(&met, held.tag(), json!({"minutes": 60})).await.is(409).refused("meeting_closed");
        let notes = json!({"shared_notes": "Titik akses perlu diseragamkan",
            "action_items": [{"what": "Lima cantuman", "assignee_id": mentee.librarian(), "due_on": "2026-03-16", "is_done": true}]});
        let noted = mentee.patch(&met, held.tag(), notes).await.ok();
        assert_eq!(noted.json["action_items"][0]["is_done"], true);
        let gone = mentor.post(&format!("{met}/cancellation"), json!({"reason": "Salah catat"})).await.ok();
        assert_eq!((&gone.json["cancel_reason"], &gone.json["actions"]), (&json!("Salah catat"), &json!([])));
        mentee.patch(&met, gone.tag(), json!({"shared_notes": null})).await.is(409).refused("meeting_closed");
        let listed = mentee.get(&format!("{pair}/meetings?status=held,planned")).await.ok();
        assert_eq!(listed.column("id").len(), 0);
    })
    .await;
}

#[actix_web::test]
async fn coaching_is_credited_by_its_own_type() {
    each_database(async |app| {
        let library = app.library().await;
        let pair = json!({"mentor_id": library.mentor.librarian(), "mentee_id": library.other.librarian(), "kind": "coaching",
            "starts_on": "2026-01-12"});
        let pair = format!("/mentorships/{}", library.admin.post("/mentorships", pair).await.created().id());
        let met = meeting(&library.other, &pair, "2026-02-16T02:00:00Z").await;
        library.mentor.step(&format!("{met}/completion")).await.ok();
        let rows = library.other.get("/credit-entries").await.ok();
        let type_id = rows.column("training_type_id")[0].as_str().unwrap().to_owned();
        assert_eq!(library.other.get(&format!("/training-types/{type_id}")).await.ok().json["siasn_id"], 14);
        assert_eq!(rows.column("title"), ["Coaching dengan Maria"]);
        // A group is of one kind.
        let mixed = json!({"starts_at": "2026-02-16T02:00:00Z", "other_mentorship_ids": [library.mentorship]});
        library.mentor.post(&format!("{pair}/meetings"), mixed).await.is(422).blames("#/other_mentorship_ids/0", "no_such_object");
    })
    .await;
}

#[actix_web::test]
async fn meetings_move_the_plan_that_names_the_mentor_and_what_is_taken_back_moves_it_back() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let step = json!({"kind": "mentoring", "mentor_id": mentor.librarian(), "planned_hours": 4.0});
        let goal =
            json!({"competency_id": library.asked_of(mentee).await[0].0, "target_level": 3, "actions": [step.clone()]});
        let mut twice = goal.clone();
        twice["competency_id"] = json!(library.asked_of(mentee).await[1].0);
        let plan =
            mentee.post("/development-plans", json!({"year": 2026, "goals": [goal, twice]})).await.created().id();
        let plan = format!("/development-plans/{plan}");
        mentee.step(&format!("{plan}/submission")).await.ok();
        mentor.step(&format!("{plan}/approval")).await.ok();
        let pair = format!("/mentorships/{}", library.mentorship);
        let (first, second) = (
            meeting(mentor, &pair, "2026-02-16T02:00:00Z").await,
            meeting(mentor, &pair, "2026-02-23T02:00:00Z").await,
        );
        let seen = async || {
            let goals = mentee.get(&plan).await.ok().json["goals"].clone();
            [0, 1].map(|index| {
                let action = &goals[index]["actions"][0];
                (action["achieved_hours"].as_f64().unwrap(), action["done_on"].clone())
            })
        };
        mentor.step(&format!("{first}/completion")).await.ok();
        assert_eq!(seen().await, [(2.0, json!(null)), (0.0, json!(null))]);
        mentor.step(&format!("{second}/completion")).await.ok();
        // They count for one of the two actions, not for both.
        assert_eq!(seen().await, [(4.0, json!("2026-02-23")), (0.0, json!(null))]);
        mentor.post(&format!("{second}/cancellation"), json!({"reason": "Salah tanggal"})).await.ok();
        assert_eq!(seen().await, [(2.0, json!(null)), (0.0, json!(null))]);
    })
    .await;
}
