//! Where a reader of the feed stands: a number of the log, signed, and bound to the kinds of objects that it asked for.

use data_encoding::BASE64URL_NOPAD;

use crate::kernel::error::{Error, INVALID_CURSOR, Result};
use crate::kernel::secret::{Secrets, sha256};

/// Bytes of the tag before the content.
const TAG_BYTES: usize = 12;
/// Bytes of the hash of the kinds.
const KINDS_BYTES: usize = 9;
/// Keeps cursors of the feed apart from those of lists.
const PURPOSE: &[u8] = b"feed/1";

fn bound(seq: i64, kinds: &[String]) -> Vec<u8> {
    let mut sorted = kinds.to_vec();
    sorted.sort();
    sorted.dedup();
    let mut content = seq.to_be_bytes().to_vec();
    content.extend_from_slice(&sha256(sorted.join(",").as_bytes())[..KINDS_BYTES]);
    content
}

fn tag(secrets: &Secrets, content: &[u8]) -> [u8; TAG_BYTES] {
    secrets.cursor_tag(&[PURPOSE, content].concat())
}

/// A cursor behind the event with this number.
pub fn seal(secrets: &Secrets, seq: i64, kinds: &[String]) -> String {
    let content = bound(seq, kinds);
    BASE64URL_NOPAD.encode(&[tag(secrets, &content).as_slice(), &content].concat())
}

/// The number behind which a cursor stands.
pub fn open(secrets: &Secrets, cursor: &str, kinds: &[String]) -> Result<i64> {
    let foreign = || Error::from(INVALID_CURSOR);
    let whole = BASE64URL_NOPAD.decode(cursor.as_bytes()).map_err(|_| foreign())?;
    let (given, content) = whole.split_at_checked(TAG_BYTES).ok_or_else(foreign)?;
    let number = content.first_chunk::<8>().ok_or_else(foreign)?;
    let seq = i64::from_be_bytes(*number);
    if tag(secrets, content) != given || bound(seq, kinds) != content {
        return Err(foreign());
    }
    Ok(seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_unaltered_for_the_same_kinds_only() {
        let secrets = Secrets::derive("a secret of at least thirty-two characters");
        let kinds = ["unit".to_owned(), "librarian".to_owned()];
        let cursor = seal(&secrets, 42, &kinds);
        let turned = ["librarian".to_owned(), "unit".to_owned()];
        assert_eq!(open(&secrets, &cursor, &turned).unwrap(), 42);
        assert!(open(&secrets, &cursor, &[]).is_err());
        assert!(open(&Secrets::derive("another"), &cursor, &kinds).is_err());
        for index in 0..cursor.len() {
            let mut altered = cursor.clone().into_bytes();
            altered[index] = if altered[index] == b'A' { b'Q' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            assert!(altered == cursor || open(&secrets, &altered, &kinds).is_err(), "{index}");
        }
    }
}
