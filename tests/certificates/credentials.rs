use std::io::Read;

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use data_encoding::BASE64URL_NOPAD;
use futures_util::future::join_all;
use serde_json::Value;

use crate::support::{TestApp, each_database, json};

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
}

/// What a JWT says, if the key that it names has signed it.
async fn verified(app: &TestApp, jwt: &str) -> Option<Value> {
    let parts: Vec<_> = jwt.split('.').collect();
    let header = decoded(parts[0]);
    let address = header["kid"].as_str().unwrap().trim_start_matches("http://127.0.0.1:8080");
    let key = app.anonymous().get(address).await.ok().json;
    let part = |name: &str| BASE64URL_NOPAD.decode(key[name].as_str().unwrap().as_bytes()).unwrap();
    let key = RsaPublicKeyComponents { n: part("n"), e: part("e") };
    let signature = BASE64URL_NOPAD.decode(parts[2].as_bytes()).ok()?;
    let content = format!("{}.{}", parts[0], parts[1]);
    key.verify(&RSA_PKCS1_2048_8192_SHA256, content.as_bytes(), &signature).ok()?;
    Some(decoded(parts[1]))
}

async fn jwt(app: &TestApp, path: &str) -> String {
    let answer = app.anonymous().with("accept", "application/vc+jwt").get(path).await.ok();
    assert_eq!(answer.header("content-type"), Some("application/vc+jwt"));
    String::from_utf8(answer.body).unwrap()
}

#[actix_web::test]
async fn a_certificate_is_an_open_badge_that_anybody_verifies() {
    each_database(async |app| {
        let library = app.library().await;
        let certificate = library.certified(&[&library.mentee]).await.remove(0);
        let path = certificate.json["credential_path"].as_str().unwrap();
        let signed = jwt(&app, path).await;
        let badge = verified(&app, &signed).await.unwrap();
        assert_eq!(badge["type"], json!(["VerifiableCredential", "OpenBadgeCredential"]));
        assert_eq!((&badge["id"], &badge["jti"]), (&badge["jti"], &json!(format!("http://127.0.0.1:8080{path}"))));
        assert_eq!((&badge["iss"], &badge["sub"]), (&badge["issuer"]["id"], &badge["credentialSubject"]["id"]));
        let subject = &badge["credentialSubject"];
        assert_eq!(subject["achievement"]["name"], certificate.json["title"]);
        assert_eq!(
            (&subject["identifier"][0]["identityHash"], &subject["creditsEarned"]),
            (&json!("Rizky"), &json!(24.0))
        );
        let issuer = app.anonymous().get("/credential-issuer").await.ok().json;
        assert_eq!((&issuer["id"], &issuer["name"]), (&badge["issuer"]["id"], &certificate.json["organiser"]));
        // One changed byte is no badge.
        for place in [20, signed.len() / 2, signed.len() - 5] {
            let mut wrong = signed.clone().into_bytes();
            wrong[place] = if wrong[place] == b'A' { b'B' } else { b'A' };
            let parts = String::from_utf8(wrong).unwrap();
            let readable = BASE64URL_NOPAD.decode(parts.split('.').next().unwrap().as_bytes()).is_ok_and(|header| {
                serde_json::from_slice::<Value>(&header)
                    .is_ok_and(|header| header["kid"] == decoded(signed.split('.').next().unwrap())["kid"])
            });
            assert!(!readable || verified(&app, &parts).await.is_none(), "at {place}");
        }
        let read = app.anonymous().with("accept", "application/json").get(path).await.ok();
        assert_eq!(read.json["credentialSubject"], badge["credentialSubject"]);
        app.anonymous().get(&format!("/credentials/{}", certificate.id())).await.is(404);
    })
    .await;
}

/// The bit of a credential in the status list that it names.
async fn bit(app: &TestApp, credential: &Value) -> u8 {
    let status = &credential["credentialStatus"];
    let list = status["statusListCredential"].as_str().unwrap().trim_start_matches("http://127.0.0.1:8080");
    let list = verified(app, &jwt(app, list).await).await.unwrap();
    let encoded = list["credentialSubject"]["encodedList"].as_str().unwrap().strip_prefix('u').unwrap();
    let packed = BASE64URL_NOPAD.decode(encoded.as_bytes()).unwrap();
    let mut bits = Vec::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bits).unwrap();
    let index: usize = status["statusListIndex"].as_str().unwrap().parse().unwrap();
    bits[index / 8] >> (7 - index % 8) & 1
}

#[actix_web::test]
async fn a_revocation_shows_in_the_status_list_at_once() {
    each_database(async |app| {
        let library = app.library().await;
        let issued = library.certified(&[&library.mentor, &library.mentee, &library.other]).await;
        let mut badges = Vec::new();
        for certificate in &issued {
            let signed = jwt(&app, certificate.json["credential_path"].as_str().unwrap()).await;
            badges.push(verified(&app, &signed).await.unwrap());
        }
        assert_eq!(join_all(badges.iter().map(|badge| bit(&app, badge))).await, [0, 0, 0]);
        let reason = json!({"reason": "Kehadiran milik orang lain"});
        library.admin.post(&format!("/certificates/{}/revocation", issued[1].id()), reason).await.ok();
        assert_eq!(join_all(badges.iter().map(|badge| bit(&app, badge))).await, [0, 1, 0]);
        app.anonymous().get("/credential-status-lists/2").await.is(404);
        app.anonymous().get("/credential-status-lists/0").await.is(404);
    })
    .await;
}

#[actix_web::test]
async fn processes_that_need_a_key_at_once_make_one_that_stays() {
    each_database(async |app| {
        let anyone = app.anonymous();
        let asked = join_all((0..6).map(|_| anyone.get("/credential-keys"))).await;
        let first = &asked[0].json["keys"];
        assert!(first.as_array().unwrap().len() == 1 && asked.iter().all(|answer| answer.json["keys"] == *first));
        assert_eq!(app.restarted().await.anonymous().get("/credential-keys").await.ok().json["keys"], *first);
    })
    .await;
}
