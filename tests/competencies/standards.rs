use crate::support::{each_database, json};

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
