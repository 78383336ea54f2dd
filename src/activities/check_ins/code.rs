//! The code at the door: `BP1.{registration}.{step}.{tag}`, where `step` counts periods of 30 seconds since 1970 and `tag` is the
//! first 12 characters of base64url(HMAC-SHA-256(secret, `BP1.{registration}.{step}`)).
//!
//! The step is part of the code, so a device without a network judges it by its own clock, as the service later does by the
//! time that the device gives: a code holds in its own period and the ones beside it. A forwarded one is useless after a minute.

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;

use crate::kernel::secret::hmac_sha256;

/// How long a code is shown, in seconds.
pub const PERIOD_SECONDS: i64 = 30;
/// What codes of this form begin with.
const FORM: &str = "BP1";
/// Characters of the tag: 72 bits.
const TAG_LENGTH: usize = 12;

/// The period of an instant.
pub fn step_of(instant: DateTime<Utc>) -> i64 {
    instant.timestamp().div_euclid(PERIOD_SECONDS)
}

/// When a period begins.
pub fn beginning_of(step: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(step * PERIOD_SECONDS)
}

/// The code of a registration in a period.
pub fn code_of(secret: &[u8], registration: Uuid, step: i64) -> String {
    let text = format!("{FORM}.{}.{step}", registration.simple());
    let tag = tag(secret, &text);
    format!("{text}.{tag}")
}

fn tag(secret: &[u8], text: &str) -> String {
    BASE64URL_NOPAD.encode(&hmac_sha256(secret, text.as_bytes())).chars().take(TAG_LENGTH).collect()
}

/// What a code says, not yet whether it is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose it says it is.
    pub registration: Uuid,
    step: i64,
    text: String,
    tag: String,
}

impl Claim {
    /// Reads a code; none where it is not of our form.
    pub fn read(code: &str) -> Option<Self> {
        let (text, tag) = code.rsplit_once('.')?;
        let mut parts = text.split('.');
        let (form, registration, step) = (parts.next()?, parts.next()?, parts.next()?);
        let fits = form == FORM && registration.len() == 32 && parts.next().is_none();
        let (registration, step) = (Uuid::try_parse(registration).ok()?, step.parse::<i64>().ok()?);
        // One code has one spelling, so the text that is signed is rebuilt, not taken.
        let rebuilt = format!("{FORM}.{}.{step}", registration.simple());
        (fits && rebuilt == text).then(|| Self { registration, step, text: rebuilt, tag: tag.to_owned() })
    }

    /// Whether the registration's secret made it.
    pub fn is_genuine(&self, secret: &[u8]) -> bool {
        // Compared in constant time: a tag is the only thing here that could be guessed piece by piece.
        let made = tag(secret, &self.text);
        made.len() == self.tag.len()
            && made.bytes().zip(self.tag.bytes()).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
    }

    /// Whether it could be shown when it was scanned.
    pub fn holds_at(&self, scanned_at: DateTime<Utc>) -> bool {
        (step_of(scanned_at) - self.step).abs() <= 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_770_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn a_code_holds_for_less_than_a_minute_after_it_was_shown() {
        let (secret, id) = ([7_u8; 32], Uuid::from_u128(42));
        let code = code_of(&secret, id, step_of(at(0)));
        let claim = Claim::read(&code).unwrap();
        assert!(claim.is_genuine(&secret) && claim.registration == id);
        assert!(claim.holds_at(at(-1)) && claim.holds_at(at(0)) && claim.holds_at(at(59)));
        assert!(!claim.holds_at(at(60)) && !claim.holds_at(at(-31)));
        assert_ne!(code, code_of(&secret, id, step_of(at(30))), "it changes every half minute");
    }

    #[test]
    fn what_another_secret_made_or_a_hand_changed_is_not_genuine() {
        let (secret, id) = ([7_u8; 32], Uuid::from_u128(42));
        let code = code_of(&secret, id, 59_000_000);
        assert!(!Claim::read(&code).unwrap().is_genuine(&[8; 32]));
        let later = code.replace(".59000000.", ".59000001.");
        assert!(!Claim::read(&later).unwrap().is_genuine(&secret));
        for strange in
            ["", "BP1", "BP2.x.1.a", &code.replace(".59000000.", ".+59000000."), &code.to_uppercase(), &code[4..]]
        {
            assert_eq!(Claim::read(strange), None, "{strange}");
        }
    }
}
