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

/// A code that stands in for the second factor once, for the OpenAPI.
#[derive(Serialize, ToSchema)]
#[schema(min_length = 8, max_length = 40, example = "8QJ4-0W2M-K7ZT-5XNA")]
pub struct RecoveryCode(pub String);

/// Ten codes, each good for one sign-in without the app. They are shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"recovery_codes": [
    "8QJ4-0W2M-K7ZT-5XNA", "3D9P-VR6H-11CE-Q8WK", "TZ5B-4MGA-9NYX-J0S7", "K2H8-XC3V-7PRD-6E1M", "W0QF-5B9T-ZA4S-N8GJ",
    "6YJR-E2K7-M3XH-0VCP", "R1AD-8TQW-5FZN-9BGX", "J7MC-0S4E-YK2V-P6HT", "9XNB-G3ZR-D8WA-1Q5F", "V4KE-7H0J-C6TM-2SYP"
]}))]
pub struct RecoveryCodes {
    /// The codes.
    #[schema(min_items = 10, max_items = 10, value_type = Vec<RecoveryCode>)]
    pub recovery_codes: Vec<String>,
}
