//! Which credentials were taken back: one bit each (W3C Bitstring Status List 1.0).

use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use data_encoding::BASE64URL_NOPAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::badge::issuer_address;
use crate::kernel::error::{Error, Result};

/// Credentials of one list: the least that the standard allows, so that nobody sees from a list whose bit was asked for.
pub const LENGTH: i32 = 131_072;

/// The list in which the credential of this index has its bit, and its place there.
pub const fn place(status_index: i32) -> (i32, i32) {
    (status_index / LENGTH + 1, status_index % LENGTH)
}

/// The address of a list.
pub fn address(number: i32, base: &str) -> String {
    format!("{base}/api/v1/credential-status-lists/{number}")
}

/// What a credential says of its place.
pub fn entry(status_index: i32, base: &str) -> Value {
    let (number, index) = place(status_index);
    let list = address(number, base);
    json!({
        "id": format!("{list}#{index}"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index.to_string(),
        "statusListCredential": list,
    })
}

/// A list as a credential, with these places revoked; `since` is when the last of them was.
pub fn claims(number: i32, revoked: &[i32], since: DateTime<Utc>, base: &str) -> Result<Value> {
    let id = address(number, base);
    let issuer = issuer_address(base);
    Ok(json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": since.to_rfc3339_opts(SecondsFormat::Secs, true),
        "credentialSubject": {
            "id": format!("{id}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode(revoked)?,
        },
        "iss": issuer, "jti": id, "sub": format!("{id}#list"), "nbf": since.timestamp(), "iat": since.timestamp(),
    }))
}

/// The bits, compressed, in the form that the standard asks for (multibase `u`). The first bit is the highest of the first byte.
fn encode(revoked: &[i32]) -> Result<String> {
    let mut bits = vec![0_u8; usize::try_from(LENGTH / 8).map_err(Error::internal)?];
    for place in revoked {
        let byte = usize::try_from(place / 8).ok().and_then(|byte| bits.get_mut(byte));
        if let Some(byte) = byte {
            *byte |= 0x80 >> (place % 8);
        }
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&bits).map_err(Error::internal)?;
    Ok(format!("u{}", BASE64URL_NOPAD.encode(&packed.finish().map_err(Error::internal)?)))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_first_bit_is_the_highest_of_the_first_byte() {
        let encoded = encode(&[0, 9, 131_071]).unwrap();
        let packed = BASE64URL_NOPAD.decode(encoded.strip_prefix('u').unwrap().as_bytes()).unwrap();
        let mut bits = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bits).unwrap();
        assert_eq!(bits.len(), 16 * 1024);
        assert_eq!((bits[0], bits[1], bits[16_383]), (0b1000_0000, 0b0100_0000, 0b0000_0001));
    }

    #[test]
    fn lists_follow_one_another() {
        assert_eq!((place(0), place(131_071), place(131_072)), ((1, 0), (1, 131_071), (2, 0)));
    }
}
