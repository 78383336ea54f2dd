use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::clock::Instant;

/// Who forgot their password.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "rizky@demo.example"}))]
pub struct PasswordResetRequest {
    /// The address of the account.
    #[validate(length(min = 1, max = 254))]
    #[schema(min_length = 1, max_length = 254)]
    pub email: String,
}

/// The answer to every request for a link, whether there is such an account or not.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(example = json!({"expires_in": 1800}))]
pub struct PasswordResetReceipt {
    /// Seconds for which a link is good, if one was sent.
    #[schema(minimum = 1, maximum = 86400)]
    pub expires_in: i64,
}

/// A link to choose a new password, for an admin to hand over. It is shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "token": "mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1",
    "link": "http://127.0.0.1:8080/#/password-resets/mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1",
    "expires_at": "2026-01-05T01:30:00.000Z"
}))]
pub struct IssuedPasswordReset {
    /// For `POST /api/v1/auth/password-resets`.
    #[schema(max_length = 100)]
    pub token: String,
    /// The same as a link for a person; behind `#`, so that no server writes it into a log.
    #[schema(format = "uri", max_length = 500)]
    pub link: String,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// A new password by a link.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"token": "mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1", "password": "hujan turun di pasar sayur"}))]
pub struct PasswordReset {
    /// The token of the link.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub token: String,
    /// The new password: at least 15 characters, 8 beside a second factor; none that is common or easy to guess.
    #[validate(length(min = 8, max = 128))]
    #[schema(format = "password", min_length = 8, max_length = 128)]
    pub password: String,
}
