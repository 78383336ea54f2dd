use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::identity::users::dto::User;
use crate::kernel::clock::Instant;
use crate::kernel::page::Page;

/// Who signs in.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "admin@demo.example", "password": "rak kelima penuh ombak"}))]
pub struct Credentials {
    /// The address of the account.
    #[validate(length(min = 1, max = 254))]
    #[schema(min_length = 1, max_length = 254)]
    pub email: String,
    /// The password.
    #[validate(length(min = 1, max = 128))]
    #[schema(format = "password", min_length = 1, max_length = 128)]
    pub password: String,
    /// A code from the authenticator app, where a second factor is enrolled.
    #[validate(length(min = 6, max = 6))]
    #[schema(min_length = 6, max_length = 6)]
    pub totp_code: Option<String>,
    /// A recovery code instead of the app's; each is good once.
    #[validate(length(min = 1, max = 40))]
    #[schema(min_length = 1, max_length = 40)]
    pub recovery_code: Option<String>,
}

/// The caller proves again who they are.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"password": "rak kelima penuh ombak"}))]
pub struct Reauthentication {
    /// The password.
    #[validate(length(min = 1, max = 128))]
    #[schema(format = "password", min_length = 1, max_length = 128)]
    pub password: String,
    /// A code from the authenticator app, where a second factor is enrolled.
    #[validate(length(min = 6, max = 6))]
    #[schema(min_length = 6, max_length = 6)]
    pub totp_code: Option<String>,
    /// A recovery code instead of the app's; each is good once.
    #[validate(length(min = 1, max = 40))]
    #[schema(min_length = 1, max_length = 40)]
    pub recovery_code: Option<String>,
}

/// An access token of the same session, for what needs a fresh sign-in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl", "token_type": "Bearer", "expires_in": 600
}))]
#[expect(clippy::struct_field_names, reason = "the names are those of OAuth 2.0")]
pub struct AccessToken {
    /// Send it as `Authorization: Bearer …`.
    #[schema(max_length = 2000)]
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(max_length = 10)]
    pub token_type: &'static str,
    /// Seconds until the access token expires.
    #[schema(minimum = 1, maximum = 86400)]
    pub expires_in: i64,
}

/// A refresh token to be exchanged.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"refresh_token": "mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1"}))]
pub struct RefreshRequest {
    /// The newest refresh token of the session.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub refresh_token: String,
}

/// What a sign-in gives.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl", "token_type": "Bearer", "expires_in": 600,
    "refresh_token": "mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1",
    "user": {
        "id": "019a0000-0000-7000-8000-000000000000", "email": "maria@demo.example", "name": "Maria Lestari Bong",
        "roles": ["librarian", "mentor"], "language": "id", "status": "active", "librarian_id": null,
        "has_second_factor": false, "version": 1, "created_at": "2026-01-05T01:00:00.000Z",
        "updated_at": "2026-01-05T01:00:00.000Z", "actions": ["deactivation"]
    }
}))]
pub struct TokenPair {
    /// Send it as `Authorization: Bearer …`.
    #[schema(max_length = 2000)]
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(max_length = 10)]
    pub token_type: &'static str,
    /// Seconds until the access token expires.
    #[schema(minimum = 1, maximum = 86400)]
    pub expires_in: i64,
    /// Exchange it for the next pair, once, before seven days have passed.
    #[schema(max_length = 200)]
    pub refresh_token: String,
    /// Who signed in.
    pub user: User,
}

/// A time during which somebody is signed in on one device.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "019a0000-0000-7000-8000-000000000000", "is_current": true, "second_factor": false, "user_agent": "Bina/1.0 (Android)",
    "address": "127.0.0.1", "signed_in_at": "2026-01-05T01:00:00.000Z", "last_used_at": "2026-01-05T01:00:00.000Z",
    "expires_at": "2026-02-04T01:00:00.000Z"
}))]
pub struct Session {
    /// The session.
    pub id: Uuid,
    /// Whether it is the one that asks.
    pub is_current: bool,
    /// Whether a second factor was asked.
    pub second_factor: bool,
    /// What the device calls itself.
    #[schema(required, max_length = 200)]
    pub user_agent: Option<String>,
    /// Where it signed in from.
    #[schema(required, max_length = 60)]
    pub address: Option<String>,
    /// When it began.
    pub signed_in_at: Instant,
    /// When it was last refreshed.
    pub last_used_at: Instant,
    /// When it ends, whatever happens.
    pub expires_at: Instant,
}

/// A page of sessions.
pub type SessionPage = Page<Session>;

/// A JSON Web Key Set (RFC 7517).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
    "kid": "019a0000-0000-7000-8000-000000000000", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}))]
pub struct Jwks {
    /// The public keys.
    #[schema(max_items = 10, value_type = Vec<Object>)]
    pub keys: serde_json::Value,
}
