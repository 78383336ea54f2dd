use super::support::{admin, computed, figure, manual, shipped};
use crate::support::{Client, each_database, json};

async fn figures(admin: &Client, figures: &[(&str, f64)]) {
    for (key, value) in figures {
        figure(admin, key, "2025", *value).await.created();
    }
}

#[actix_web::test]
async fn the_sector_measures_come_out_as_published() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let iplm = [
            ("iplm_libraries", 2_825.0),
            ("iplm_items", 2_269_653.0),
            ("iplm_staff", 3_088.0),
            ("iplm_daily_visits", 15_690.0),
            ("iplm_standard_libraries", 2_036_810.0),
            ("iplm_outreach", 27_581.0),
            ("iplm_members", 673_794.0),
            ("population", 1_000_000.0),
        ];
        figures(&admin, &iplm).await;
        let value = async |code: &str| {
            let measured = computed(&admin, &shipped(&admin, code).await, "2025").await.created();
            (measured.json["value"].clone(), measured.json["band"]["code"].clone())
        };
        assert_eq!(value("IPLM").await, (json!(71.85), json!("S")));
        figures(
            &admin,
            &[
                ("tgm_reading_frequency", 60.0),
                ("tgm_reading_duration", 55.0),
                ("tgm_books", 48.0),
                ("tgm_internet_frequency", 80.0),
                ("tgm_internet_duration", 70.0),
            ],
        )
        .await;
        assert_eq!(value("TGM").await, (json!(56.4), json!("S")));
        // A million people need forty members of staff.
        figures(&admin, &[("staff", 32.0), ("titles", 25_000.0)]).await;
        assert_eq!(value("SNP-TENAGA").await, (json!(80.0), json!("BT")));
        assert_eq!(value("SNP-JUDUL").await, (json!(100.0), json!("T")));
    })
    .await;
}

#[actix_web::test]
async fn a_new_method_begins_later_and_leaves_earlier_periods_as_they_were() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let visits = shipped(&admin, "KUNJUNGAN-PER-KAPITA").await;
        let id = visits["id"].as_str().unwrap();
        for year in ["2025", "2026"] {
            figure(&admin, "population", year, 1_000.0).await.created();
            figure(&admin, "visits", year, 500.0).await.created();
        }
        let method = |from: &str, divisor: i64| {
            json!({"label": "2026", "formula": {"kind": "figures", "terms": [{"figure": "visits", "weight": 1}],
                "denominator": "population", "divisor": divisor}, "bands": [{"from": 0, "code": "R", "label": {"id": "Rendah"}},
                {"from": 0.25, "code": "T", "label": {"id": "Tinggi"}}], "valid_from": from, "legal_basis": "ISO 11620:2026"})
        };
        let path = format!("/indicators/{id}/methods");
        admin.post(&path, method("2026-03-02", 2)).await.is(422).blames("#/valid_from", "not_later");
        let mut wrong = method("2026-07-01", 2);
        wrong["bands"][1]["from"] = json!(0);
        wrong["formula"]["terms"] = json!([]);
        let wrong = admin.post(&path, wrong).await.is(422);
        wrong.blames("#/bands", "bands_go_up").blames("#/formula/terms", "required");
        let new = admin.post(&path, method("2026-07-01", 2)).await.created();
        assert_eq!(new.json["formula"]["factor"], json!(1.0), "what goes without saying is said");

        // 2025 ends before the new method begins, 2026 after.
        let old = computed(&admin, &visits, "2025").await.created();
        assert_eq!((&old.json["value"], &old.json["band"]), (&json!(0.5), &json!(null)));
        assert_eq!(old.json["method_id"], visits["method"]["id"]);
        let now = computed(&admin, &visits, "2026").await.created();
        assert_eq!((&now.json["value"], &now.json["band"]["code"]), (&json!(0.25), &json!("T")));
        assert_eq!(now.json["method_id"], json!(new.id()));
        // Reckoned again under the formula of then, the earlier year comes out the same.
        let again = json!({"indicator_id": id, "period": "2025", "reason": "Diperiksa ulang"});
        let again = admin.post("/measurements", again).await.created();
        assert_eq!((&again.json["value"], &again.json["inputs"]), (&old.json["value"], &old.json["inputs"]));

        let checked = admin
            .patch(&format!("/indicator-methods/{}", new.id()), new.tag(), json!({"verified": true}))
            .await
            .ok();
        // What something was measured by is not taken away.
        admin.delete(&format!("/indicator-methods/{}", new.id()), checked.tag()).await.is(409).refused("in_use");
        let listed = admin.get(&format!("/indicator-methods?indicator_id={id}&on=2026-06-30")).await.ok();
        assert_eq!(listed.column("id"), [visits["method"]["id"].clone()]);
    })
    .await;
}

#[actix_web::test]
async fn an_indicator_is_entered_changed_archived_and_restored() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let made = manual(&admin, "RAK-TERTATA", json!({"tolerance": 1.5})).await.created();
        assert_eq!(made.json["method"]["formula"]["kind"], "manual");
        manual(&admin, "RAK-TERTATA", json!({}))
            .await
            .is(409)
            .refused("indicator_code_taken")
            .blames("#/code", "taken");
        let nobody = "019a0000-0000-7000-8000-000000000000";
        let wrong = manual(
            &admin,
            "X",
            json!({"programme_id": nobody, "method": {"label": "1", "formula": {"kind": "built_in"},
            "valid_from": "2020-01-01", "legal_basis": "Renja"}}),
        )
        .await;
        wrong.is(422).blames("#/programme_id", "no_such_object").blames("#/method/formula/calculator", "required");
        let path = format!("/indicators/{}", made.id());
        let changed =
            admin.patch(&path, made.tag(), json!({"name": {"id": "Rak tertata", "en": "Shelves in order"}})).await;
        let changed = changed.ok();
        admin.patch(&path, changed.tag(), json!({"decimals": 0})).await.is(422).blames("#/decimals", "unknown_field");
        assert_eq!(admin.get("/indicators?q=shelves").await.ok().column("id"), [json!(made.id())]);

        admin.delete(&path, changed.tag()).await.no_content();
        let reader = app.account("r@test.example", "R", false, false, None).await;
        reader.get(&path).await.is(404);
        let archived = admin.get(&path).await.ok();
        assert_eq!(archived.json["actions"], json!(["restoration"]));
        let late = json!({"indicator_id": made.id(), "period": "2025", "value": 1, "evidence": [{"title": "Laporan"}]});
        admin.post("/measurements", late.clone()).await.is(422).blames("#/indicator_id", "no_such_object");
        admin.step(&format!("{path}/restoration")).await.ok();
        admin.step(&format!("{path}/restoration")).await.is(409).refused("invalid_transition");
        admin.post("/measurements", late).await.created();
        assert_eq!(reader.get(&path).await.ok().json["name"]["en"], "Shelves in order");
    })
    .await;
}
