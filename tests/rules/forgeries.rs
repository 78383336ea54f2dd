//! Tokens that only look like ours.

use bina_pustaka::app::Options;
use bina_pustaka::kernel::auth::Claims;
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::database::TestDatabase;

fn part(token: &str, index: usize) -> Vec<u8> {
    BASE64URL_NOPAD.decode(token.split('.').nth(index).unwrap().as_bytes()).unwrap()
}

/// What a token says.
pub fn claims(token: &str) -> Claims {
    serde_json::from_slice(&part(token, 1)).unwrap()
}

fn encoded(value: &Value) -> String {
    BASE64URL_NOPAD.encode(value.to_string().as_bytes())
}

/// Forgeries of a token that holds, each with its name.
pub async fn forgeries(app: &TestApp, genuine: &str) -> Vec<(&'static str, String)> {
    let header: Value = serde_json::from_slice(&part(genuine, 0)).unwrap();
    let claims = claims(genuine);
    let [head, payload, signature]: [&str; 3] = genuine.split('.').collect::<Vec<_>>().try_into().unwrap();
    let with = |name: &str, value: Value| {
        let mut header = header.clone();
        header[name] = value;
        encoded(&header)
    };
    let mut other_person = serde_json::to_value(&claims).unwrap();
    other_person["sub"] = json!(Uuid::nil());
    let mut more_roles = serde_json::to_value(&claims).unwrap();
    more_roles["roles"] = json!(["librarian", "mentor", "admin", "root"]);

    // The same claims under the key of another house, which claims to be ours.
    let foreign = TestApp::start(&TestDatabase::sqlite().await, Options::default()).await;
    let stranger = foreign.shared.gate.tokens.sign(&claims).unwrap();
    let mut borrowed: Value = serde_json::from_slice(&part(&stranger, 0)).unwrap();
    borrowed["kid"] = header["kid"].clone();
    let foreign_signature = stranger.rsplit('.').next().unwrap();
    let borrowed = format!("{}.{payload}.{foreign_signature}", encoded(&borrowed));

    // The public key, known to all, as if it were a shared secret.
    let jwks = app.shared.gate.tokens.jwks();
    let public = BASE64URL_NOPAD.decode(jwks["keys"][0]["x"].as_str().unwrap().as_bytes()).unwrap();
    let mut shared = Header::new(Algorithm::HS256);
    shared.typ = Some("at+jwt".to_owned());
    shared.kid = header["kid"].as_str().map(str::to_owned);
    let shared = jsonwebtoken::encode(&shared, &claims, &EncodingKey::from_secret(&public)).unwrap();

    let signed = |change: &dyn Fn(&mut Claims)| {
        let mut claims = claims.clone();
        change(&mut claims);
        app.shared.gate.tokens.sign(&claims).unwrap()
    };
    vec![
        ("alg none", format!("{}.{payload}.", with("alg", json!("none")))),
        ("alg none, signed", format!("{}.{payload}.{signature}", with("alg", json!("none")))),
        ("no signature", format!("{head}.{payload}.")),
        ("the public key as a secret", shared),
        ("another key", stranger),
        ("another key under our id", borrowed),
        ("an unknown key", format!("{}.{payload}.{signature}", with("kid", json!("1")))),
        ("a key that it brings", format!("{}.{payload}.{signature}", with("jku", json!("https://example.org/jwks")))),
        ("another type", format!("{}.{payload}.{signature}", with("typ", json!("JWT")))),
        ("another person", format!("{head}.{}.{signature}", encoded(&other_person))),
        ("more roles", format!("{head}.{}.{signature}", encoded(&more_roles))),
        ("another audience", signed(&|claims| "another".clone_into(&mut claims.aud))),
        ("another issuer", signed(&|claims| "https://elsewhere.example".clone_into(&mut claims.iss))),
        ("not valid yet", signed(&|claims| claims.nbf += 3600)),
        ("expired", signed(&|claims| claims.exp = claims.iat - 60)),
        ("another person's session", signed(&|claims| claims.sub = Uuid::nil())),
        ("no session", signed(&|claims| claims.sid = Uuid::nil())),
        ("no token", "x.y.z".to_owned()),
    ]
}
