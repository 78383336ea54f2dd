use crate::support::{each_database, json};
use bina_pustaka::demo;

#[actix_web::test]
async fn a_standard_is_replaced_as_a_whole() {
    each_database(async |app| {
        demo::seed(app.db()).await.unwrap();
        let admin = app.admin().await;
        let reader = app.account("r@test.example", "R", false, false, None).await;
        // Pustakawan Ahli Pertama; the catalogue of positions and the framework are shipped.
        let framework = reader.get("/frameworks").await.ok().column("id")[0].as_str().unwrap().to_owned();
        let units = reader.get(&format!("/frameworks/{framework}/competencies?kind=unit")).await.ok().column("id");
        let area =
            reader.get(&format!("/frameworks/{framework}/competencies?kind=area")).await.ok().column("id")[0].clone();
        let path = "/positions/019b76da-a87a-7cdd-a96e-def968b86e38/standard";
        let shipped = reader.get(path).await.ok();
        assert_eq!((shipped.json["entries"].as_array().unwrap().len(), &shipped.json["version"]), (24, &json!(1)));
        assert!(shipped.tag().starts_with("\"v1."));

        let entry =
            |id: &serde_json::Value, level: i32| json!({"competency_id": id, "required_level": level, "weight": 2});
        let new = json!({"entries": [entry(&units[0], 3), entry(&units[1], 5)]});
        reader.put(path, shipped.tag(), new.clone()).await.is(403);
        let replaced = admin.put(path, shipped.tag(), new.clone()).await.ok();
        assert_eq!((replaced.json["entries"].as_array().unwrap().len(), &replaced.json["version"]), (2, &json!(2)));
        admin.put(path, shipped.tag(), new.clone()).await.is(412);
        assert_eq!(admin.put(path, replaced.tag(), new).await.ok().json["version"], 2, "nothing changed");

        let nobody = json!("019a0000-0000-7000-8000-000000000000");
        let wrong = json!({"entries": [entry(&units[0], 3), entry(&units[0], 3), entry(&area, 1), entry(&nobody, 1)]});
        let wrong = admin.put(path, replaced.tag(), wrong).await.is(422);
        let wrong = wrong.blames("#/entries/1/competency_id", "repeated");
        wrong
            .blames("#/entries/2/competency_id", "not_a_unit_in_use")
            .blames("#/entries/3/competency_id", "no_such_object");
        let wrong = admin.put(path, replaced.tag(), json!({"entries": [entry(&units[0], 6)]})).await.is(422);
        wrong.blames("#/entries/0/required_level", "out_of_range");
        admin.get("/positions/019a0000-0000-7000-8000-000000000000/standard").await.is(404);
        assert!(app.events_of(&["position"]).await.contains(&"position.standard_replaced".to_owned()));
    })
    .await;
}

#[actix_web::test]
async fn of_many_who_replace_a_standard_one_wins() {
    each_database(async |app| {
        demo::seed(app.db()).await.unwrap();
        let admin = app.admin().await;
        let framework = admin.get("/frameworks").await.ok().column("id")[0].as_str().unwrap().to_owned();
        let units = admin.get(&format!("/frameworks/{framework}/competencies?kind=unit")).await.ok().column("id");
        let path = "/positions/019b76da-a87a-7cdd-a96e-def968b86e38/standard";
        let tag = admin.get(path).await.ok();
        let asked = (0..8).map(|n| {
            let entries = json!({"entries": [{"competency_id": units[n], "required_level": 2, "weight": 1}]});
            admin.put(path, tag.tag(), entries)
        });
        let answers = futures_util::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        for answer in answers.into_iter().filter(|answer| answer.status != 200) {
            answer.is(412);
        }
        assert_eq!(admin.get(path).await.ok().json["version"], 2);
    })
    .await;
}

#[actix_web::test]
async fn a_changed_standard_changes_the_gap_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, _) = library.asked_of(&library.mentee).await[0].clone();
        library.assessed(&library.mentee, &competency, 2, "2026-02-10", None).await;
        let record = library.admin.get(&format!("/librarians/{}", library.mentee.librarian())).await.ok();
        let path = format!("/positions/{}/standard", record.json["position_id"].as_str().unwrap());
        let standard = library.mentee.get(&path).await.ok();
        assert!(standard.json["entries"].as_array().unwrap().len() > 17);
        let wanted =
            |level: i64| json!({"entries": [{"competency_id": competency, "required_level": level, "weight": 2}]});
        library.mentee.put(&path, standard.tag(), wanted(5)).await.is(403);
        library.admin.put(&path, standard.tag(), wanted(6)).await.is(422);
        library.admin.put(&path, standard.tag(), wanted(5)).await.ok();
        library.admin.put(&path, standard.tag(), wanted(4)).await.is(412).refused("stale_version");
        let profile =
            library.mentee.get(&format!("/librarians/{}/competency-profile", library.mentee.librarian())).await.ok();
        assert_eq!(profile.json["required"].as_array().unwrap().len(), 1);
        assert_eq!((&profile.json["gap_count"], &profile.json["job_person_match"]), (&json!(1), &json!(40.0)));
        let gaps = library.admin.get("/competency-gaps?limit=500").await.ok();
        let need =
            gaps.json["needs"].as_array().unwrap().iter().find(|need| need["competency_id"] == competency.as_str());
        // Two people are in the position: 3 levels missing to one, 5 to the other, each with weight 2; others may be asked too.
        assert!(need.unwrap()["weighted_gap"].as_i64().unwrap() >= 16);
        let today = library.admin.get("/competency-gaps?limit=500&as_of=2026-03-02").await.ok();
        assert_eq!(gaps.json, today.json);
    })
    .await;
}
