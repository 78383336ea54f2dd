use bina_pustaka::credits::entries::entity as credit;
use bina_pustaka::kernel::event;
use chrono::TimeDelta;
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use crate::credits::ledger::balance;
use crate::support::credit::{COACHING, training_type};
use crate::support::{Client, TestApp, each_database, json};

fn course(number: &str) -> Value {
    json!({"kind": "e_learning", "title": "Metadata", "organiser": "Perpustakaan Nasional", "certificate_number": number,
        "starts_on": "2026-02-09", "ends_on": "2026-02-13", "claimed_hours": 10.0,
        "evidence": [{"title": "Sertifikat", "url": "https://example.org/1"}]})
}

/// Written and handed in; answers its path.
async fn claimed(person: &Client, new: Value) -> String {
    let path = format!("/learning-entries/{}", person.post("/learning-entries", new).await.created().id());
    person.step(&format!("{path}/submission")).await.ok();
    path
}

async fn ledger(app: &TestApp, person: &Client) -> Vec<credit::Model> {
    let rows = credit::Entity::find().filter(credit::Column::LibrarianId.eq(person.librarian()));
    app.db().reader().all(rows).await.unwrap()
}

#[actix_web::test]
async fn what_somebody_learned_on_their_own_is_verified_by_another_and_credited_once() {
    each_database(async |app| {
        let library = app.library().await;
        let (mentor, mentee) = (&library.mentor, &library.mentee);
        let draft = mentee.post("/learning-entries", course("EL/1")).await.created();
        assert_eq!((&draft.json["status"], &draft.json["actions"]), (&json!("draft"), &json!(["submission"])));
        let path = format!("/learning-entries/{}", draft.id());
        mentor.step(&format!("{path}/verification")).await.refused("invalid_transition");
        mentee.step(&format!("{path}/submission")).await.ok();
        mentee.patch(&path, "\"v2\"", json!({"title": "Lain"})).await.is(409).refused("learning_entry_closed");
        library.other.get(&path).await.is(404);

        let back = mentor.post(&format!("{path}/return"), json!({"reason": "Sertifikat tidak terbaca"})).await.ok();
        assert_eq!(
            (&back.json["status"], &back.json["reason"]),
            (&json!("returned"), &json!("Sertifikat tidak terbaca"))
        );
        let mended = mentee.patch(&path, back.tag(), json!({"claimed_hours": 8.0, "summary": "MODS"})).await.ok();
        assert_eq!(
            (&mended.json["claimed_hours"], &mended.json["training_type_id"]),
            (&json!(8.0), &back.json["training_type_id"])
        );
        mentee.step(&format!("{path}/submission")).await.ok();

        let verification = format!("{path}/verification");
        let asked = (0..5).map(|_| mentor.step(&verification));
        let mut answers: Vec<_> = join_all(asked).await.iter().map(|answer| answer.status.as_u16()).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 409, 409, 409, 409]);
        let seen = mentee.get(&path).await.ok().json;
        assert_eq!((&seen["status"], &seen["credit"]["credited_hours"]), (&json!("verified"), &json!(8.0)));
        assert_eq!(seen["actions"], json!(["withdrawal"]));
        assert_eq!(balance(&app, mentee.librarian(), 2026).await.formal, 800);
        assert_eq!(ledger(&app, mentee).await.len(), 1);

        // The credit says what caused it.
        app.settle().await;
        let events = event::Entity::find().filter(event::Column::SubjectKind.is_in(["credit_entry", "learning_entry"]));
        let events = app.db().reader().all(events).await.unwrap();
        let credited = events.iter().find(|event| event.name == "credit_entry.credited").unwrap();
        let verified = events.iter().find(|event| event.name == "learning_entry.verified").unwrap();
        assert_eq!(credited.caused_by, Some(verified.id));
    })
    .await;
}

#[actix_web::test]
async fn nobody_verifies_their_own_and_only_who_mentors_now_or_runs_the_programme_verifies() {
    each_database(async |app| {
        let library = app.library().await;
        let own = claimed(&library.mentor, course("EL/1")).await;
        library.mentor.step(&format!("{own}/verification")).await.is(403).refused("own_learning");
        library.mentor.post(&format!("{own}/return"), json!({"reason": "x"})).await.is(403).refused("own_learning");
        let strangers = claimed(&library.other, course("EL/1")).await;
        library.mentor.step(&format!("{strangers}/verification")).await.is(404);
        library.mentee.step(&format!("{strangers}/verification")).await.is(403).refused("forbidden");
        let for_other = json!({"librarian_id": library.other.librarian(), "kind": "reading", "title": "Buku",
            "starts_on": "2026-02-10", "ends_on": "2026-02-10"});
        library
            .mentor
            .post("/learning-entries", for_other.clone())
            .await
            .is(422)
            .blames("#/librarian_id", "no_such_object");
        library.admin.post("/learning-entries", for_other.clone()).await.created();
        let mut wrong = for_other;
        wrong["librarian_id"] = Value::Null;
        wrong["ends_on"] = json!("2026-03-03");
        library.mentee.post("/learning-entries", wrong.clone()).await.is(422).blames("#/ends_on", "in_the_future");
        wrong["ends_on"] = json!("2026-02-09");
        library.mentee.post("/learning-entries", wrong).await.is(422).blames("#/ends_on", "ends_before_it_begins");

        // An admin who is a librarian too decides on everybody else's.
        let new = json!({"name": "Both", "employment_kind": "non_asn", "unit_id": library.units[0]});
        let record = library.admin.post("/librarians", new).await.created().id().parse().unwrap();
        let both = app.account("both@test.example", "Both", true, true, Some(record)).await;
        let own = claimed(&both, course("EL/1")).await;
        both.step(&format!("{own}/verification")).await.is(403).refused("own_learning");
        both.step(&format!("{strangers}/verification")).await.ok();

        let ends = json!({"ends_on": "2026-03-02"});
        let mentorship = format!("/mentorships/{}", library.mentorship);
        let tag = library.admin.get(&mentorship).await.ok();
        let mentees = claimed(&library.mentee, course("EL/1")).await;
        library.admin.patch(&mentorship, tag.tag(), ends).await.ok();
        app.after(TimeDelta::days(1));
        app.again(&library.mentor).await.step(&format!("{mentees}/verification")).await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn a_certificate_is_claimed_once_however_it_is_spelled() {
    each_database(async |app| {
        let library = app.library().await;
        let mentee = &library.mentee;
        let mut spelled = course(" el-2026/1");
        spelled["organiser"] = json!("PERPUSTAKAAN  nasional");
        let twice: Vec<_> =
            (0..4).map(|turn| if turn % 2 == 0 { course("EL-2026/1") } else { spelled.clone() }).collect();
        let answers = join_all(twice.into_iter().map(|new| mentee.post("/learning-entries", new))).await;
        let refused = answers.iter().filter(|answer| answer.json["code"] == "certificate_claimed").count();
        assert_eq!(refused, 3, "{answers:?}");
        let first = answers.iter().find(|answer| answer.status.as_u16() == 201).unwrap();
        library.other.post("/learning-entries", course("EL-2026/1")).await.created();

        let other = mentee.post("/learning-entries", course("EL-2026/2")).await.created();
        let taken = json!({"certificate_number": "EL-2026/1"});
        let path = format!("/learning-entries/{}", other.id());
        mentee.patch(&path, other.tag(), taken).await.is(409).refused("certificate_claimed");
        mentee.delete(&format!("/learning-entries/{}", first.id()), first.tag()).await.no_content();
        let again = claimed(mentee, course("EL-2026/1")).await;
        library.mentor.step(&format!("{again}/verification")).await.ok();
        let why = json!({"reason": "Salah unggah"});
        mentee.post(&format!("{again}/withdrawal"), why.clone()).await.ok();
        mentee.post(&format!("{again}/withdrawal"), why).await.is(409).refused("invalid_transition");
        assert_eq!(balance(&app, mentee.librarian(), 2026).await.credited, 0);
        let anew = claimed(mentee, course("EL-2026/1")).await;
        library.mentor.step(&format!("{anew}/verification")).await.ok();
        assert_eq!(balance(&app, mentee.librarian(), 2026).await.credited, 1000);
    })
    .await;
}

#[actix_web::test]
async fn caps_of_a_day_and_a_month_hold_when_verifications_arrive_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let coaching = training_type(&app, COACHING).await;
        for round in 0..3 {
            let person = library
                .admin
                .post(
                    "/librarians",
                    json!({"name": format!("Orang {round}"),
                "employment_kind": "non_asn", "unit_id": library.units[0]}),
                )
                .await
                .created()
                .id();
            let claim = async |new: Value| {
                let mut new = new;
                new["librarian_id"] = json!(person);
                claimed(&library.admin, new).await
            };
            let mut paths = Vec::new();
            for day in 1..=5 {
                // Two a session, four a month; two a day for reading.
                let on = format!("2026-02-0{day}");
                paths.push(
                    claim(json!({"kind": "teaching", "training_type_id": coaching, "title": "Coaching",
                    "starts_on": on, "ends_on": on}))
                    .await,
                );
                paths.push(
                    claim(json!({"kind": "reading", "title": "Buku", "starts_on": "2026-02-10",
                    "ends_on": "2026-02-10", "minutes": 45}))
                    .await,
                );
            }
            let steps: Vec<_> = paths.iter().map(|path| format!("{path}/verification")).collect();
            for answer in join_all(steps.iter().map(|path| library.admin.step(path))).await {
                answer.ok();
            }
            let kept = balance(&app, person.parse().unwrap(), 2026).await;
            assert_eq!((kept.social, kept.experience, kept.entry_count), (400, 200, 10));
        }
    })
    .await;
}

#[actix_web::test]
async fn a_correction_credits_what_is_right_and_a_reversal_in_the_ledger_shows() {
    each_database(async |app| {
        let library = app.library().await;
        let path = claimed(&library.mentee, course("EL/1")).await;
        let right = json!({"reason": "Sertifikat menyebut 6 JP", "changes": {"claimed_hours": 6.0, "certificate_number": "EL/7"}});
        let correction = format!("{path}/correction");
        library.mentor.post(&correction, right.clone()).await.is(409).refused("invalid_transition");
        library.mentor.step(&format!("{path}/verification")).await.ok();
        library.mentee.post(&correction, right.clone()).await.is(403);
        let corrected = library.mentor.post(&correction, right).await.ok().json;
        assert_eq!((&corrected["status"], &corrected["credit"]["credited_hours"]), (&json!("verified"), &json!(6.0)));
        assert_eq!(balance(&app, library.mentee.librarian(), 2026).await.credited, 600);
        assert_eq!(ledger(&app, &library.mentee).await.len(), 3);
        let wrong = json!({"reason": "x", "changes": {"claimed_hours": 1001}});
        library.mentor.post(&correction, wrong).await.is(422).blames("#/changes/claimed_hours", "out_of_range");

        let credit = corrected["credit"]["credit_entry_id"].as_str().unwrap().to_owned();
        let why = json!({"reason": "Sertifikat milik orang lain"});
        library.admin.post(&format!("/credit-entries/{credit}/reversal"), why).await.ok();
        let seen = library.mentee.get(&path).await.ok().json;
        assert_eq!((&seen["credit"]["credited_hours"], &seen["credit"]["is_reversed"]), (&json!(0.0), &json!(true)));
        library.mentee.post(&format!("{path}/withdrawal"), json!({"reason": "Memang salah"})).await.ok();
        assert_eq!(balance(&app, library.mentee.librarian(), 2026).await.credited, 0);
        let page = library.mentor.get("/learning-entries?status=withdrawn&q=METADATA").await.ok();
        assert_eq!(page.column("status"), [json!("withdrawn")]);
    })
    .await;
}

#[actix_web::test]
async fn what_was_verified_is_exported_for_siasn_and_warns_by_the_duty() {
    each_database(async |app| {
        let library = app.library().await;
        let new = json!({"name": "Siti", "employment_kind": "pns", "employee_number": "199001012015032001",
            "unit_id": library.units[0]});
        let siti = library.admin.post("/librarians", new).await.created().id();
        let mut long = course("EL/1");
        long["librarian_id"] = json!(siti);
        long["claimed_hours"] = json!(12.0);
        let path = claimed(&library.admin, long).await;
        library.admin.step(&format!("{path}/verification")).await.ok();
        let statement = library.admin.get(&format!("/librarians/{siti}/credits")).await.ok().json;
        assert_eq!((&statement["credited_hours"], &statement["status"]), (&json!(12.0), &json!("duty_open")));
        let page = library.admin.get("/siasn-courses?year=2026").await.ok();
        assert_eq!(page.json["items"].as_array().unwrap().len(), 1);
        library.admin.post(&format!("{path}/withdrawal"), json!({"reason": "Keliru"})).await.ok();
        let page = library.admin.get("/siasn-courses?year=2026").await.ok();
        assert_eq!(page.json["items"], json!([]));
    })
    .await;
}
