use chrono::TimeDelta;

use crate::support::people::Library;
use crate::support::{each_database, json};

/// The position with this code.
async fn position(library: &Library, code: &str) -> String {
    let found = library.admin.get(&format!("/positions?q={code}")).await.ok();
    found.column("id")[0].as_str().unwrap().to_owned()
}

/// A civil servant at the first level since 2023; answers the path of the record.
async fn civil_servant(library: &Library) -> String {
    let new = json!({"name": "Nurhaliza", "employment_kind": "pns", "employee_number": "199203142019032005",
        "unit_id": library.units[0], "position_id": position(library, "15504").await, "grade": "III/a",
        "position_since": "2023-01-02"});
    format!("/librarians/{}", library.admin.post("/librarians", new).await.created().id())
}

#[actix_web::test]
async fn a_very_good_year_and_two_good_months_are_20_83_points() {
    each_database(async |app| {
        let library = app.library().await;
        let first = position(&library, "15504").await;
        let calculate = async |query: &str| {
            let path = format!("/positions/{first}/credit-points?{query}");
            library.mentee.get(&path).await.ok().json["points"].clone()
        };
        assert_eq!(calculate("predicate=very_good&months=12").await, 18.75);
        assert_eq!(calculate("predicate=good&months=2&on=2025-06-30").await, 2.08);
        assert_eq!(calculate("").await, 12.5);
        let path = format!("/positions/{first}/credit-points");
        library.mentee.get(&format!("{path}?on=2022-12-31")).await.is(404).blames("on", "no_credit_point_rate");
        library.mentee.get(&format!("{path}?months=13")).await.is(400).blames("months", "out_of_range");

        let person = civil_servant(&library).await;
        for (year, months, predicate) in [(2024, 12, "very_good"), (2025, 2, "good")] {
            let new = json!({"year": year, "first_month": 1, "months": months, "predicate": predicate});
            library.admin.post(&format!("{person}/appraisals"), new).await.created();
        }
        let statement = library.admin.get(&format!("{person}/credit-points")).await.ok().json;
        let points: Vec<_> = statement["parts"].as_array().unwrap().iter().map(|part| part["points"].clone()).collect();
        assert_eq!((points, &statement["total_points"]), (vec![json!(18.75), json!(2.08)], &json!(20.83)));
        assert_eq!((&statement["assumed_predicate"], &statement["points_a_year"]), (&json!("good"), &json!(12.5)));
        // 29.17 of 50 points and 79.17 of 100 are missing, 12.5 a year.
        let grade = json!({"needed_points": 50.0, "missing_points": 29.17, "years": 2.34, "assessments": 3});
        assert_eq!(statement["next_grade"], grade);
        assert_eq!(
            (&statement["next_level"]["years"], &statement["next_level"]["assessments"]),
            (&json!(6.34), &json!(7))
        );
        let better = library.admin.get(&format!("{person}/credit-points?predicate=very_good")).await.ok().json;
        assert_eq!((&better["next_level"]["years"], &better["points_a_year"]), (&json!(4.23), &json!(18.75)));
        let before = library.admin.get(&format!("{person}/credit-points?as_of=2024-12-31")).await.ok().json;
        assert_eq!(before["total_points"], 18.75);
        library.admin.get(&format!("{person}/credit-points?as_of=2026-03-03")).await.is(404);
        let other = library.mentee.get(&format!("/librarians/{}/credit-points", library.mentee.librarian())).await.ok();
        assert_eq!((&other.json["is_applicable"], &other.json["next_level"]), (&json!(false), &json!(null)));
    })
    .await;
}

#[actix_web::test]
async fn a_new_coefficient_moves_no_past_statement_however_many_enter_one_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let person = civil_servant(&library).await;
        let new = json!({"year": 2025, "first_month": 1, "months": 12, "predicate": "good"});
        library.admin.post(&format!("{person}/appraisals"), new).await.created();
        let rate = json!({"position_id": position(&library, "15504").await, "coefficient": 20.0,
            "points_for_next_level": 200.0, "valid_from": "2026-03-10", "legal_basis": "PermenPANRB 9/2026"});
        let past = json!({"position_id": rate["position_id"], "coefficient": 20.0, "valid_from": "2026-03-02", "legal_basis": "x"});
        library.admin.post("/credit-point-rates", past).await.is(422).blames("#/valid_from", "not_later");
        let asked = (0..8).map(|_| library.admin.post("/credit-point-rates", rate.clone()));
        let answers = futures_util::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        let today = library.admin.get("/credit-point-rates?on=2026-03-09").await.ok();
        let later = library.admin.get("/credit-point-rates?on=2026-03-10").await.ok();
        assert_eq!((today.column("id").len(), later.column("id").len()), (7, 7));

        app.after(TimeDelta::days(10));
        let admin = app.again(&library.admin).await;
        let now = admin.get(&format!("{person}/credit-points")).await.ok().json;
        assert_eq!((&now["total_points"], &now["points_a_year"]), (&json!(12.5), &json!(20.0)));
        assert_eq!((&now["next_level"]["needed_points"], &now["next_grade"]), (&json!(200.0), &json!(null)));
        let before = admin.get(&format!("{person}/credit-points?as_of=2026-03-09")).await.ok().json;
        assert_eq!(before["next_level"]["needed_points"], 100.0);
        let kept = later.json["items"].as_array().unwrap().iter().find(|item| item["coefficient"] == 20.0).unwrap().clone();
        let path = format!("/credit-point-rates/{}", kept["id"].as_str().unwrap());
        let read = admin.get(&path).await.ok();
        admin.delete(&path, read.tag()).await.is(409).refused("rule_in_force");
        let checked = admin.patch(&path, read.tag(), json!({"verified": true})).await.ok();
        assert_eq!(checked.json["verified"], true);
    })
    .await;
}

#[actix_web::test]
async fn readiness_for_promotion_says_what_is_there_and_what_is_missing() {
    each_database(async |app| {
        let library = app.library().await;
        let (admin, person) = (&library.admin, civil_servant(&library).await);
        let second = position(&library, "15503").await;
        let path = format!("{person}/promotion-readiness");
        let read = async || {
            let checklist = admin.get(&path).await.ok().json;
            let items: Vec<_> =
                checklist["items"].as_array().unwrap().iter().map(|item| item["is_met"].clone()).collect();
            (checklist, items)
        };
        let (checklist, items) = read().await;
        assert_eq!((&checklist["next_position_id"], &checklist["is_ready"]), (&json!(second), &json!(false)));
        let (yes, no, unknown) = (json!(true), json!(false), json!(null));
        // Points, predicate, time, open position, test, training.
        assert_eq!(items, [&no, &unknown, &yes, &unknown, &no, &yes].map(Clone::clone));

        let decree = json!({"kind": "adjustment", "effective_on": "2025-01-01", "unit_id": library.units[0],
            "position_id": position(&library, "15504").await, "grade": "III/b", "credit_points": 90.0});
        admin.post(&format!("{person}/appointments"), decree).await.created();
        let appraisal = json!({"year": 2025, "first_month": 1, "months": 12, "predicate": "good"});
        let appraisal = admin.post(&format!("{person}/appraisals"), appraisal).await.created();
        let test = json!({"kind": "position_test", "scheme": "UKOM", "number": "1", "issuer": "Perpusnas",
            "position_id": second, "issued_on": "2026-02-02"});
        let test = admin.post(&format!("{person}/certifications"), test).await.created();
        let target = format!("/positions/{second}");
        let shown = admin.get(&target).await.ok();
        admin.patch(&target, shown.tag(), json!({"headcount": 1})).await.ok();
        let (checklist, items) = read().await;
        assert_eq!((items, &checklist["is_ready"]), (vec![yes.clone(); 6], &yes));
        let evidence: Vec<_> =
            checklist["items"].as_array().unwrap().iter().map(|item| item["evidence_id"].clone()).collect();
        assert_eq!((&evidence[1], &evidence[4]), (&json!(appraisal.id()), &json!(test.id())));
        assert_eq!(checklist["items"][0]["actual"], 102.5);

        // Somebody takes the only place.
        let taken =
            json!({"name": "Baru", "employment_kind": "non_asn", "unit_id": library.units[0], "position_id": second});
        admin.post("/librarians", taken).await.created();
        assert_eq!(read().await.0["items"][3]["actual"], 0.0);
        let other =
            library.mentee.get(&format!("/librarians/{}/promotion-readiness", library.mentee.librarian())).await;
        assert_eq!(other.ok().json["obstacle"], "not_a_civil_servant");
    })
    .await;
}
