use crate::support::{each_database, json};

#[actix_web::test]
async fn a_certificate_comes_as_a_sheet_to_be_framed() {
    each_database(async |app| {
        let library = app.library().await;
        let certificate = library.certified(&[&library.mentee]).await.remove(0);
        let path = format!("/certificates/{}", certificate.id());
        let sheet = library.mentee.get(&format!("{path}.pdf")).await.ok();
        assert_eq!(sheet.header("content-type"), Some("application/pdf"));
        assert_eq!(
            sheet.header("content-disposition"),
            Some("attachment; filename=\"sertifikat-0001-SERT-III-2026.pdf\"")
        );
        assert!(sheet.body.starts_with(b"%PDF-1.7") && sheet.body.len() < 200_000);
        // It leads to where it is verified.
        let address = format!("http://127.0.0.1:8080{}", certificate.json["verification_path"].as_str().unwrap());
        assert!(String::from_utf8_lossy(&sheet.body).contains(&address));
        let by_accept = library.mentee.with("accept", "application/pdf").get(&path).await.ok();
        assert_eq!(by_accept.body, sheet.body, "the same sheet each time");
        library.other.get(&format!("{path}.pdf")).await.is(404);
        // One that was revoked says so.
        let reason = json!({"reason": "Kehadiran milik orang lain"});
        library.admin.post(&format!("{path}/revocation"), reason).await.ok();
        assert_ne!(library.mentee.get(&format!("{path}.pdf")).await.ok().body, sheet.body);
    })
    .await;
}

#[actix_web::test]
async fn whatever_stands_on_it_a_sheet_can_be_drawn() {
    each_database(async |app| {
        let library = app.library().await;
        let mut certificate = library.certified(&[&library.mentee]).await.remove(0);
        let settings = library.admin.get("/settings").await.ok();
        let bare = json!({"city": null, "name": "P"});
        library.admin.patch("/settings", settings.tag(), bare).await.ok();
        let names = [
            "W".repeat(200),
            "林美玲 🎓".to_owned(),
            "ا".repeat(60),
            "x ".repeat(99) + "x",
            "\u{301}\u{301}".to_owned(),
        ];
        for name in names {
            let change = json!({"reason": "Uji", "recipient_name": name, "title": name, "credit_hours": 0.25});
            certificate =
                library.admin.post(&format!("/certificates/{}/replacement", certificate.id()), change).await.created();
            let sheet = library.admin.get(&format!("/certificates/{}.pdf", certificate.id())).await.ok();
            assert!(sheet.body.starts_with(b"%PDF"), "{name}");
        }
    })
    .await;
}
