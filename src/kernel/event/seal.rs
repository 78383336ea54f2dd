//! What is hashed and sealed of an event, alike on every database.

use serde_json::{Value, json};

use super::Event;
use crate::kernel::error::{Error, Result};
use crate::kernel::secret::sha256;

/// JSON with keys in order, so that it hashes alike after a database has kept it in its own form.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            let parts: Vec<_> =
                names.iter().map(|(name, value)| format!("{}:{}", json!(name), canonical(value))).collect();
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Number(number) => canonical_number(number),
        other => other.to_string(),
    }
}

/// PostgreSQL keeps `1e16` as 10000000000000000 and knows no negative zero: whole numbers are told without exponent and sign of zero.
fn canonical_number(number: &serde_json::Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(0.0) => "0".to_owned(),
        Some(float) if float.fract() == 0.0 => format!("{float}"),
        _ => number.to_string(),
    }
}

pub(super) fn commit(salt: &[u8], changes: &Value) -> [u8; 32] {
    let mut bytes = salt.to_vec();
    bytes.extend_from_slice(canonical(changes).as_bytes());
    sha256(&bytes)
}

/// What a seal covers: all that the transaction said, the values by their commitment.
pub(super) fn content(event: &Event) -> Result<Vec<u8>> {
    serde_json::to_vec(&(
        event.id,
        &event.name,
        (&event.subject_kind, &event.subject_collection),
        event.subject_id,
        (event.subject_version, event.is_gone),
        (event.person_id, event.readers, event.actor_id, event.caused_by, event.request_id),
        event.occurred_at.timestamp_millis(),
        &event.commitment,
    ))
    .map_err(Error::internal)
}

pub(super) fn link(previous: &[u8], seq: i64, seal: &[u8]) -> [u8; 32] {
    let mut bytes = previous.to_vec();
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(seal);
    sha256(&bytes)
}

pub(super) fn head_content(seq: i64, hash: &[u8]) -> Vec<u8> {
    let mut bytes = b"head".to_vec();
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(hash);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_hash_alike_after_postgresql_has_written_them_its_own_way() {
        let read = |text: &str| canonical(&serde_json::from_str(text).unwrap());
        let pairs = [
            ("1e16", "10000000000000000"),
            ("1.5e3", "1500"),
            ("-0.0", "0.0"),
            ("2.0", "2.0"),
            ("1e21", "1000000000000000000000"),
            ("1e-7", "0.0000001"),
            ("-9.3e18", "-9300000000000000000"),
            ("18446744073709551615", "18446744073709551615"),
        ];
        for (ours, theirs) in pairs {
            assert_eq!(read(ours), read(theirs), "{ours}");
        }
        assert_ne!(read("9007199254740993"), read("9007199254740992"));
    }

    proptest::proptest! {
        #[test]
        fn any_float_hashes_alike_after_it_was_kept_as_text(float in proptest::num::f64::NORMAL) {
            let value = json!(float);
            let kept: Value = serde_json::from_str(&value.to_string()).unwrap();
            let written_out: Value = serde_json::from_str(&format!("{float}")).unwrap();
            proptest::prop_assert_eq!(canonical(&value), canonical(&kept));
            proptest::prop_assert_eq!(canonical(&value), canonical(&written_out));
        }
    }

    #[test]
    fn canonical_json_does_not_depend_on_the_order_of_keys() {
        let one: Value = serde_json::from_str(r#"{"b":[1,{"y":2,"x":null}],"a":"é"}"#).unwrap();
        let other: Value = serde_json::from_str(r#"{"a":"é","b":[1,{"x":null,"y":2}]}"#).unwrap();
        assert_eq!(canonical(&one), canonical(&other));
    }
}
