use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// A secret for an authenticator app. It is shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    "uri": "otpauth://totp/Bina%20Pustaka:admin%40demo.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bina%20Pustaka&algorithm=SHA1&digits=6&period=30"
}))]
pub struct TotpEnrolment {
    /// The secret in base 32, to be typed in.
    #[schema(max_length = 64)]
    pub secret: String,
    /// The same as an address, to be shown as a QR code.
    #[schema(format = "uri", max_length = 1000)]
    pub uri: String,
}

/// A code from the app, to show that the secret arrived there.
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "287082"}))]
pub struct TotpConfirmation {
    /// The code that the app shows now.
    #[validate(length(min = 6, max = 6))]
    #[schema(min_length = 6, max_length = 6)]
    pub code: String,
}

/// Ten codes, each good for one sign-in without the app. They are shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"recovery_codes": ["8QJ4-0W2M-K7ZT-5XNA"]}))]
pub struct RecoveryCodes {
    /// The codes.
    #[schema(min_items = 10, max_items = 10)]
    pub recovery_codes: Vec<String>,
}
