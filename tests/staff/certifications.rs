use chrono::TimeDelta;

use crate::support::{each_database, json};

#[actix_web::test]
async fn certificates_warn_180_90_and_30_days_before_they_end() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/certifications", library.mentee.librarian());
        // Today is 2026-03-02.
        for (number, end) in
            [("A", "2026-03-20"), ("B", "2026-05-31"), ("C", "2026-08-29"), ("D", "2026-08-30"), ("E", "2026-03-01")]
        {
            let new = json!({"kind": "competency", "scheme": "Klaster 2019", "cluster": "Layanan", "number": number,
                "issuer": "LSP Pustakawan", "issued_on": "2023-03-02", "valid_until": end});
            library.admin.post(&path, new).await.created();
        }
        let open =
            json!({"kind": "other", "scheme": "TOEFL", "number": "F", "issuer": "ETS", "issued_on": "2023-03-03"});
        let open = library.admin.post(&path, open).await.created();
        assert_eq!((&open.json["days_left"], &open.json["expiry_warning"]), (&json!(null), &json!("none")));

        let all = library.mentee.get("/certifications?sort=issued_on").await.ok();
        let mut warned: Vec<_> = all.json["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| {
                (item["number"].as_str().unwrap().to_owned(), item["expiry_warning"].as_str().unwrap().to_owned())
            })
            .collect();
        warned.sort();
        let warnings: Vec<_> = warned.iter().map(|(_, warning)| warning.as_str()).collect();
        let expected = ["within_30_days", "within_90_days", "within_180_days", "none", "expired", "none"];
        assert_eq!(warnings, expected);
        let count =
            async |query: &str| library.mentor.get(&format!("/certifications?{query}")).await.ok().column("id").len();
        assert_eq!([count("expires_within_days=30").await, count("expires_within_days=90").await], [1, 2]);
        assert_eq!([count("expires_within_days=180").await, count("valid_on=2026-03-02").await], [3, 5]);
        assert_eq!([count("kind=other").await, count("q=layanan").await], [1, 5]);
        library.mentor.get("/certifications?expires_within_days=4000").await.is(400);
        assert!(library.other.get("/certifications").await.ok().column("id").is_empty());
        app.after(TimeDelta::days(20));
        let mentee = app.again(&library.mentee).await;
        assert_eq!(mentee.get("/certifications?expires_within_days=30").await.ok().column("id").len(), 0);
    })
    .await;
}

#[actix_web::test]
async fn a_number_is_there_once_in_a_scheme_however_many_enter_it_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let new = json!({"kind": "competency", "scheme": "Klaster 2019", "number": "91100 2634", "issuer": "LSP",
            "issued_on": "2025-03-02"});
        let asked = (0..12).map(|index| {
            let person = if index % 2 == 0 { &library.mentee } else { &library.other };
            let path = format!("/librarians/{}/certifications", person.librarian());
            let (admin, new) = (&library.admin, new.clone());
            async move { admin.post(&path, new).await }
        });
        let answers = futures_util::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        for answer in answers.into_iter().filter(|answer| answer.status != 201) {
            answer.is(409).refused("certificate_number_taken").blames("#/number", "taken");
        }
        let mut other = new.clone();
        other["scheme"] = json!("Klaster 2024");
        library
            .admin
            .post(&format!("/librarians/{}/certifications", library.mentee.librarian()), other)
            .await
            .created();
    })
    .await;
}

#[actix_web::test]
async fn a_competency_test_is_for_a_position_and_nothing_else_is() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/certifications", library.mentee.librarian());
        let position = library.admin.get("/positions?q=15503").await.ok().column("id")[0].clone();
        let mut new = json!({"kind": "position_test", "scheme": "Uji Kompetensi", "number": "1", "issuer": "Perpusnas",
            "issued_on": "2026-03-03", "valid_until": "2026-03-01"});
        let refused = library.admin.post(&path, new.clone()).await.is(422).blames("#/position_id", "required");
        refused.blames("#/issued_on", "in_the_future").blames("#/valid_until", "ends_before_it_begins");
        new["issued_on"] = json!("2026-02-03");
        new["valid_until"] = json!(null);
        new["position_id"] = position;
        let test = library.admin.post(&path, new).await.created();
        let item = format!("/certifications/{}", test.id());
        let refused = library.admin.patch(&item, test.tag(), json!({"kind": "competency"})).await.is(422);
        refused.blames("#/position_id", "for_position_tests");
        let changed = library.admin.patch(&item, test.tag(), json!({"kind": "other", "position_id": null})).await.ok();
        library.mentee.get(&item).await.ok();
        library.other.get(&item).await.is(404);
        library.admin.delete(&item, changed.tag()).await.no_content();
        library.mentee.get(&item).await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn diplomas_are_kept_by_admins_and_read_by_the_person_and_their_mentor() {
    each_database(async |app| {
        let library = app.library().await;
        let path = format!("/librarians/{}/education", library.mentee.librarian());
        let new = json!({"level": "s1", "institution": "Universitas Tanjungpura", "graduated_year": 2027,
            "evidence_url": "ftp://x"});
        library.admin.post(&path, new).await.is(422).blames("#/evidence_url", "not_a_url");
        let new = json!({"level": "s1", "institution": "Universitas Tanjungpura", "graduated_year": 2027});
        library.admin.post(&path, new).await.is(422).blames("#/graduated_year", "in_the_future");
        let new = json!({"level": "d3", "institution": "Universitas Terbuka", "graduated_year": 2016,
            "is_library_science": true});
        let diploma = library.admin.post(&path, new).await.created();
        let item = format!("/education/{}", diploma.id());
        let changed = library.admin.patch(&item, diploma.tag(), json!({"field": "Ilmu Perpustakaan"})).await.ok();
        assert_eq!(library.mentee.get(&path).await.ok().column("level"), [json!("d3")]);
        assert_eq!(library.mentor.get(&item).await.ok().json["field"], "Ilmu Perpustakaan");
        library.other.get(&path).await.is(404);
        library.mentee.patch(&item, changed.tag(), json!({"level": "s1"})).await.is(403);
        library.admin.delete(&item, changed.tag()).await.no_content();
        let person = format!("/librarians/{}", library.mentee.librarian());
        let record = library.admin.get(&person).await.ok();
        library.admin.delete(&person, record.tag()).await.no_content();
        let new = json!({"level": "d3", "institution": "UT", "graduated_year": 2016});
        library.admin.post(&path, new).await.is(404);
        library.mentor.get(&path).await.is(404);
    })
    .await;
}
