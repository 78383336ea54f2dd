//! Codes of authenticator apps: SHA-1, six digits, thirty seconds, which is what all of them know (RFC 6238).

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Totp};

use crate::kernel::error::{Error, Result};

/// Bytes of a secret (RFC 4226, 4: 160 bits).
pub const SECRET_BYTES: usize = 20;
/// Who issues the codes, as the app shows it.
const ISSUER: &str = "Bina%20Pustaka";

fn totp(secret: &[u8]) -> Result<Totp> {
    // One step before and after counts too: clocks of telephones are not exact.
    Builder::new().with_secret(secret.to_vec()).with_skew(1).build().map_err(|error| Error::internal(error.to_string()))
}

/// The step to which a code belongs, if it is right now.
pub fn step_of(secret: &[u8], code: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.timestamp()).map_err(Error::internal)?;
    let step = totp(secret)?.check(code, seconds);
    step.map(i64::try_from).transpose().map_err(Error::internal)
}

/// The secret as people type it.
pub fn base32(secret: &[u8]) -> String {
    data_encoding::BASE32_NOPAD.encode(secret)
}

/// The address that an app reads from a QR code.
pub fn uri(secret: &[u8], email: &str) -> String {
    let account: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    let account = account.replace('+', "%20");
    format!(
        "otpauth://totp/{ISSUER}:{account}?secret={}&issuer={ISSUER}&algorithm=SHA1&digits=6&period=30",
        base32(secret)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six digits for the SHA-1 secret.
    #[test]
    fn codes_are_those_of_the_rfc_one_step_around() {
        let secret = b"12345678901234567890";
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        assert_eq!(step_of(secret, "287082", at(59)).unwrap(), Some(1));
        assert_eq!(step_of(secret, "081804", at(1_111_111_109)).unwrap(), Some(37_037_036));
        assert_eq!(step_of(secret, "287082", at(89)).unwrap(), Some(1));
        assert_eq!(step_of(secret, "287082", at(29)).unwrap(), Some(1));
        assert_eq!(step_of(secret, "287082", at(90)).unwrap(), None);
        for wrong in ["", "28708", "2870822", "28708a", "２８７０８２"] {
            assert_eq!(step_of(secret, wrong, at(59)).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_names_issuer_and_account() {
        assert_eq!(
            uri(b"12345678901234567890", "siti+a@x.example"),
            "otpauth://totp/Bina%20Pustaka:siti%2Ba%40x.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bina%20Pustaka&algorithm=SHA1&digits=6&period=30"
        );
    }
}
