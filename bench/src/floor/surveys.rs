//! An answer to a survey by a one-time token: the token's row deleted and the answer's written, in one transaction. Nothing
//! is judged: campaign and hash are taken from the token, whose tag nobody looks at, and the answers are kept as they come.

use std::sync::LazyLock;

use chrono::NaiveDate;
use data_encoding::{Encoding, Specification};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::clock::today;

/// Path of a survey, with the token to be filled in.
pub(crate) const SURVEY: &str = "/api/v1/public/surveys/{token}";

/// Uses a token up.
pub(crate) const SPEND: &str = "DELETE FROM survey_tokens WHERE hash = $1";

/// Keeps an answer.
pub(crate) const INSERT: &str =
    "INSERT INTO survey_responses (campaign_id, id, answered_on, answers) VALUES ($1, $2, $3, $4)";

/// The body of a measured answer: every element of the SKM, and all that is asked about the respondent.
pub(crate) const ANSWERS: &str = r#"{"answers":[{"question":"U1","value":4},{"question":"U2","value":4},{"question":"U3","value":3},{"question":"U4","value":4},{"question":"U5","value":3},{"question":"U6","value":4},{"question":"U7","value":4},{"question":"U8","value":3},{"question":"U9","value":3},{"question":"SEX","value":"FEMALE"},{"question":"AGE","value":"25-34"},{"question":"EDUCATION","value":"SMA"},{"question":"OCCUPATION","value":"EMPLOYEE"},{"question":"SERVICE","value":"READING-ROOM"},{"question":"DISTRICT","value":"TENGAH"}]}"#;

/// Crockford's base 32, in which tokens are written.
static BASE32: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().ok()
});

/// What somebody sends.
#[derive(Deserialize)]
pub(crate) struct Given {
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    value: Value,
}

/// An answer to be written, and the hash of the token that it uses up.
pub(crate) struct Response {
    pub(crate) token: [u8; 32],
    pub(crate) campaign_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) answered_on: NaiveDate,
    pub(crate) answers: String,
}

impl Response {
    /// What the token and the answers sent with it make; none where it is no token.
    pub(crate) fn new(token: &str, given: Given) -> Option<Self> {
        let bytes = BASE32.as_ref()?.decode(token.as_bytes()).ok()?;
        let (campaign, _) = bytes.split_at_checked(16)?;
        Some(Self {
            token: Sha256::digest(&bytes).into(),
            campaign_id: Uuid::from_slice(campaign).ok()?,
            id: Builder::from_random_bytes(fastrand::u128(..).to_be_bytes()).into_uuid(),
            answered_on: today(),
            answers: Value::Array(given.answers.into_iter().map(|answer| answer.value).collect()).to_string(),
        })
    }
}
