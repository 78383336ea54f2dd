use chrono::TimeDelta;

use super::support::{admin, entered, manual, target};
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_value_is_met_nearly_met_or_missed_and_better_or_worse_than_before() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let wait =
            manual(&admin, "WAKTU", json!({"direction": "lower_is_better", "tolerance": 1, "decimals": 1})).await;
        let wait = wait.created().id();
        for (year, goal) in [("2023", 24.0), ("2024", 20.0), ("2025", 18.0)] {
            target(&admin, &wait, year, goal).await.created();
        }
        let of = async |year: &str, value: f64| {
            let row = entered(&admin, &wait, year, value).await.created().json;
            [row["status"].clone(), row["change"].clone(), row["trend"].clone()]
        };
        assert_eq!(of("2023", 24.0).await, [json!("met"), json!(null), json!(null)]);
        assert_eq!(of("2024", 20.9).await, [json!("near"), json!(-3.1), json!("improving")]);
        assert_eq!(of("2025", 21.0).await, [json!("missed"), json!(0.1), json!("worsening")]);
        let listed = admin.get(&format!("/measurements?indicator_id={wait}&sort=starts_on")).await.ok();
        assert_eq!(listed.column("target"), [json!(24.0), json!(20.0), json!(18.0)]);
        let recent = admin.get(&format!("/measurements?indicator_id={wait}&starts_on_gte=2025-01-01")).await.ok();
        assert_eq!(recent.column("period"), [json!("2025")]);
    })
    .await;
}

#[actix_web::test]
async fn a_value_needs_evidence_and_the_decimals_and_periods_of_its_indicator() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let id = manual(&admin, "KEPUASAN", json!({"decimals": 1})).await.created().id();
        let new = |period: &str, value: Option<f64>| json!({"indicator_id": id, "period": period, "value": value});
        let refused = async |period: &str, value| admin.post("/measurements", new(period, value)).await.is(422);
        let wrong = refused("2025", Some(71.45)).await;
        wrong.blames("#/value", "too_many_decimals").blames("#/evidence", "required");
        refused("2025", None).await.blames("#/value", "required");
        let month = refused("2025-03", Some(1.0)).await.blames("#/period", "other_kind_of_period");
        assert_eq!(month.json["errors"][0]["params"]["expected"], "year");
        assert!(month.json["errors"][0]["detail"].as_str().unwrap().contains("satu tahun"), "{}", month.json);
        refused("2027", Some(1.0)).await.blames("#/period", "in_the_future");
        refused("2019", Some(1.0)).await.blames("#/period", "no_method");
        let nobody = json!({"indicator_id": "019a0000-0000-7000-8000-000000000000", "period": "2025", "value": 1});
        admin.post("/measurements", nobody).await.is(422).blames("#/indicator_id", "no_such_object");
        target(&admin, &id, "2025-Q1", 1.0).await.is(422).blames("#/period", "other_kind_of_period");
        target(&admin, &id, "2025", 1.25).await.is(422).blames("#/value", "too_many_decimals");
        let calculation = admin.get(&format!("/indicators/{id}/calculation")).await.is(404);
        calculation.blames("period", "entered_by_hand");
        admin
            .get(&format!("/indicators/{id}/calculation?period=2025-01"))
            .await
            .is(404)
            .blames("period", "other_kind_of_period");
        admin.get(&format!("/indicators/{id}/calculation?period=1")).await.is(400).blames("period", "not_a_period");
    })
    .await;
}

#[actix_web::test]
async fn a_correction_is_a_new_revision_and_a_closed_period_stays() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let id = manual(&admin, "SERAPAN", json!({})).await.created().id();
        let goal = target(&admin, &id, "2025", 95.0).await.created();
        target(&admin, &id, "2025", 90.0).await.is(409).refused("target_exists").blames("#/period", "taken");
        let first = entered(&admin, &id, "2025", 71.4).await.created();
        assert_eq!(first.json["actions"], json!(["closure"]));
        entered(&admin, &id, "2025", 72.0).await.is(409).refused("measurement_exists").blames("#/reason", "required");
        let corrected = json!({"indicator_id": id, "period": "2025", "value": 72.05, "reason": "Setelah audit",
            "evidence": [{"title": "LHP BPK"}]});
        let second = admin.post("/measurements", corrected.clone()).await.created();
        assert_eq!((&second.json["revision"], &second.json["is_current"]), (&json!(2), &json!(true)));
        let old = admin.get(&format!("/measurements/{}", first.id())).await.ok();
        assert_eq!(
            (&old.json["is_current"], &old.json["value"], &old.json["actions"]),
            (&json!(false), &json!(71.4), &json!([]))
        );
        let list = format!("/measurements?indicator_id={id}");
        assert_eq!(admin.get(&list).await.ok().column("id"), [json!(second.id())]);
        assert_eq!(admin.get(&format!("{list}&include_superseded=true")).await.ok().column("id").len(), 2);

        admin.step(&format!("/measurements/{}/closure", first.id())).await.is(409).refused("invalid_transition");
        let path = format!("/measurements/{}/closure", second.id());
        let closed = admin.step(&path).await.ok();
        assert!(closed.json["closed_at"].is_string() && closed.json["actions"] == json!([]));
        admin.step(&path).await.is(409).refused("invalid_transition");
        admin.post("/measurements", corrected).await.is(409).refused("period_closed");
        let target_path = format!("/targets/{}", goal.id());
        admin.patch(&target_path, goal.tag(), json!({"value": 70})).await.is(409).refused("period_closed");
        admin.delete(&target_path, goal.tag()).await.is(409).refused("period_closed");

        // This year is not over: it says how things stand, and is not closed.
        let running = entered(&admin, &id, "2026", 12.0).await.created();
        assert_eq!(running.json["actions"], json!([]));
        let closing = format!("/measurements/{}/closure", running.id());
        admin.step(&closing).await.is(409).refused("invalid_transition");
        app.after(TimeDelta::days(310));
        app.again(&admin).await.step(&closing).await.ok();
        let events = app.events_of(&["measurement"]).await;
        assert_eq!(
            events,
            [
                "measurement.recorded",
                "measurement.superseded",
                "measurement.recorded",
                "measurement.closed",
                "measurement.recorded",
                "measurement.closed"
            ]
        );
    })
    .await;
}

#[actix_web::test]
async fn of_many_first_measurements_and_many_corrections_each_is_a_revision_of_its_own() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let id = manual(&admin, "BANYAK", json!({})).await.created().id();
        let first =
            futures_util::future::join_all((0..8).map(|value| entered(&admin, &id, "2025", f64::from(value)))).await;
        assert_eq!(first.iter().filter(|answer| answer.status == 201).count(), 1);
        assert!(first.iter().all(|answer| answer.status == 201 || answer.json["code"] == "measurement_exists"));
        let correct = (0..8).map(|value| {
            let new = json!({"indicator_id": id, "period": "2025", "value": value, "reason": "Koreksi",
                "evidence": [{"title": "Laporan"}]});
            admin.post("/measurements", new)
        });
        let answers = futures_util::future::join_all(correct).await;
        let mut revisions: Vec<_> = answers.iter().map(|answer| answer.json["revision"].as_i64().unwrap()).collect();
        revisions.sort_unstable();
        assert_eq!(revisions, [2, 3, 4, 5, 6, 7, 8, 9]);
        let all = admin.get(&format!("/measurements?indicator_id={id}&include_superseded=true")).await.ok();
        let current = all.json["items"].as_array().unwrap().iter().filter(|row| row["is_current"] == true).count();
        assert_eq!((all.column("id").len(), current), (9, 1));
    })
    .await;
}

#[actix_web::test]
async fn nothing_slips_in_while_a_period_is_closed() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let id = manual(&admin, "TUTUP", json!({})).await.created().id();
        let measured = entered(&admin, &id, "2025", 50.0).await.created();
        let goal = target(&admin, &id, "2025", 60.0).await.created();
        let correction = json!({"indicator_id": id, "period": "2025", "value": 51, "reason": "Koreksi",
            "evidence": [{"title": "Laporan"}]});
        let path = format!("/measurements/{}/closure", measured.id());
        let (closed, corrected, moved) = futures_util::future::join3(
            admin.step(&path),
            admin.post("/measurements", correction),
            admin.patch(&format!("/targets/{}", goal.id()), goal.tag(), json!({"value": 40})),
        )
        .await;
        // Whoever came first, what is closed is what stands.
        let current = admin.get(&format!("/measurements?indicator_id={id}")).await.ok().json["items"][0].clone();
        if closed.status == 200 {
            assert_eq!((&current["id"], corrected.status.as_u16()), (&json!(measured.id()), 409));
            assert!(current["closed_at"].is_string());
        } else {
            assert_eq!((corrected.status.as_u16(), closed.status.as_u16()), (201, 409));
            assert_eq!(current["closed_at"], json!(null));
        }
        let target = admin.get(&format!("/targets/{}", goal.id())).await.ok().json["value"].clone();
        assert_eq!(target, json!(if moved.status == 200 { 40.0 } else { 60.0 }));
    })
    .await;
}
