use super::support::{admin, computed, figure, shipped};
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_figure_stands_once_for_a_period_and_district() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let whole = figure(&admin, "population", "2026", 247_924.0).await.created();
        assert_eq!((&whole.json["district_code"], &whole.json["value"]), (&json!(null), &json!(247_924.0)));
        let taken = figure(&admin, "population", "2026", 1.0).await.is(409).refused("library_figure_exists");
        taken.blames("#/period", "taken");
        let district = json!({"key": "population", "period": "2026", "district_code": "61.72.02", "value": 58_310,
            "source": "BPS"});
        let district = admin.post("/library-figures", district.clone()).await.created();
        let listed = async |query: &str| admin.get(&format!("/library-figures?{query}")).await.ok().column("id");
        assert_eq!(listed("district_code=61.72.02").await, [json!(district.id())]);
        assert_eq!(listed("key=population&district_code=").await, [json!(whole.id())]);
        let wrong =
            json!({"key": "population", "period": "2026", "district_code": "61.72", "value": 1, "source": "BPS"});
        admin.post("/library-figures", wrong).await.is(422).blames("#/district_code", "not_a_district_code");
        figure(&admin, "visits", "2026-Q2", 1.0).await.is(422).blames("#/period", "in_the_future");
        figure(&admin, "visits", "2026-13", 1.0).await.is(422).blames("#/period", "not_a_period");
        figure(&admin, "visits", "2026-01", 0.00001).await.is(422).blames("#/value", "too_many_decimals");

        let path = format!("/library-figures/{}", whole.id());
        let changed = admin.patch(&path, whole.tag(), json!({"value": 248_000})).await.ok();
        admin.patch(&path, whole.tag(), json!({"value": 1})).await.is(412);
        admin.delete(&path, changed.tag()).await.no_content();
        admin.get(&path).await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn of_many_who_enter_the_same_figure_one_does() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let enter = (0..8).map(|_| figure(&admin, "visits", "2026-01", 5_000.0));
        let answers = futures_util::future::join_all(enter).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 201 | 409)));
    })
    .await;
}

#[actix_web::test]
async fn a_rate_adds_up_what_was_counted_by_month_and_says_what_is_missing() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let visits = shipped(&admin, "KUNJUNGAN-PER-KAPITA").await;
        let missing = computed(&admin, &visits, "2026").await.is(422);
        let figures: Vec<_> =
            missing.json["errors"].as_array().unwrap().iter().map(|error| error["params"]["figure"].clone()).collect();
        assert_eq!(figures, [json!("visits"), json!("population")]);
        missing.blames("#/period", "figure_missing");
        // The clock of a test stands on 2 March 2026: two months are over.
        figure(&admin, "population", "2025", 247_924.0).await.created();
        figure(&admin, "visits", "2026-01", 30_000.0).await.created();
        computed(&admin, &visits, "2026").await.is(422).blames("#/period", "figure_missing");
        figure(&admin, "visits", "2026-02", 39_419.0).await.created();
        let measured = computed(&admin, &visits, "2026").await.created();
        assert_eq!((&measured.json["value"], &measured.json["origin"]), (&json!(0.28), &json!("computed")));
        assert_eq!(
            measured.json["inputs"],
            json!([{"name": "visits", "period": "2026-01..2026-02", "value": 69_419.0},
                {"name": "population", "period": "2025", "value": 247_924.0}])
        );
        // A figure that is mended later does not move what was measured.
        let path = format!("/measurements/{}", measured.id());
        let january = admin.get("/library-figures?key=visits&sort=starts_on").await.ok();
        let january = format!("/library-figures/{}", january.column("id")[0].as_str().unwrap());
        let tag = admin.get(&january).await.ok();
        admin.patch(&january, tag.tag(), json!({"value": 90_000})).await.ok();
        assert_eq!(admin.get(&path).await.ok().json["value"], json!(0.28));
        let now = admin.get(&format!("/indicators/{}/calculation?period=2026", visits["id"].as_str().unwrap())).await;
        assert_eq!(now.ok().json["value"], json!(0.52));
    })
    .await;
}

#[actix_web::test]
async fn a_district_is_reckoned_from_its_own_figures() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let visits = shipped(&admin, "KUNJUNGAN-PER-KAPITA").await;
        let path = format!("/indicators/{}/calculation", visits["id"].as_str().unwrap());
        figure(&admin, "population", "2025", 247_924.0).await.created();
        figure(&admin, "visits", "2025", 69_419.0).await.created();
        let of_district = async |key: &str, value: f64| {
            let new =
                json!({"key": key, "period": "2025", "district_code": "61.72.02", "value": value, "source": "BPS"});
            admin.post("/library-figures", new).await.created()
        };
        of_district("population", 58_310.0).await;
        let asked = format!("{path}?period=2025&district_code=61.72.02");
        let missing = admin.get(&asked).await.is(404).blames("period", "figure_missing");
        assert_eq!(
            missing.json["errors"][0]["params"]["figure"],
            json!("visits"),
            "the city's visits are not the district's"
        );
        of_district("visits", 29_155.0).await;
        let found = admin.get(&asked).await.ok().json;
        assert_eq!((&found["value"], &found["district_code"]), (&json!(0.5), &json!("61.72.02")));
        let city = admin.get(&format!("{path}?period=2025")).await.ok().json;
        assert_eq!((&city["value"], &city["district_code"]), (&json!(0.28), &json!(null)));
        let people = shipped(&admin, "JP-20").await;
        let people = format!("/indicators/{}/calculation?district_code=61.72.02", people["id"].as_str().unwrap());
        admin.get(&people).await.is(404).blames("district_code", "not_by_district");
    })
    .await;
}
