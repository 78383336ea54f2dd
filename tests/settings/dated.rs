use crate::support::{TestApp, each_database, json};
use bina_pustaka::demo;

async fn rule_of(app: &TestApp, admin: &crate::support::Client, siasn_id: i64) -> (String, String) {
    demo::seed(app.db()).await.unwrap();
    let types = admin.get("/training-types").await.ok();
    let row = types.json["items"].as_array().unwrap().iter().find(|row| row["siasn_id"] == siasn_id).unwrap().clone();
    let id = row["id"].as_str().unwrap().to_owned();
    let rules = admin.get(&format!("/credit-rules?training_type_id={id}")).await.ok();
    (id, rules.column("id")[0].as_str().unwrap().to_owned())
}

#[actix_web::test]
async fn a_new_rule_begins_later_and_ends_the_one_before_it() {
    each_database(async |app| {
        let admin = app.admin().await;
        let (coaching, shipped) = rule_of(&app, &admin, 14).await;
        let old = admin.get(&format!("/credit-rules/{shipped}")).await.ok();
        assert_eq!((&old.json["cap_per_month"], &old.json["verified"]), (&json!(4.0), &json!(false)));
        let new = |from: &str| {
            json!({"training_type_id": coaching, "valid_from": from, "counts_certificate_hours": false, "basis": "session",
                "national_hours": 2.5, "cap_per_month": 7.5, "legal_basis": "PerLAN 7/2026"})
        };
        // The clock of a test stands on 2 March 2026.
        for day in ["2018-05-11", "2026-03-02"] {
            admin.post("/credit-rules", new(day)).await.is(422).blames("#/valid_from", "not_later");
        }
        let rule = admin.post("/credit-rules", new("2026-04-01")).await.created();
        assert_eq!((&rule.json["national_hours"], &rule.json["minutes_per_hour"]), (&json!(2.5), &json!(45)));
        admin.post("/credit-rules", new("2026-04-01")).await.is(422).blames("#/valid_from", "not_later");
        let ended = admin.get(&format!("/credit-rules/{shipped}")).await.ok();
        assert_eq!(ended.json["valid_to"], "2026-03-31");
        for (day, id) in [("2026-03-31", &shipped), ("2026-04-01", &rule.id())] {
            let holds = admin.get(&format!("/credit-rules?training_type_id={coaching}&on={day}")).await.ok();
            assert_eq!(holds.column("id"), [json!(id)], "{day}");
        }

        let path = format!("/credit-rules/{}", rule.id());
        admin.delete(&path, rule.tag()).await.no_content();
        let open = admin.get(&format!("/credit-rules/{shipped}")).await.ok();
        assert_eq!(open.json["valid_to"], json!(null), "the rule before it goes on");
        admin.delete(&format!("/credit-rules/{shipped}"), open.tag()).await.is(409).refused("rule_in_force");
        let checked = json!({"verified": true, "source": "jdih.lan.go.id"});
        let checked = admin.patch(&format!("/credit-rules/{shipped}"), open.tag(), checked).await.ok();
        assert_eq!((&checked.json["verified"], &checked.json["cap_per_month"]), (&json!(true), &json!(4.0)));
        admin
            .patch(&format!("/credit-rules/{shipped}"), checked.tag(), json!({"cap_per_month": 9}))
            .await
            .is(422)
            .blames("#/cap_per_month", "unknown_field");
    })
    .await;
}

#[actix_web::test]
async fn of_many_rules_for_one_day_one_is_made() {
    each_database(async |app| {
        let admin = app.admin().await;
        let (coaching, _) = rule_of(&app, &admin, 14).await;
        let new = json!({"training_type_id": coaching, "valid_from": "2026-04-01", "counts_certificate_hours": true,
            "basis": "none", "legal_basis": "PerLAN 7/2026"});
        let answers = futures_util::future::join_all((0..8).map(|_| admin.post("/credit-rules", new.clone()))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        let all = admin.get(&format!("/credit-rules?training_type_id={coaching}&sort=valid_from")).await.ok();
        assert_eq!(all.column("valid_to"), [json!("2026-03-31"), json!(null)]);
    })
    .await;
}

#[actix_web::test]
async fn a_rule_that_says_too_little_is_refused() {
    each_database(async |app| {
        let admin = app.admin().await;
        demo::seed(app.db()).await.unwrap();
        let nobody = "019a0000-0000-7000-8000-000000000000";
        let wrong = json!({"training_type_id": nobody, "valid_from": "2026-04-01", "counts_certificate_hours": false,
            "basis": "day", "legal_basis": "x"});
        let wrong = admin.post("/credit-rules", wrong).await.is(422);
        wrong.blames("#/national_hours", "required").blames("#/training_type_id", "no_such_object");
        let wrong = json!({"training_type_id": nobody, "valid_from": "2026-04-01", "counts_certificate_hours": false,
            "basis": "day", "national_hours": -1, "cap_per_day": 20000, "legal_basis": " "});
        let wrong = admin.post("/credit-rules", wrong).await.is(422);
        let wrong = wrong.blames("#/national_hours", "out_of_range").blames("#/cap_per_day", "out_of_range");
        wrong.blames("#/legal_basis", "blank");
    })
    .await;
}

#[actix_web::test]
async fn the_twenty_hours_are_a_dated_row_too() {
    each_database(async |app| {
        let admin = app.admin().await;
        demo::seed(app.db()).await.unwrap();
        let reader = app.account("r@test.example", "R", false, false, None).await;
        let shipped = reader.get("/credit-requirements?sort=valid_from").await.ok();
        assert_eq!(shipped.column("hours"), [json!(20.0), json!(24.0)]);
        let new = json!({"employment_kind": "pns", "kind": "duty", "hours": 24, "valid_from": "2027-01-01",
            "legal_basis": "PP 5/2026"});
        reader.post("/credit-requirements", new.clone()).await.is(403);
        admin.post("/credit-requirements", new).await.created();
        let holds = async |day: &str| {
            reader.get(&format!("/credit-requirements?employment_kind=pns&on={day}")).await.ok().column("hours")
        };
        assert_eq!((holds("2026-12-31").await, holds("2027-01-01").await), (vec![json!(20.0)], vec![json!(24.0)]));
    })
    .await;
}

#[actix_web::test]
async fn a_formula_of_the_index_begins_later_and_its_steps_go_down() {
    each_database(async |app| {
        let admin = app.admin().await;
        demo::seed(app.db()).await.unwrap();
        let shipped = admin.get("/professionalism-formulas").await.ok();
        let mut new = json!({"valid_from": "2027-01-01", "points": shipped.json["items"][0]["points"],
            "legal_basis": "PermenPANRB 4/2026"});
        new["points"]["bands"] = json!([{"from": 61, "band": "low"}, {"from": 71, "band": "medium"}]);
        new["points"]["discipline"]["none"] = json!(500);
        let wrong = admin.post("/professionalism-formulas", new.clone()).await.is(422);
        wrong.blames("#/points/discipline/none", "out_of_range");
        new["points"]["discipline"]["none"] = json!(5);
        admin.post("/professionalism-formulas", new.clone()).await.is(422).blames("#/points/bands", "not_valid");
        new["points"]["bands"] = json!([{"from": 71, "band": "medium"}, {"from": 0, "band": "low"}]);
        let made = admin.post("/professionalism-formulas", new).await.created();
        let path = format!("/professionalism-formulas/{}", made.id());
        let checked = admin.patch(&path, made.tag(), json!({"verified": true})).await.ok();
        admin.delete(&path, checked.tag()).await.no_content();
        assert_eq!(admin.get("/professionalism-formulas").await.ok().column("valid_to"), [json!(null)]);
    })
    .await;
}
