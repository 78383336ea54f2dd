use chrono::TimeDelta;

use crate::support::people::Library;
use crate::support::{each_database, json};

/// The figures kept with each write are those of a full scan.
async fn kept_is_scanned(library: &Library, today: &str) -> serde_json::Value {
    let kept = library.admin.get("/competency-gaps?limit=500").await.ok();
    let scanned = library.admin.get(&format!("/competency-gaps?limit=500&as_of={today}")).await.ok();
    assert_eq!(kept.json, scanned.json);
    kept.json
}

#[actix_web::test]
async fn kept_figures_always_equal_a_full_scan() {
    each_database(async |app| {
        let mut library = app.library().await;
        kept_is_scanned(&library, "2026-03-02").await;
        let asked = library.asked_of(&library.mentee).await;
        for (index, (competency, _)) in (0_i64..6).zip(&asked) {
            library.assessed(&library.mentee, competency, 1 + index % 5, "2026-02-10", None).await;
            library.assessed(&library.other, competency, 3, "2026-02-11", Some("2026-03-15")).await;
        }
        let before = kept_is_scanned(&library, "2026-03-02").await;
        assert_eq!((&before["people_count"], &before["units"][0]["code"]), (&json!(3), &json!("SATU")));

        // Somebody moves to another unit and position, leaves, comes back.
        let path = format!("/librarians/{}", library.other.librarian());
        let record = library.admin.get(&path).await.ok();
        let positions = library.admin.get("/positions?sort=code").await.ok();
        let moved = json!({"unit_id": library.units[1], "position_id": positions.column("id")[1]});
        let moved = library.admin.patch(&path, record.tag(), moved).await.ok();
        assert_eq!(kept_is_scanned(&library, "2026-03-02").await["units"].as_array().unwrap().len(), 2);
        let alone = library.admin.patch(&path, moved.tag(), json!({"position_id": null})).await.ok();
        kept_is_scanned(&library, "2026-03-02").await;
        library.admin.delete(&path, alone.tag()).await.no_content();
        assert_eq!(kept_is_scanned(&library, "2026-03-02").await["people_count"], 2);
        library.admin.step(&format!("{path}/restoration")).await.ok();
        kept_is_scanned(&library, "2026-03-02").await;

        // An assessment is taken away; time takes others.
        let gone = library.assessed(&library.mentee, &asked[0].0, 5, "2026-02-20", None).await;
        kept_is_scanned(&library, "2026-03-02").await;
        let tag = library.admin.get(&gone).await.ok().tag().to_owned();
        library.admin.delete(&gone, &tag).await.no_content();
        kept_is_scanned(&library, "2026-03-02").await;
        app.after(TimeDelta::days(20));
        library.admin = app.again(&library.admin).await;
        kept_is_scanned(&library, "2026-03-22").await;
    })
    .await;
}

#[actix_web::test]
async fn figures_hold_when_many_write_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let asked = library.asked_of(&library.mentee).await;
        let people = [&library.mentee, &library.other];
        let writes = (0..24_i64).map(|index| {
            let (library, person) = (&library, if index % 2 == 0 { people[0] } else { people[1] });
            let competency = asked.iter().cycle().nth(usize::try_from(index % 4).unwrap()).unwrap().0.clone();
            async move { library.assessed(person, &competency, 1 + (index % 5), "2026-02-10", None).await }
        });
        futures_util::future::join_all(writes).await;
        kept_is_scanned(&library, "2026-03-02").await;
    })
    .await;
}

#[actix_web::test]
async fn mentors_see_the_gaps_of_their_mentees_and_librarians_none() {
    each_database(async |app| {
        let library = app.library().await;
        library.mentee.get("/competency-gaps").await.is(403).refused("forbidden");
        assert_eq!(library.mentor.get("/competency-gaps").await.ok().json["people_count"], 2);
        assert_eq!(library.admin.get("/competency-gaps").await.ok().json["people_count"], 3);
        let table = library.admin.get("/competency-gaps.csv").await.ok();
        assert!(String::from_utf8(table.body).unwrap().starts_with("rank,code,title,field"));
        let picture = library.admin.with("accept", "image/svg+xml").get("/competency-gaps").await.ok();
        assert_eq!(picture.header("content-type"), Some("image/svg+xml"));
    })
    .await;
}

#[actix_web::test]
async fn needs_are_ranked_by_weighted_gap_then_by_code() {
    each_database(async |app| {
        let library = app.library().await;
        let gaps = library.admin.get("/competency-gaps?limit=500").await.ok();
        let needs: Vec<_> = gaps.json["needs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|need| (-need["weighted_gap"].as_i64().unwrap(), need["code"].as_str().unwrap().to_owned()))
            .collect();
        assert!(needs.len() > 20 && needs.is_sorted());
        let few = library.admin.get("/competency-gaps?limit=2").await.ok();
        assert_eq!(few.json["needs"].as_array().unwrap().len(), 2);
        library.admin.get("/competency-gaps?limit=501").await.is(400).blames("limit", "out_of_range");
    })
    .await;
}

#[actix_web::test]
async fn recommendations_name_gaps_and_colleagues_who_are_there() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/recommendations", library.mentee.librarian());
        let first = library.mentee.get(&path).await.ok().json["items"][0].clone();
        assert_eq!(first["kind"], "competency");
        let competency = first["competency_id"].as_str().unwrap();
        library.assessed(&library.other, competency, first["target_level"].as_i64().unwrap(), "2026-02-10", None).await;
        let items = library.mentee.get(&path).await.ok().json["items"].clone();
        let colleague = items.as_array().unwrap().iter().find(|item| item["kind"] == "colleague").unwrap();
        assert_eq!(colleague["subject_id"], json!(library.other.librarian()));
        library.other.get(&path).await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn coverage_tells_where_only_one_person_can() {
    each_database(async |app| {
        let library = app.library().await;
        let (competency, required) = library.asked_of(&library.mentee).await[0].clone();
        library.assessed(&library.mentee, &competency, required, "2026-02-10", Some("2026-12-31")).await;
        let path = format!("/coverage?competency_id={competency}&on=2027-01-01");
        let entry = library.admin.get(&path).await.ok().json["items"][0].clone();
        assert_eq!((&entry["covered_now"], &entry["covered_later"]), (&json!(1), &json!(0)));
        assert_eq!(
            (&entry["alert"], &entry["only_librarian_id"]),
            (&json!("only_one"), &json!(library.mentee.librarian()))
        );
    })
    .await;
}
