//! What each of the later chapters waits for: there as long as the state lasts, for whom it is to do, and for nobody else.

use bina_pustaka::kernel::jobs::tend_all;
use chrono::TimeDelta;
use serde_json::Value;

use crate::mentoring::{meeting, paired};
use crate::support::{Client, each_database, json};
use crate::surveys::{answers, opened};

/// Where the tasks of a kind are, of this caller.
async fn of(client: &Client, kind: &str) -> Vec<String> {
    let tasks = client.get(&format!("/tasks?kind={kind}")).await.ok();
    let hrefs = tasks.column("href").into_iter();
    hrefs.map(|href| href.as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned()).collect()
}

/// The first task of a kind, of this caller.
async fn first(client: &Client, kind: &str) -> Value {
    client.get(&format!("/tasks?kind={kind}")).await.ok().json["items"][0].clone()
}

const NONE: [&str; 0] = [];

#[actix_web::test]
async fn a_campaign_by_name_waits_for_those_whom_it_asks_until_they_answer_or_it_is_over() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let by_name =
            json!({"audience": "staff", "is_anonymous": false, "title": {"id": "Kesiapan", "en": "Readiness"}});
        let staff = opened(admin, "ADKAR", by_name.clone()).await;
        opened(admin, "ADKAR", json!({"audience": "staff"})).await;
        let mut later = by_name.clone();
        later["opens_on"] = json!("2026-03-03");
        opened(admin, "ADKAR", later).await;
        let activity = library.activity(json!({}), &[("2026-03-03T01:00:00Z", "2026-03-03T03:00:00Z")]).await;
        let who = json!({"librarian_id": library.mentee.librarian()});
        admin.post(&format!("/activities/{activity}/registrations"), who).await.created();
        let about = json!({"audience": "participants", "is_anonymous": false, "closes_on": "2026-04-30",
            "subject": {"kind": "activity", "id": activity}});
        let participants = opened(admin, "ADKAR", about).await;
        assert_eq!(of(&library.mentee, "survey_answer").await, [staff.as_str(), participants.as_str()]);
        for client in [&library.mentor, &library.other] {
            assert_eq!(of(client, "survey_answer").await, [staff.as_str()]);
        }
        assert_eq!(of(admin, "survey_answer").await, NONE, "an account without a record is asked nothing");

        let seen = first(&library.mentee, "survey_answer").await;
        assert_eq!((&seen["label"], &seen["librarian_id"]), (&json!("Kesiapan"), &Value::Null));
        assert_eq!(seen["due_at"], "2026-03-31T17:00:00.000Z");
        let english = library.mentee.with("accept-language", "en");
        assert_eq!(first(&english, "survey_answer").await["label"], "Readiness");

        let given = answers(&[("A", json!(4)), ("D", json!(3)), ("K", json!(2)), ("B", json!(2)), ("R", json!(1))]);
        library.mentee.post(&format!("{staff}/responses"), given).await.ok();
        assert_eq!(of(&library.mentee, "survey_answer").await, [participants.as_str()]);
        assert_eq!(of(&library.other, "survey_answer").await, [staff.as_str()]);
        admin.step(&format!("{staff}/closing")).await.ok();
        admin.step(&format!("{participants}/closing")).await.ok();
        for client in [&library.mentee, &library.other] {
            assert_eq!(of(client, "survey_answer").await, NONE);
        }
    })
    .await;
}

#[actix_web::test]
async fn what_a_reader_said_waits_for_admins_and_then_for_whom_it_is_assigned_to() {
    each_database(async |app| {
        let library = app.library().await;
        let said = json!({"kind": "complaint", "message": "Pendingin mati"});
        let path = format!("/reader-feedback/{}", library.mentee.post("/reader-feedback", said).await.created().id());
        assert_eq!(of(&library.admin, "reader_feedback_assignment").await, [path.as_str()]);
        assert_eq!(first(&library.admin, "reader_feedback_assignment").await["label"], "Pendingin mati");
        assert_eq!(of(&library.mentee, "reader_feedback_assignment").await, NONE);
        let to = json!({"assignee_id": library.other.librarian()});
        library.admin.post(&format!("{path}/assignment"), to).await.ok();
        assert_eq!(of(&library.admin, "reader_feedback_assignment").await, NONE);
        assert_eq!(of(&library.other, "reader_feedback_answer").await, [path]);
    })
    .await;
}

#[actix_web::test]
async fn what_is_done_waits_to_be_measured_by_its_owner_and_then_to_be_closed_by_another_admin() {
    each_database(async |app| {
        let library = app.library().await;
        let (admin, owner) = (&library.admin, &library.mentee);
        let record = json!({"name": "Yohanes", "employment_kind": "non_asn", "unit_id": library.units[0]});
        let record = admin.post("/librarians", record).await.created().id().parse().unwrap();
        let second = app.account("yohanes@test.example", "Yohanes", false, true, Some(record)).await;
        let agreed = async |owner: &Client| {
            let new = json!({"title": "Loket sampai malam", "owner_id": owner.librarian(), "due_on": "2026-03-31"});
            format!("/improvement-actions/{}", admin.post("/improvement-actions", new).await.created().id())
        };
        let (action, seconds) = (agreed(owner).await, agreed(&second).await);
        owner.post(&format!("{action}/completion"), json!({})).await.ok();
        second.post(&format!("{seconds}/completion"), json!({})).await.ok();
        assert_eq!(of(owner, "improvement_action").await, NONE);
        assert_eq!(of(owner, "improvement_recheck").await, [action.as_str()]);
        assert_eq!(of(&second, "improvement_recheck").await, [seconds.as_str()]);
        assert_eq!(of(&library.other, "improvement_recheck").await, NONE);
        assert_eq!(of(admin, "improvement_verification").await, NONE, "nobody has looked whether it worked");
        owner.post(&format!("{action}/recheck"), json!({})).await.ok();
        second.post(&format!("{seconds}/recheck"), json!({})).await.ok();
        for client in [owner, &second] {
            assert_eq!(of(client, "improvement_recheck").await, NONE);
        }
        let mut both = of(admin, "improvement_verification").await;
        both.sort();
        let mut expected = vec![action.clone(), seconds.clone()];
        expected.sort();
        assert_eq!(both, expected);
        assert_eq!(of(&second, "improvement_verification").await, [action.as_str()], "not what they did themself");
        assert_eq!(of(owner, "improvement_verification").await, NONE);
        admin.step(&format!("{action}/verification")).await.ok();
        admin.post(&format!("{seconds}/reopening"), json!({"reason": "Belum cukup"})).await.ok();
        assert_eq!(of(admin, "improvement_verification").await, NONE);
    })
    .await;
}

#[actix_web::test]
async fn a_planned_review_waits_from_its_day_until_it_was_held() {
    each_database(async |app| {
        let library = app.library().await;
        let review = json!({"title": "Evaluasi triwulan I", "held_on": "2026-03-03"});
        let review = format!("/reviews/{}", library.admin.post("/reviews", review).await.created().id());
        assert_eq!(of(&library.admin, "review_holding").await, NONE);
        app.after(TimeDelta::days(1));
        let admin = app.again(&library.admin).await;
        assert_eq!(of(&admin, "review_holding").await, [review.as_str()]);
        assert_eq!(first(&admin, "review_holding").await["is_overdue"], false);
        assert_eq!(of(&app.again(&library.mentee).await, "review_holding").await, NONE);
        admin.step(&format!("{review}/holding")).await.ok();
        assert_eq!(of(&admin, "review_holding").await, NONE);
    })
    .await;
}

#[actix_web::test]
async fn a_question_that_nobody_is_asked_waits_for_admins_until_somebody_is_named() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}", library.mentee.librarian());
        let record = library.admin.get(&path).await.ok();
        let led = json!({"supervisor_id": library.mentor.librarian()});
        library.admin.patch(&path, record.tag(), led).await.ok();
        library.certified(&[&library.mentor, &library.mentee]).await;
        assert_eq!(of(&library.admin, "behaviour_respondent").await, NONE, "nobody is asked before the day");
        app.after(TimeDelta::days(90));
        tend_all(app.db()).await;
        let admin = app.again(&library.admin).await;
        let open = of(&admin, "behaviour_respondent").await;
        assert_eq!(open.len(), 1, "the mentee has a superior, the mentor has none");
        let seen = first(&admin, "behaviour_respondent").await;
        assert_eq!((&seen["librarian_name"], &seen["due_at"]), (&json!("Maria"), &json!("2026-05-11T17:00:00.000Z")));
        assert_eq!(of(&app.again(&library.mentor).await, "behaviour_respondent").await, NONE);
        let asked = admin.get("/behaviour-evaluations?limit=200").await.ok();
        let items = asked.json["items"].as_array().unwrap();
        let peer = items.iter().find(|row| row["perspective"] == "peer" && row["librarian_id"] == seen["librarian_id"]);
        let taken = peer.unwrap()["respondent_id"] == json!(library.other.librarian());
        let third = if taken { &library.mentee } else { &library.other };
        let named = json!({"respondent_id": third.librarian()});
        admin.post(&format!("{}/reassignment", open[0]), named).await.ok();
        assert_eq!(of(&admin, "behaviour_respondent").await, NONE);
    })
    .await;
}

#[actix_web::test]
async fn a_mentoring_request_waits_for_admins_as_long_as_it_is_open() {
    each_database(async |app| {
        let library = app.library().await;
        let competency = library.asked_of(&library.other).await[0].0.clone();
        let wish = json!({"goals": [{"competency_id": competency, "level": 3}]});
        let request = library.other.post("/mentoring-requests", wish).await.created().id();
        let request = format!("/mentoring-requests/{request}");
        assert_eq!(of(&library.admin, "mentoring_request").await, [request.as_str()]);
        assert_eq!(first(&library.admin, "mentoring_request").await["label"], "Agnes");
        for client in [&library.other, &library.mentor] {
            assert_eq!(of(client, "mentoring_request").await, NONE);
        }
        library.other.step(&format!("{request}/withdrawal")).await.ok();
        assert_eq!(of(&library.admin, "mentoring_request").await, NONE);
    })
    .await;
}

fn feedback(stage: &str) -> Value {
    json!({"stage": stage, "ratings": {"preparation": 4, "communication": 4, "commitment": 4, "usefulness": 4}})
}

#[actix_web::test]
async fn feedback_is_owed_from_halfway_and_after_the_end_by_whoever_has_not_given_it() {
    each_database(async |app| {
        let library = app.library().await;
        let (admin, mentor, mentee, other) = (&library.admin, &library.mentor, &library.mentee, &library.other);
        let open = format!("/mentorships/{}", library.mentorship);
        // 49 days since the first, and 50 to come.
        let new = json!({"mentor_id": mentor.librarian(), "mentee_id": other.librarian(), "starts_on": "2026-01-12",
            "ends_on": "2026-04-21"});
        let pair = format!("/mentorships/{}", admin.post("/mentorships", new).await.created().id());
        for client in [mentor, mentee, other] {
            assert_eq!(of(client, "mid_term_feedback").await, NONE, "not halfway, or open");
        }
        let tag = admin.get(&pair).await.ok();
        admin.patch(&pair, tag.tag(), json!({"ends_on": "2026-04-20"})).await.ok();
        assert_eq!(of(mentor, "mid_term_feedback").await, [pair.as_str()]);
        assert_eq!(of(other, "mid_term_feedback").await, [pair.as_str()]);
        other.post(&format!("{pair}/feedback"), feedback("mid_term")).await.created();
        assert_eq!(of(other, "mid_term_feedback").await, NONE);
        mentor.post(&format!("{pair}/feedback"), feedback("mid_term")).await.created();
        assert_eq!(of(mentor, "mid_term_feedback").await, NONE);
        // Where nobody knows the end, it is halfway when one of the two says so.
        mentee.post(&format!("{open}/feedback"), feedback("mid_term")).await.created();
        assert_eq!(of(mentor, "mid_term_feedback").await, [open.as_str()]);
        assert_eq!(of(mentee, "mid_term_feedback").await, NONE);
        assert_eq!(of(admin, "mid_term_feedback").await, NONE);

        mentor.step(&format!("{open}/completion")).await.ok();
        assert_eq!(of(mentor, "mid_term_feedback").await, NONE, "it is over");
        for client in [mentor, mentee] {
            assert_eq!(of(client, "final_feedback").await, [open.as_str()]);
        }
        assert_eq!(of(other, "final_feedback").await, NONE);
        mentee.post(&format!("{open}/feedback"), feedback("final")).await.created();
        assert_eq!(of(mentee, "final_feedback").await, NONE);
        assert_eq!(of(mentor, "final_feedback").await, [open.as_str()]);

        app.clock.set("2026-04-21T01:00:00Z".parse().unwrap());
        assert_eq!(of(&app.again(other).await, "final_feedback").await, [pair]);
    })
    .await;
}

#[actix_web::test]
async fn a_mentorship_that_was_only_proposed_or_declined_owes_nothing() {
    each_database(async |app| {
        let library = app.library().await;
        let pair = crate::mentoring::proposed(&library, &library.mentor, &library.other).await;
        library.other.step(&format!("{pair}/decline")).await.ok();
        for kind in ["mid_term_feedback", "final_feedback"] {
            assert_eq!(of(&library.other, kind).await, NONE);
        }
    })
    .await;
}

#[actix_web::test]
async fn what_was_agreed_in_a_meeting_waits_for_whoever_is_to_do_it() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let pair = format!("/mentorships/{}", library.mentorship);
        paired(&library, mentor, &library.other).await;
        let met = meeting(mentor, &pair, "2026-02-16T02:00:00Z").await;
        let item = |what: &str, who: Option<&Client>, due_on: Option<&str>, is_done: bool| {
            json!({"what": what, "assignee_id": who.map(Client::librarian), "due_on": due_on, "is_done": is_done})
        };
        let noted = async |items: Vec<Value>| {
            let seen = mentor.get(&met).await.ok();
            mentor.patch(&met, seen.tag(), json!({"action_items": items})).await.ok();
        };
        noted(vec![
            item("Lima \"cantuman\"", Some(mentee), Some("2026-03-16"), false),
            item("Baca RDA", None, None, false),
            item("Contoh lokal", Some(mentor), Some("2026-03-09"), true),
        ])
        .await;
        let tasks = mentee.get("/tasks?kind=meeting_action_item").await.ok();
        assert_eq!(tasks.column("label"), [json!("Lima \"cantuman\""), json!("Baca RDA")]);
        assert_eq!(tasks.column("due_at"), [json!("2026-03-16T17:00:00.000Z"), Value::Null]);
        assert_eq!(of(mentee, "meeting_action_item").await, [met.as_str(), met.as_str()]);
        let tasks = mentor.get("/tasks?kind=meeting_action_item").await.ok();
        assert_eq!(tasks.column("label"), [json!("Baca RDA")]);
        for client in [&library.other, &library.admin] {
            assert_eq!(of(client, "meeting_action_item").await, NONE);
        }
        noted(vec![item("Lima cantuman", Some(mentee), None, true), item("Baca RDA", None, None, false)]).await;
        assert_eq!(of(mentee, "meeting_action_item").await, [met.as_str()]);
        mentor.post(&format!("{met}/cancellation"), json!({"reason": "Tidak jadi"})).await.ok();
        assert_eq!(of(mentee, "meeting_action_item").await, NONE);
    })
    .await;
}
