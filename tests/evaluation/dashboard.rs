use super::support::{admin, entered, manual, target};
use crate::support::{Client, each_database, json};
use serde_json::Value;

async fn row(admin: &Client, code: &str) -> Value {
    let dashboard = admin.get("/indicator-dashboard").await.ok().json;
    let rows = dashboard["indicators"].as_array().unwrap();
    rows.iter().find(|row| row["code"] == code).unwrap().clone()
}

#[actix_web::test]
async fn the_dashboard_tells_where_every_indicator_stands() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let shipped = admin.get("/indicator-dashboard").await.ok().json;
        let count = shipped["indicators"].as_array().unwrap().len();
        assert_eq!(shipped["tally"]["not_measured"], json!(count));
        let bands = json!([{"from": 0, "code": "R", "label": {"id": "Rendah"}}, {"from": 50, "code": "T", "label": {"id": "Tinggi"}}]);
        let monthly = json!({"period_kind": "month", "method": {"label": "1", "formula": {"kind": "manual"}, "bands": bands,
            "valid_from": "2020-01-01", "legal_basis": "Renja"}});
        let id = manual(&admin, "BULANAN", monthly).await.created().id();
        let months: Vec<String> =
            (0..16).map(|number| format!("{}-{:02}", 2024 + (number + 10) / 12, (number + 10) % 12 + 1)).collect();
        assert_eq!((months[0].as_str(), months[15].as_str()), ("2024-11", "2026-02"));
        // One month was not measured, and they come in any order.
        for number in [15_u8, 0, 14, 1, 2, 13, 3, 4, 5, 6, 8, 9, 10, 11, 12] {
            entered(&admin, &id, &months[usize::from(number)], 40.0 + f64::from(number)).await.created();
        }
        target(&admin, &id, "2026-02", 56.0).await.created();
        let shown = row(&admin, "BULANAN").await;
        let latest = &shown["latest"];
        assert_eq!((&latest["period"], &latest["value"], &latest["target"]), (&json!("2026-02"), &json!(55.0), &json!(56.0)));
        assert_eq!((&latest["status"], &latest["band"]["code"]), (&json!("near"), &json!("T")));
        assert_eq!((&latest["change"], &latest["trend"]), (&json!(1.0), &json!("improving")));
        let points: Vec<_> = shown["points"].as_array().unwrap().iter().map(|point| point["period"].clone()).collect();
        let wanted: Vec<_> = (4..16).filter(|number| *number != 7).map(|number| json!(months[number])).collect();
        assert_eq!(points, wanted, "the twelve months up to the latest, but for the one that was not measured");
        let tally = &admin.get("/indicator-dashboard").await.ok().json["tally"];
        assert_eq!((&tally["near"], &tally["not_measured"]), (&json!(1), &json!(count)));

        // A correction moves it, and an archived indicator leaves it.
        let better = json!({"indicator_id": id, "period": "2026-02", "value": 56, "reason": "Koreksi", "evidence": [{"title": "x"}]});
        admin.post("/measurements", better).await.created();
        assert_eq!(row(&admin, "BULANAN").await["latest"]["status"], "met");
        let path = format!("/indicators/{id}");
        let tag = admin.get(&path).await.ok();
        admin.delete(&path, tag.tag()).await.no_content();
        let rows = admin.get("/indicator-dashboard").await.ok().json["indicators"].as_array().unwrap().len();
        assert_eq!(rows, count);
    })
    .await;
}

#[actix_web::test]
async fn a_trend_is_data_a_table_and_a_picture() {
    each_database(async |app| {
        let admin = admin(&app).await;
        let found = admin.get("/indicators?q=IKM").await.ok();
        let id = found.column("id")[0].as_str().unwrap().to_owned();
        for (year, value, goal) in [("2022", 78.9, None), ("2023", 80.4, Some(80.0)), ("2025", 82.22, Some(84.0))] {
            entered(&admin, &id, year, value).await.created();
            if let Some(goal) = goal {
                target(&admin, &id, year, goal).await.created();
            }
        }
        target(&admin, &id, "2024", 82.0).await.created();
        let path = format!("/indicators/{id}/trend");
        let series = admin.get(&format!("{path}?periods=4")).await.ok().json;
        let points = series["points"].as_array().unwrap();
        let column = |field: &str| -> Vec<Value> { points.iter().map(|point| point[field].clone()).collect() };
        assert_eq!(column("period"), [json!("2022"), json!("2023"), json!("2024"), json!("2025")]);
        assert_eq!(column("value"), [json!(78.9), json!(80.4), json!(null), json!(82.22)]);
        assert_eq!(column("status"), [json!(null), json!("met"), json!(null), json!("near")]);
        assert_eq!(series["bands"].as_array().unwrap().len(), 4);
        let table = admin.get(&format!("{path}.csv?periods=2&to=2023")).await.ok();
        assert_eq!(
            String::from_utf8(table.body).unwrap(),
            "indicator_code,period,starts_on,ends_on,value,target,status,band,is_closed\n\
             IKM,2022,2022-01-01,2022-12-31,78.90,,,B,false\nIKM,2023,2023-01-01,2023-12-31,80.40,80.00,met,B,false\n"
        );
        let picture = admin.with("accept", "image/svg+xml").with("accept-language", "en").get(&path).await.ok();
        let picture = String::from_utf8(picture.body).unwrap();
        for part in [">Citizen satisfaction index<", ">Good<", ">84.00<", ">82.22<", ">2025<", ">points<"] {
            assert!(picture.contains(part), "{part} is not in {picture}");
        }
        let same = admin.get(&format!("{path}.svg?periods=4")).await.ok();
        assert!(String::from_utf8(same.body).unwrap().contains(">Indeks Kepuasan Masyarakat<"));
        admin.get(&format!("{path}?to=2025-Q1")).await.is(404).blames("to", "other_kind_of_period");
        let early = admin.get(&format!("{path}?to=1902&periods=120")).await.ok().json;
        let early: Vec<_> = early["points"].as_array().unwrap().iter().map(|point| point["period"].clone()).collect();
        assert_eq!(early, [json!("1900"), json!("1901"), json!("1902")], "no period before has a name");
    })
    .await;
}

#[actix_web::test]
async fn a_programme_shows_its_indicators() {
    each_database(async |app| {
        let library = app.library().await;
        let programme = json!({"year": 2026, "title": "Program", "objectives": ["Serapan"],
            "responsible_id": library.mentor.librarian()});
        let programme = library.admin.post("/programmes", programme).await.created().id();
        library.admin.step(&format!("/programmes/{programme}/activation")).await.ok();
        let id = manual(&library.admin, "SERAPAN", json!({"programme_id": programme})).await.created().id();
        manual(&library.admin, "LAIN", json!({})).await.created();
        entered(&library.admin, &id, "2026", 71.4).await.created();
        target(&library.admin, &id, "2026", 95.0).await.created();
        let progress = library.mentee.get(&format!("/programmes/{programme}/progress")).await.ok().json;
        let shown = progress["indicators"].as_array().unwrap();
        assert_eq!(shown.len(), 1);
        assert_eq!(
            (&shown[0]["code"], &shown[0]["value"], &shown[0]["status"]),
            (&json!("SERAPAN"), &json!(71.4), &json!("missed"))
        );
        let filtered = library.mentee.get(&format!("/indicator-dashboard?programme_id={programme}")).await.ok().json;
        assert_eq!(filtered["indicators"].as_array().unwrap().len(), 1);
    })
    .await;
}
