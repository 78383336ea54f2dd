use bina_pustaka::kernel::event;
use chrono::Days;
use futures_util::future::join_all;
use sea_orm::{EntityTrait, QueryOrder};

use super::support::{entered, manual, shipped};
use crate::support::people::Library;
use crate::support::{Client, TestApp, each_database, json};

/// A review that is under way, with a finding; answers both paths.
async fn review_with_finding(admin: &Client) -> (String, String) {
    let review = json!({"title": "Evaluasi triwulan I", "held_on": "2026-03-02"});
    let review = format!("/reviews/{}", admin.post("/reviews", review).await.created().id());
    let found = json!({"title": "Waktu penyelesaian turun menjadi 2,9"});
    let finding = admin.post(&format!("{review}/findings"), found).await.created();
    assert_eq!((&finding.json["position"], &finding.json["improvement_count"]), (&json!(1), &json!(0)));
    (review, format!("/findings/{}", finding.id()))
}

/// The names of these events of these objects, in the order of the log.
async fn in_order(app: &TestApp, steps: &[(&str, &str)]) -> Vec<String> {
    app.settle().await;
    let rows = event::Entity::find().order_by_asc(event::Column::Seq);
    let rows = app.db().reader().all(rows).await.unwrap();
    let is_one = |row: &event::Model| steps.contains(&(row.name.as_str(), row.subject_id.to_string().as_str()));
    rows.into_iter().filter(is_one).map(|row| row.name).collect()
}

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// An action of this owner about a finding; answers its path.
async fn agreed(library: &Library, owner: &Client, finding: &str) -> String {
    let new = json!({"title": "Loket dibuka sampai malam", "owner_id": owner.librarian(), "due_on": "2026-03-31",
        "need": {"kind": "finding", "id": id_of(finding)}, "direction": "lower_is_better", "unit": "menit",
        "baseline_value": 9.8, "baseline_on": "2026-02-27", "target_value": 5.0});
    format!("/improvement-actions/{}", library.admin.post("/improvement-actions", new).await.created().id())
}

#[actix_web::test]
async fn from_the_finding_to_the_action_to_the_measured_effect() {
    each_database(async |app| {
        let library = app.library().await;
        let (review, finding) = review_with_finding(&library.admin).await;
        let action = agreed(&library, &library.mentee, &finding).await;
        let led = library.other.get(&format!("/improvement-actions?need_id={}", id_of(&finding))).await.ok();
        assert_eq!((led.column("status"), led.column("actions")), (vec![json!("open")], vec![json!([])]));

        let (owner, admin) = (&library.mentee, &library.admin);
        let tasks = owner.get("/tasks?kind=improvement_action").await.ok();
        assert_eq!(tasks.column("object_id"), [json!(id_of(&action))]);
        library.other.step(&format!("{action}/start")).await.is(404);
        let begun = owner.step(&format!("{action}/start")).await.ok();
        assert_eq!(begun.json["actions"], json!(["completion"]));
        owner.step(&format!("{action}/start")).await.refused("invalid_transition");
        let early = json!({"value": 4.1});
        owner.post(&format!("{action}/recheck"), early.clone()).await.refused("invalid_transition");
        let outcome = json!({"outcome": "Loket dibuka sejak 1 Maret"});
        owner.post(&format!("{action}/completion"), outcome).await.ok();
        admin.step(&format!("{action}/verification")).await.refused("not_rechecked");
        owner.post(&format!("{action}/recheck"), json!({})).await.is(422).blames("#/value", "required");
        let tomorrow = json!({"checked_on": "2026-03-03", "value": 4.1});
        owner.post(&format!("{action}/recheck"), tomorrow).await.is(422).blames("#/checked_on", "in_the_future");

        let rechecked = owner.post(&format!("{action}/recheck"), json!({"value": 6.3})).await.ok();
        let effect =
            json!({"before": 9.8, "after": 6.3, "change": -3.5, "verdict": "improved", "target_reached": false});
        assert_eq!(rechecked.json["effect"], effect);
        // It helped, but not enough: it is taken up again, and what was measured stays.
        let reason = json!({"reason": "Target belum tercapai"});
        let again = owner.post(&format!("{action}/reopening"), reason).await.ok();
        assert_eq!((&again.json["status"], &again.json["effect"]), (&json!("in_progress"), &json!(null)));
        owner.post(&format!("{action}/completion"), json!({})).await.ok();
        owner.post(&format!("{action}/recheck"), early).await.ok();
        // What is entered late for an earlier day does not take the place of the last.
        let late = json!({"checked_on": "2026-03-01", "value": 8.0});
        let measured = owner.post(&format!("{action}/recheck"), late).await.ok();
        let values: Vec<_> =
            measured.json["rechecks"].as_array().unwrap().iter().map(|row| row["value"].clone()).collect();
        assert_eq!(values, [json!(8.0), json!(6.3), json!(4.1)]);
        assert_eq!(measured.json["effect"]["target_reached"], json!(true));

        owner.step(&format!("{action}/verification")).await.is(403);
        let closed = admin.step(&format!("{action}/verification")).await.ok();
        assert_eq!((&closed.json["status"], &closed.json["actions"]), (&json!("verified"), &json!([])));
        admin.patch(&action, closed.tag(), json!({"due_on": "2026-04-30"})).await.refused("improvement_closed");

        admin.step(&format!("{review}/closure")).await.refused("invalid_transition");
        admin.step(&format!("{review}/holding")).await.ok();
        admin.step(&format!("{review}/closure")).await.ok();
        admin.post(&format!("{review}/findings"), json!({"title": "Terlambat"})).await.refused("review_closed");
    })
    .await;
}

#[actix_web::test]
async fn a_review_is_closed_only_when_each_finding_has_an_action_or_a_reason_why_not() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let (review, finding) = review_with_finding(admin).await;
        let second = admin.post(&format!("{review}/findings"), json!({"title": "Rak roboh"})).await.created();
        admin.step(&format!("{review}/holding")).await.ok();
        let action = agreed(&library, &library.mentee, &finding).await;
        admin.step(&format!("{review}/closure")).await.refused("findings_open");
        let reason = json!({"no_action_reason": "Rak dibuang"});
        admin.patch(&format!("/findings/{}", second.id()), second.tag(), reason).await.ok();
        let given_up = json!({"reason": "Anggaran dialihkan"});
        admin.post(&format!("{action}/cancellation"), given_up).await.ok();
        admin.step(&format!("{review}/closure")).await.refused("findings_open");
        let finding_now = admin.get(&finding).await.ok();
        assert_eq!(finding_now.json["improvement_count"], json!(0));
        admin.delete(&finding, finding_now.tag()).await.refused("finding_followed");
        agreed(&library, &library.mentor, &finding).await;
        let closed = admin.step(&format!("{review}/closure")).await.ok();
        assert_eq!(closed.json["status"], json!("closed"));
        admin.delete(&review, closed.tag()).await.refused("review_closed");
    })
    .await;
}

/// However closing a review and giving up its only action meet, no closed review is left with a finding without an answer.
#[actix_web::test]
async fn closing_a_review_and_giving_up_its_only_action_never_both_succeed() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        for _ in 0..8 {
            let (review, finding) = review_with_finding(admin).await;
            admin.step(&format!("{review}/holding")).await.ok();
            let action = agreed(&library, &library.mentee, &finding).await;
            let close = async { admin.step(&format!("{review}/closure")).await };
            let cancel = async { admin.post(&format!("{action}/cancellation"), json!({"reason": "x"})).await };
            let (closed, cancelled) = futures_util::join!(close, cancel);
            assert_eq!(cancelled.status, 200);
            if closed.status == 200 {
                let steps = [("review.closed", id_of(&review)), ("improvement_action.cancelled", id_of(&action))];
                assert_eq!(in_order(&app, &steps).await, ["review.closed", "improvement_action.cancelled"]);
            } else {
                closed.refused("findings_open");
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn an_action_is_verified_once_however_many_ask_and_never_by_its_owner() {
    each_database(async |app| {
        let library = app.library().await;
        let (_, finding) = review_with_finding(&library.admin).await;
        // The owner is an admin, who finds somebody else to close what they did.
        let chief = json!({"name": "Kepala", "employment_kind": "non_asn", "unit_id": library.units[0]});
        let chief = library.admin.post("/librarians", chief).await.created().id().parse().unwrap();
        let chief = app.account("kepala@test.example", "Kepala", false, true, Some(chief)).await;
        let action = agreed(&library, &chief, &finding).await;
        let (completion, verification) = (format!("{action}/completion"), format!("{action}/verification"));
        let done = join_all((0..5).map(|_| chief.post(&completion, json!({})))).await;
        assert_eq!(done.iter().filter(|answer| answer.status == 200).count(), 1);
        chief.post(&format!("{action}/recheck"), json!({"value": 5.0})).await.ok();
        chief.step(&verification).await.is(403).refused("own_improvement");
        let verified = join_all((0..5).map(|_| library.admin.step(&verification))).await;
        let mut answers: Vec<_> = verified.iter().map(|answer| answer.status.as_u16()).collect();
        answers.sort_unstable();
        assert_eq!(answers, [200, 409, 409, 409, 409]);
        let events = app.events_of(&["improvement_action"]).await;
        assert_eq!(events.iter().filter(|name| *name == "improvement_action.verified").count(), 1);
    })
    .await;
}

#[actix_web::test]
async fn what_is_late_is_found_and_what_shows_a_need_must_exist() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let new = |due_on: &str, need| {
            json!({"title": "Rambu baru", "owner_id": library.other.librarian(), "due_on": due_on, "need": need})
        };
        let nothing = json!({"kind": "activity", "id": "019a0000-0000-7000-8000-00000000dead"});
        let refused = admin.post("/improvement-actions", new("2026-03-31", nothing)).await.is(422);
        refused.blames("#/need/id", "no_such_object");
        let activity = library.activity(json!({}), &[]).await;
        let odd = json!({"kind": "activity", "id": activity, "element": "U3"});
        let refused = admin.post("/improvement-actions", new("2026-03-31", odd)).await.is(422);
        refused.blames("#/need/element", "not_valid");
        let shown = json!({"kind": "activity", "id": activity});
        admin.post("/improvement-actions", new("2026-03-01", shown.clone())).await.created();
        admin.post("/improvement-actions", new("2026-03-02", shown)).await.created();
        let late = admin.get("/improvement-actions?overdue_only=true").await.ok();
        assert_eq!(late.column("is_overdue"), [json!(true)]);
        let of_it = admin.get(&format!("/improvement-actions?need_id={activity}")).await.ok();
        assert_eq!(of_it.column("is_overdue"), [json!(true), json!(false)]);
    })
    .await;
}

#[actix_web::test]
async fn an_element_of_a_survey_is_one_that_it_asks_about() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let known = admin.get("/questionnaires?limit=200").await.ok();
        let items = known.json["items"].as_array().unwrap();
        let today = app.db().today();
        let mut campaigns = Vec::new();
        for code in ["SKM", "ADKAR"] {
            let asked = items.iter().find(|item| item["code"] == code).unwrap();
            let new = json!({"questionnaire_id": asked["id"], "title": {"id": code, "en": code}, "audience": "readers",
                "opens_on": today, "closes_on": today + Days::new(30)});
            campaigns.push(admin.post("/campaigns", new).await.created().id());
        }
        let (skm, adkar) = (&campaigns[0], &campaigns[1]);
        let shown = async |campaign: &str, element: &str| {
            let need = json!({"kind": "survey_element", "id": campaign, "element": element});
            let new = json!({"title": "Rambu baru", "owner_id": library.other.librarian(), "due_on": "2026-03-31",
                "need": need});
            admin.post("/improvement-actions", new).await
        };
        // By the element, or by the code of the question.
        for (campaign, element) in [(skm, "U3"), (adkar, "desire"), (adkar, "D")] {
            shown(campaign, element).await.created();
        }
        for (campaign, element) in [(skm, "XYZ"), (skm, "U10"), (skm, "desire"), (adkar, "U3"), (adkar, "Desire")] {
            shown(campaign, element).await.is(422).blames("#/need/element", "not_an_element");
        }
    })
    .await;
}

#[actix_web::test]
async fn full_lists_say_so() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let activity = library.activity(json!({}), &[]).await;
        let path = format!("/activities/{activity}/indicators");
        let mut links = Vec::new();
        for number in 0..21 {
            let indicator = manual(admin, &format!("UJI-{number}"), json!({})).await.created().id();
            links.push(admin.post(&path, json!({"indicator_id": indicator})).await);
        }
        let last = links.pop().unwrap();
        last.is(409).refused("too_many_activity_indicators");
        assert!(links.iter().all(|link| link.status == 201));

        let (_, finding) = review_with_finding(admin).await;
        let action = agreed(&library, &library.mentee, &finding).await;
        library.mentee.post(&format!("{action}/completion"), json!({})).await.ok();
        let measured = json!({"value": 6.3});
        for _ in 0..100 {
            library.mentee.post(&format!("{action}/recheck"), measured.clone()).await.ok();
        }
        library.mentee.post(&format!("{action}/recheck"), measured).await.is(409).refused("too_many_rechecks");
    })
    .await;
}

/// Level 4 of an activity: a linked indicator, measured before it and since.
#[actix_web::test]
async fn an_activity_is_told_with_its_indicators_before_and_after() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let held = [("2025-11-10T01:00:00Z", "2025-11-10T05:00:00Z")];
        let activity = library.activity(json!({}), &held).await;
        let path = format!("/activities/{activity}");
        let monthly = manual(admin, "ANTREAN", json!({"period_kind": "month", "direction": "lower_is_better"})).await;
        let monthly = monthly.created().id();
        let unmeasured = shipped(admin, "SERAPAN-ANGGARAN").await["id"].clone();
        for (indicator, expectation) in [(json!(monthly), json!("Antrean lebih pendek")), (unmeasured, json!(null))] {
            let link = json!({"indicator_id": indicator, "expectation": expectation});
            admin.post(&format!("{path}/indicators"), link).await.created();
        }
        // November itself is neither before nor after.
        for (period, value) in
            [("2025-08", 9.5), ("2025-10", 9.8), ("2025-11", 7.0), ("2025-12", 5.0), ("2026-01", 4.1)]
        {
            entered(admin, &monthly, period, value).await.created();
        }
        let results = library.mentee.get(&format!("{path}/evaluation")).await.ok().json["results"].clone();
        assert!(results["note"]["id"].as_str().unwrap().contains("sejalan"));
        let (linked, other) = (&results["indicators"][0], &results["indicators"][1]);
        assert_eq!((&linked["code"], &linked["expectation"]), (&json!("ANTREAN"), &json!("Antrean lebih pendek")));
        assert_eq!((&linked["period_before"], &linked["value_before"]), (&json!("2025-10"), &json!(9.8)));
        assert_eq!((&linked["period_after"], &linked["value_after"]), (&json!("2026-01"), &json!(4.1)));
        assert_eq!((&linked["change"], &linked["verdict"]), (&json!(-5.7), &json!("improved")));
        assert_eq!((&other["value_before"], &other["verdict"]), (&json!(null), &json!(null)));
    })
    .await;
}
