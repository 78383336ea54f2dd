use super::lifecycle::begun;
use crate::support::client::Answer;
use crate::support::{each_database, json};

#[actix_web::test]
async fn last_years_programme_becomes_the_draft_of_the_next() {
    each_database(async |app| {
        let library = app.library().await;
        let admin = &library.admin;
        let programme = begun(&library, 2026).await;
        let id = admin.get(&programme).await.ok().id();
        let competency = library.asked_of(&library.mentee).await[0].0.clone();
        let gone = json!({"name": "Pindah", "employment_kind": "non_asn", "unit_id": library.units[0]});
        let gone = admin.post("/librarians", gone).await.created();
        let first = json!({"programme_id": id, "title": "Dasar", "capacity": 12, "credit_hours": 4.5,
            "competencies": [{"competency_id": competency, "level": 3}],
            "staff_ids": [library.mentor.librarian(), gone.id()],
            "registration_opens_at": "2026-02-01T01:00:00Z"});
        let first = library.activity(first, &[("2026-03-10T01:00:00Z", "2026-03-10T05:00:00Z")]).await;
        let link = json!({"title": "Salindia", "url": "https://example.org/s", "position": 1});
        admin.post(&format!("/activities/{first}/materials"), link).await.created();
        let second = json!({"programme_id": id, "title": "Lanjutan", "prerequisites": {"activity_ids": [first]}});
        let second = library.activity(second, &[("2026-04-10T01:00:00Z", "2026-04-10T05:00:00Z")]).await;
        let off = library.activity(json!({"programme_id": id, "title": "Batal"}), &[]).await;
        admin.post(&format!("/activities/{off}/cancellation"), json!({"reason": "Banjir"})).await.ok();
        library.mentee.post(&format!("/activities/{first}/registrations"), json!({})).await.created();
        admin.delete(&format!("/librarians/{}", gone.id()), gone.tag()).await.no_content();
        let milestone = json!({"title": "Setengah jalan", "due_on": "2026-06-30", "programme_id": id});
        let milestone = admin.post("/milestones", milestone).await.created();
        admin.step(&format!("/milestones/{}/achievement", milestone.id())).await.ok();
        admin.step(&format!("{programme}/closure")).await.ok();

        let copy = admin.post(&format!("{programme}/copies"), json!({})).await.created();
        assert_eq!((&copy.json["year"], &copy.json["title"]), (&json!(2027), &json!("Program Pembinaan 2027")));
        assert_eq!((&copy.json["status"], &copy.json["copied_from_id"]), (&json!("draft"), &json!(id)));
        let original = admin.get(&programme).await.ok().json;
        for same in ["objectives", "targets", "target_group", "responsible_id"] {
            assert_eq!(copy.json[same], original[same]);
        }
        let milestones = admin.get(&format!("/milestones?programme_id={}", copy.id())).await.ok();
        assert_eq!(
            (milestones.column("due_on"), milestones.column("status")),
            (vec![json!("2027-06-30")], vec![json!("open")])
        );
        let drafts = admin.get(&format!("/activities?programme_id={}", copy.id())).await.ok();
        assert_eq!(drafts.column("title"), [json!("Dasar"), json!("Lanjutan")]);
        assert_eq!(drafts.column("status"), [json!("draft"), json!("draft")]);
        assert_eq!(drafts.column("starts_at")[0], "2027-03-10T01:00:00.000Z");
        let [basic, later] = [&drafts.json["items"][0], &drafts.json["items"][1]];
        assert_eq!(
            (&basic["capacity"], &basic["credit_hours"], &basic["seats_taken"]),
            (&json!(12), &json!(4.5), &json!(0))
        );
        assert_eq!(basic["staff_ids"], json!([library.mentor.librarian()]));
        assert_eq!(basic["registration_opens_at"], "2027-02-01T01:00:00.000Z");
        assert_eq!(later["prerequisites"]["activity_ids"], json!([basic["id"]]));
        assert_ne!(later["id"], json!(second));
        let basic = basic["id"].as_str().unwrap();
        let materials = admin.get(&format!("/activities/{basic}/materials")).await.ok();
        assert_eq!(materials.column("url"), [json!("https://example.org/s")]);
        let far = json!({"year": 2030, "title": "Program 2030"});
        let far = admin.post(&format!("{programme}/copies"), far).await.created();
        let drafts = admin.get(&format!("/activities?programme_id={}", far.id())).await.ok();
        assert_eq!(drafts.column("starts_at")[0], "2030-03-10T01:00:00.000Z");
    })
    .await;
}

#[actix_web::test]
async fn a_copy_asked_for_twice_with_one_key_is_made_once() {
    each_database(async |app| {
        let library = app.library().await;
        let programme = begun(&library, 2026).await;
        let asking = library.admin.with("idempotency-key", "kunci-salinan-program-2027");
        let path = format!("{programme}/copies");
        let answers = futures_util::future::join_all((0..4).map(|_| asking.post(&path, json!({})))).await;
        let made: std::collections::HashSet<_> =
            answers.iter().filter(|answer| answer.status == 201).map(Answer::id).collect();
        assert_eq!(made.len(), 1);
        assert_eq!(library.admin.get("/programmes?year=2027").await.ok().column("id").len(), 1);
    })
    .await;
}
