use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde_json::json;
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::badge::issuer_address;
use super::keys::{Model, kid};

/// An address or a name of the vocabulary of credentials, for the OpenAPI.
#[derive(Serialize, ToSchema)]
#[schema(min_length = 1, max_length = 200, example = "Profile")]
pub struct CredentialWord(pub String);

/// The library as an issuer of credentials: a Profile of Open Badges 3.0.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "id": "https://bina.example/api/v1/credential-issuer", "type": ["Profile"], "name": "Perpustakaan Kota Singkawang",
    "url": "https://bina.example", "keys": "https://bina.example/api/v1/credential-keys"
}))]
pub struct CredentialIssuer {
    /// Where the names below are defined.
    #[serde(rename = "@context")]
    #[schema(max_items = 2, value_type = Vec<CredentialWord>)]
    pub context: Vec<String>,
    /// Its address.
    #[schema(max_length = 2000)]
    pub id: String,
    /// `Profile`.
    #[serde(rename = "type")]
    #[schema(max_items = 1, value_type = Vec<CredentialWord>)]
    pub kinds: Vec<String>,
    /// The library.
    #[schema(max_length = 200)]
    pub name: String,
    /// Where the service is.
    #[schema(max_length = 2000)]
    pub url: String,
    /// Where its keys are (RFC 7517).
    #[schema(max_length = 2000)]
    pub keys: String,
}

impl CredentialIssuer {
    /// The library of this name.
    pub fn new(name: String, base: &str) -> Self {
        Self {
            context: super::badge::CONTEXTS.map(str::to_owned).to_vec(),
            id: issuer_address(base),
            kinds: vec!["Profile".to_owned()],
            name,
            url: base.to_owned(),
            keys: format!("{base}/api/v1/credential-keys"),
        }
    }
}

/// A public key that signs credentials, as a JWK (RFC 7517).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "kty": "RSA", "alg": "RS256", "use": "sig", "kid": "https://bina.example/api/v1/credential-keys/019a0000-0000-7000-8000-000000000070",
    "n": "u1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0_IzW7yWR7QkrmBL7jTKEn5u", "e": "AQAB"
}))]
pub struct CredentialKey {
    /// `RSA`.
    #[schema(max_length = 3)]
    pub kty: String,
    /// `RS256`.
    #[schema(max_length = 5)]
    pub alg: String,
    /// `sig`.
    #[serde(rename = "use")]
    #[schema(max_length = 3)]
    pub purpose: String,
    /// Its address.
    #[schema(max_length = 2000)]
    pub kid: String,
    /// The modulus.
    #[schema(max_length = 1000)]
    pub n: String,
    /// The exponent.
    #[schema(max_length = 20)]
    pub e: String,
}

impl CredentialKey {
    /// The public half of a key.
    pub fn new(key: &Model, base: &str) -> Self {
        Self {
            kty: "RSA".to_owned(),
            alg: "RS256".to_owned(),
            purpose: "sig".to_owned(),
            kid: kid(key, base),
            n: BASE64URL_NOPAD.encode(&key.modulus),
            e: BASE64URL_NOPAD.encode(&key.exponent),
        }
    }
}

/// Every key that ever signed a credential: what it signed is to be verified for decades.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"keys": []}))]
pub struct CredentialKeys {
    /// The keys.
    #[schema(max_items = 1000)]
    pub keys: Vec<CredentialKey>,
}

/// A credential as it stands in the JWT, for people to read. Only the JWT is signed.
pub struct Credential;

impl PartialSchema for Credential {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .description(Some("A credential as it stands in the JWT, for people to read. Only the JWT is signed."))
            .examples([json!({
                "@context": super::badge::CONTEXTS, "type": ["VerifiableCredential", "OpenBadgeCredential"],
                "issuer": "https://bina.example/api/v1/credential-issuer", "validFrom": "2026-03-02T01:00:00Z",
                "name": "Pengatalogan Deskriptif",
            })])
            .into()
    }
}

impl ToSchema for Credential {}
