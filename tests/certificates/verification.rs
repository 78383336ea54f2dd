use crate::support::{each_database, json};

#[actix_web::test]
async fn the_code_on_the_paper_tells_everybody_whether_it_holds() {
    each_database(async |app| {
        let library = app.library().await;
        let certificate = library.certified(&[&library.mentee]).await.remove(0);
        let code = certificate.json["verification_code"].as_str().unwrap();
        let anyone = app.anonymous();
        let said = anyone.get(&format!("/verify/{code}")).await.ok();
        assert_eq!(said.header("cache-control"), Some("no-store"));
        for field in [
            "number",
            "recipient_name",
            "title",
            "organiser",
            "credit_hours",
            "competencies",
            "starts_on",
            "ends_on",
            "status",
        ] {
            assert_eq!(said.json[field], certificate.json[field], "{field}");
        }
        let sloppy = code.to_lowercase().replace('-', "").replace('0', "o");
        assert_eq!(anyone.get(&format!("/verify/{sloppy}")).await.ok().json["number"], said.json["number"]);
        let mistyped = format!("{}{}", if code.starts_with('7') { '8' } else { '7' }, &code[1..]);
        anyone.get(&format!("/verify/{mistyped}")).await.is(404);
        anyone.get(&format!("/verify/{}", certificate.id())).await.is(404);
        let reason = json!({"reason": "Kehadiran dicatat atas nama orang lain"});
        library.admin.post(&format!("/certificates/{}/revocation", certificate.id()), reason.clone()).await.ok();
        let revoked = anyone.get(&format!("/verify/{code}")).await.ok().json;
        assert_eq!((&revoked["status"], &revoked["revocation_reason"]), (&json!("revoked"), &reason["reason"]));
    })
    .await;
}

#[actix_web::test]
async fn a_browser_gets_a_page_in_both_languages_that_loads_nothing_from_elsewhere() {
    each_database(async |app| {
        let library = app.library().await;
        let certificate = library.certified(&[&library.mentee]).await.remove(0);
        let path = format!("/certificates/{}/replacement", certificate.id());
        let change =
            json!({"reason": "<script>alert(1)</script>", "recipient_name": "Rizky <b>Pratama</b> & \"Kawan\""});
        let second = library.admin.post(&path, change).await.created();
        let browser = app.anonymous().with("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        let page_of = async |answer: &crate::support::client::Answer| {
            let page = browser.get(answer.json["verification_path"].as_str().unwrap()).await.ok();
            assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
            assert_eq!(page.header("cache-control"), Some("no-store"));
            assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
            String::from_utf8(page.body).unwrap()
        };
        let text = page_of(&second).await;
        assert!(text.contains("sah dan berlaku") && text.contains("genuine and holds") && text.contains("24 JP"));
        assert!(
            text.contains("Rizky &lt;b&gt;Pratama&lt;/b&gt; &amp; &quot;Kawan&quot;")
                && text.contains("10 Februari 2026")
        );
        assert!(!text.contains("http") && !text.contains("<script") && !text.contains("src="));
        let text = page_of(&certificate).await;
        assert!(text.contains("telah dicabut") && text.contains("was revoked") && text.contains("&lt;script&gt;"));
        assert!(text.contains("Another took its place"));
        let page = browser.get("/verify/nothing").await.is(404);
        assert!(String::from_utf8(page.body).unwrap().contains("There is no such certificate"));
        app.anonymous().get("/verify/nothing").await.is(404).refused("not_found");
    })
    .await;
}

#[actix_web::test]
async fn nobody_tries_many_codes() {
    let options = bina_pustaka::app::Options::default();
    crate::support::app::each_database_with(options, async |app| {
        let anyone = app.anonymous();
        let mut statuses = Vec::new();
        for _ in 0..61 {
            statuses.push(anyone.get("/verify/7Q2M-0VXG-4KZC-91TD-RY5B-3HNE-8WA").await.status.as_u16());
        }
        assert_eq!((statuses[0], statuses[60]), (404, 429));
    })
    .await;
}
