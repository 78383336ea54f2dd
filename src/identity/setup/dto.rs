use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::kernel::validation;

/// The first admin.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "token": "mZ1pQ0v8cJm3m7v5t0Qe8m1n2b3v4c5x6z7a8s9d0f1", "email": "admin@demo.example", "name": "Maria Lestari Bong",
    "password": "hujan turun di pasar sayur"
}))]
pub struct FirstAdmin {
    /// The token that the service printed when it first started.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub token: String,
    /// The address to sign in with.
    #[validate(email, length(min = 3, max = 254))]
    #[schema(format = "email", min_length = 3, max_length = 254)]
    pub email: String,
    /// The person's name.
    #[validate(length(min = 1, max = 200), custom(function = validation::visible))]
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// The password: at least 15 characters, none that is common or easy to guess.
    #[validate(length(min = 8, max = 128))]
    #[schema(format = "password", min_length = 8, max_length = 128)]
    pub password: String,
}
