use bina_pustaka::app::Options;
use bina_pustaka::identity::accounts::{self, Account};
use chrono::TimeDelta;

use crate::support::app::each_database_with;
use crate::support::{Client, TestApp, each_database, json};

const PASSWORD: &str = "rak kelima penuh ombak";

/// An account with a password.
async fn siti(app: &TestApp) -> uuid::Uuid {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let hash = HASH.get_or_init(|| accounts::hash(PASSWORD).unwrap()).clone();
    let account = Account {
        email: "Siti@Test.Example".to_owned(),
        name: "Siti".to_owned(),
        is_mentor: false,
        is_admin: false,
        librarian_id: None,
        password_hash: Some(hash),
    };
    accounts::make(app.db(), account).await.unwrap()
}

async fn login(app: &TestApp, password: &str) -> crate::support::client::Answer {
    app.anonymous().post("/auth/login", json!({"email": "siti@test.example", "password": password})).await
}

async fn refresh(app: &TestApp, token: &str) -> crate::support::client::Answer {
    app.anonymous().post("/auth/refresh", json!({"refresh_token": token})).await
}

fn caller(app: &TestApp, pair: &serde_json::Value) -> Client {
    Client::new(app.clone(), Some(pair["access_token"].as_str().unwrap().to_owned()))
}

#[actix_web::test]
async fn signing_in_gives_tokens_that_sign_out_ends_at_once() {
    each_database(async |app| {
        siti(&app).await;
        let pair = login(&app, PASSWORD).await.ok();
        assert_eq!(pair.header("cache-control"), Some("no-store"));
        let siti = caller(&app, &pair.json);
        assert_eq!(siti.get("/me").await.ok().json["name"], "Siti");
        let sessions = siti.get("/auth/sessions").await.ok();
        assert_eq!(sessions.column("is_current"), [json!(true)]);
        siti.step("/auth/logout").await.no_content();
        siti.get("/me").await.is(401).refused("invalid_token");
        refresh(&app, pair.json["refresh_token"].as_str().unwrap()).await.is(401).refused("invalid_refresh_token");
    })
    .await;
}

#[actix_web::test]
async fn wrong_address_and_wrong_password_are_answered_alike() {
    each_database(async |app| {
        siti(&app).await;
        let wrong = login(&app, "bukan kata sandinya itu").await.is(401).refused("invalid_credentials");
        let unknown = app.anonymous().post("/auth/login", json!({"email": "x@test.example", "password": "y"})).await;
        let unknown = unknown.is(401).refused("invalid_credentials");
        assert_eq!(wrong.json["detail"], unknown.json["detail"]);
        assert_eq!(wrong.headers.len(), unknown.headers.len());
    })
    .await;
}

#[actix_web::test]
async fn guessing_is_slowed_down_for_known_and_unknown_alike() {
    each_database_with(Options { rate_limits: true, ..Options::default() }, async |app| {
        siti(&app).await;
        for email in ["siti@test.example", "nobody@test.example"] {
            let guess = json!({"email": email, "password": "bukan kata sandinya itu"});
            for _ in 0..5 {
                app.anonymous().post("/auth/login", guess.clone()).await.is(401);
            }
            let waits = app.anonymous().post("/auth/login", guess).await.is(429).refused("too_many_attempts");
            assert!(waits.header("retry-after").is_some());
        }
        // Also the right password waits; after the wait it opens, and all is forgotten.
        login(&app, PASSWORD).await.is(429);
        app.after(TimeDelta::seconds(2));
        login(&app, PASSWORD).await.ok();
        login(&app, "bukan kata sandinya itu").await.is(401);
    })
    .await;
}

#[actix_web::test]
async fn two_refreshes_at_once_get_one_successor() {
    each_database(async |app| {
        siti(&app).await;
        let first = login(&app, PASSWORD).await.ok().json["refresh_token"].as_str().unwrap().to_owned();
        let answers = futures_util::future::join_all((0..8).map(|_| refresh(&app, &first))).await;
        let successors: std::collections::HashSet<_> =
            answers.into_iter().map(|answer| answer.ok().json["refresh_token"].to_string()).collect();
        assert_eq!(successors.len(), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_refresh_token_used_again_later_ends_the_session_also_after_a_restart() {
    each_database(async |app| {
        siti(&app).await;
        let pair = login(&app, PASSWORD).await.ok().json;
        let first = pair["refresh_token"].as_str().unwrap().to_owned();
        let second = refresh(&app, &first).await.ok().json;
        app.after(TimeDelta::seconds(9));
        assert_eq!(refresh(&app, &first).await.ok().json["refresh_token"], second["refresh_token"], "a retry");
        app.after(TimeDelta::seconds(2));
        let app = app.restarted().await;
        refresh(&app, &first).await.is(401).refused("refresh_token_reused");
        refresh(&app, second["refresh_token"].as_str().unwrap()).await.is(401).refused("invalid_refresh_token");
        caller(&app, &second).get("/me").await.is(401);
    })
    .await;
}

#[actix_web::test]
async fn a_session_ends_when_it_is_idle_or_old() {
    each_database(async |app| {
        siti(&app).await;
        let idle = login(&app, PASSWORD).await.ok().json["refresh_token"].as_str().unwrap().to_owned();
        app.after(TimeDelta::days(7) + TimeDelta::seconds(1));
        refresh(&app, &idle).await.is(401);
        let mut token = login(&app, PASSWORD).await.ok().json["refresh_token"].as_str().unwrap().to_owned();
        for _ in 0..5 {
            app.after(TimeDelta::days(5));
            token = refresh(&app, &token).await.ok().json["refresh_token"].as_str().unwrap().to_owned();
        }
        app.after(TimeDelta::days(5) + TimeDelta::seconds(1));
        refresh(&app, &token).await.is(401);
    })
    .await;
}

#[actix_web::test]
async fn forged_tokens_open_nothing() {
    each_database(async |app| {
        let admin = app.admin().await;
        admin.get("/me").await.ok();
        let [header, claims, signature] = admin.token().split('.').collect::<Vec<_>>()[..] else { panic!() };
        let encode = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
        let decode =
            |part: &str| String::from_utf8(data_encoding::BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap();
        let (head, body) = (decode(header), decode(claims));
        let mut forged = vec![
            format!("{}.{claims}.", encode(&head.replace("EdDSA", "none"))),
            format!("{}.{claims}.{signature}", encode(&head.replace("EdDSA", "HS256"))),
            format!("{}.{claims}.{signature}", encode(&head.replace("at+jwt", "JWT"))),
            format!("{}.{claims}.{signature}", encode(&head.replace("\"kid\":\"0", "\"kid\":\"1"))),
            format!("{}.{claims}.{signature}", encode(&head.replace('{', "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"},"))),
            format!("{header}.{}.{signature}", encode(&body.replace("\"aud\":\"bina\"", "\"aud\":\"other\""))),
            format!("{header}.{}.{signature}", encode(&body.replace("\"librarian\"", "\"mentor\""))),
            format!("{header}.{claims}"),
            "e30.e30.e30".to_owned(),
            String::new(),
        ];
        forged.extend((0..signature.len()).step_by(17).map(|index| {
            let mut bytes = signature.as_bytes().to_vec();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            format!("{header}.{claims}.{}", String::from_utf8(bytes).unwrap())
        }));
        for token in forged {
            Client::new(app.clone(), Some(token.clone())).get("/me").await.is(401).refused("invalid_token");
        }
        app.after(TimeDelta::minutes(10) + TimeDelta::seconds(6));
        admin.get("/me").await.is(401).refused("invalid_token");
    })
    .await;
}

#[actix_web::test]
async fn sensitive_changes_need_a_recent_sign_in() {
    each_database(async |app| {
        let admin = app.admin().await;
        app.after(TimeDelta::minutes(6));
        let new = json!({"email": "b@test.example", "name": "B", "roles": ["librarian"]});
        admin.post("/users", new.clone()).await.is(403).refused("sign_in_again");
        app.again(&admin).await.post("/users", new).await.created();
    })
    .await;
}

#[actix_web::test]
async fn changing_the_password_ends_the_other_sessions() {
    each_database(async |app| {
        siti(&app).await;
        let (one, other) = (login(&app, PASSWORD).await.ok().json, login(&app, PASSWORD).await.ok().json);
        let siti = caller(&app, &one);
        let put = |current: &str, new: &str| {
            let body = json!({"current_password": current, "new_password": new}).to_string().into_bytes();
            let siti = siti.clone();
            async move { siti.send(actix_web::http::Method::PUT, "/me/password", Some(body), &[]).await }
        };
        put("bukan ini tentu saja", "hujan turun di pasar sayur")
            .await
            .is(422)
            .blames("#/current_password", "wrong_password");
        put(PASSWORD, "perpustakaansingkawang").await.is(422).blames("#/new_password", "password_guessable");
        put(PASSWORD, "hujan turun di pasar sayur").await.no_content();
        siti.get("/me").await.ok();
        caller(&app, &other).get("/me").await.is(401);
        login(&app, PASSWORD).await.is(401);
        login(&app, "hujan turun di pasar sayur").await.ok();
    })
    .await;
}

#[actix_web::test]
async fn others_can_verify_our_tokens() {
    each_database(async |app| {
        let keys = app.anonymous().get("/.well-known/jwks.json").await.ok();
        assert_eq!(keys.json["keys"][0]["crv"], "Ed25519");
        assert!(keys.json["keys"][0].get("d").is_none(), "only the public part is published");
    })
    .await;
}
