//! An answer to a survey by a one-time token: the token's row deleted and the answer's written, in one transaction. Nothing
//! is judged: the campaign is taken from the token, whose tag nobody looks at, and the answers are kept as they come. What
//! is kept of a token is made under the service's secret, so the floor is told it.

use std::sync::LazyLock;

use chrono::NaiveDate;
use data_encoding::{Encoding, Specification};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;
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

/// The key under which the service keeps tokens.
#[derive(Clone)]
pub(crate) struct TokenKey(Hmac<Sha256>);

impl TokenKey {
    /// Follows from the secret of the instance.
    pub(crate) fn of(secret: &str) -> anyhow::Result<Self> {
        let mut key = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
        key.update(b"bina/paper/1");
        Ok(Self(Hmac::new_from_slice(&key.finalize().into_bytes())?))
    }

    /// What is kept of a token.
    fn kept(&self, campaign_id: Uuid, nonce: &str) -> [u8; 16] {
        let mut tag = self.0.clone();
        tag.update(format!("what is kept of a survey token {nonce}:{campaign_id}").as_bytes());
        let mut kept = [0; 16];
        kept.iter_mut().zip(tag.finalize().into_bytes()).for_each(|(part, byte)| *part = byte);
        kept
    }
}

/// What somebody sends.
#[derive(Deserialize)]
pub(crate) struct Given {
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    value: Value,
}

/// An answer to be written, and what is kept of the token that it uses up.
pub(crate) struct Response {
    pub(crate) token: [u8; 16],
    pub(crate) campaign_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) answered_on: NaiveDate,
    pub(crate) answers: String,
}

impl Response {
    /// What the token and the answers sent with it make; none where it is no token.
    pub(crate) fn new(key: &TokenKey, token: &str, given: Given) -> Option<Self> {
        let base32 = BASE32.as_ref()?;
        let bytes = base32.decode(token.as_bytes()).ok()?;
        let (campaign, rest) = bytes.split_at_checked(16)?;
        let (nonce, _) = rest.split_at_checked(16)?;
        let campaign_id = Uuid::from_slice(campaign).ok()?;
        Some(Self {
            token: key.kept(campaign_id, &base32.encode(nonce)),
            campaign_id,
            id: Builder::from_random_bytes(fastrand::u128(..).to_be_bytes()).into_uuid(),
            answered_on: today(),
            answers: Value::Array(given.answers.into_iter().map(|answer| answer.value).collect()).to_string(),
        })
    }
}
