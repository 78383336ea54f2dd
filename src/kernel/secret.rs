//! Secrets: the one key from outside, what is derived from it, and the tokens made here.
//!
//! All primitives come from AWS-LC: HMAC-SHA-256, SHA-256, AES-256-GCM and the system's random numbers.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use aws_lc_rs::{digest, hmac};
use data_encoding::{BASE64URL_NOPAD, Encoding, Specification};

use super::error::{Error, Result};

/// Bytes of a nonce of AES-256-GCM, which stand before the sealed text.
const NONCE_BYTES: usize = 12;

/// The least characters of `BINA_SECRET_KEY`.
pub const LEAST_SECRET_LENGTH: usize = 32;

/// The digits of Crockford's base 32.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols of 128 bits.
const PAPER_SYMBOLS: usize = 26;

/// The keys of this instance, each derived from the one secret for one purpose.
#[derive(Clone)]
pub struct Secrets {
    encryption: [u8; 32],
    refresh: hmac::Key,
    cursor: hmac::Key,
    log: hmac::Key,
    check_in: hmac::Key,
    paper: hmac::Key,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Derives the keys. Each is HMAC-SHA-256 of its purpose under the secret (the expand step of HKDF, RFC 5869).
    pub fn derive(secret: &str) -> Self {
        let root = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let key = |purpose: &str| {
            let mut bytes = [0_u8; 32];
            bytes.copy_from_slice(hmac::sign(&root, purpose.as_bytes()).as_ref());
            bytes
        };
        let signer = |purpose| hmac::Key::new(hmac::HMAC_SHA256, &key(purpose));
        Self {
            encryption: key("bina/encryption/1"),
            refresh: signer("bina/refresh/1"),
            cursor: signer("bina/cursor/1"),
            log: signer("bina/log/1"),
            check_in: signer("bina/check-in/1"),
            paper: signer("bina/paper/1"),
        }
    }

    /// The successor of a refresh token: always the same for the same token, so that a retry gets the same answer.
    pub fn refresh_successor(&self, token: &str) -> String {
        BASE64URL_NOPAD.encode(hmac::sign(&self.refresh, token.as_bytes()).as_ref())
    }

    /// A tag by which we know our own cursor again.
    pub fn cursor_tag(&self, content: &[u8]) -> [u8; 12] {
        let mut tag = [0; 12];
        for (part, byte) in tag.iter_mut().zip(hmac::sign(&self.cursor, content).as_ref()) {
            *part = *byte;
        }
        tag
    }

    /// A seal of a log row: whoever can write to the database but does not hold the secret cannot make one.
    pub fn log_seal(&self, content: &[u8]) -> [u8; 32] {
        let mut seal = [0; 32];
        seal.copy_from_slice(hmac::sign(&self.log, content).as_ref());
        seal
    }

    /// The secret by which the holder of an object shows at a door that they are there. It follows from the object's id, so it
    /// is never stored.
    pub fn door_secret(&self, id: uuid::Uuid) -> [u8; 32] {
        let mut secret = [0; 32];
        secret.copy_from_slice(hmac::sign(&self.check_in, id.as_bytes()).as_ref());
        secret
    }

    /// 128 bits that nobody can guess and that are printed on paper (`purpose` keeps several of one object apart). They follow from
    /// the object's id, so they can be printed again without ever being stored.
    pub fn printed(&self, purpose: &str, id: uuid::Uuid) -> [u8; 16] {
        let mut bytes = [0; 16];
        let tag = hmac::sign(&self.paper, format!("{purpose}:{id}").as_bytes());
        for (part, byte) in bytes.iter_mut().zip(tag.as_ref()) {
            *part = *byte;
        }
        bytes
    }

    /// Encrypts a value for one place (`context`); it opens nowhere else.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, &self.encryption).map_err(Error::internal)?;
        let mut sealed = plain.to_vec();
        let nonce = key.seal_in_place_append_tag(Aad::from(context), &mut sealed).map_err(Error::internal)?;
        let mut whole = nonce.as_ref().to_vec();
        whole.append(&mut sealed);
        Ok(whole)
    }

    /// Opens what [`Self::seal`] made.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, text) =
            sealed.split_at_checked(NONCE_BYTES).ok_or_else(|| Error::internal("a sealed value is too short"))?;
        let key = RandomizedNonceKey::new(&AES_256_GCM, &self.encryption).map_err(Error::internal)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(Error::internal)?;
        let mut text = text.to_vec();
        let plain = key.open_in_place(nonce, Aad::from(context), &mut text).map_err(|_| {
            Error::internal("a sealed value does not open: is BINA_SECRET_KEY the one it was made with?")
        })?;
        Ok(plain.to_vec())
    }
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

/// HMAC-SHA-256.
pub fn hmac_sha256(key: &[u8], content: &[u8]) -> [u8; 32] {
    let mut tag = [0; 32];
    tag.copy_from_slice(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), content).as_ref());
    tag
}

/// Random bytes from the system.
pub fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// A bearer secret of 256 bits, for refresh tokens and for keys made on a first start.
pub fn random_token() -> Result<String> {
    Ok(BASE64URL_NOPAD.encode(&random_bytes::<32>()?))
}

/// A secret of 160 bits that people may have to read out: Crockford's base 32, without letters that look like digits.
pub fn readable_token() -> Result<String> {
    readable(&random_bytes::<20>()?)
}

/// A secret of 80 bits that people write down: for recovery codes, which count beside a password only.
pub fn readable_code() -> Result<String> {
    readable(&random_bytes::<10>()?)
}

fn readable(bytes: &[u8]) -> Result<String> {
    let token = crockford()?.encode(bytes);
    let groups: Vec<_> = token.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    Ok(groups.join("-"))
}

/// 128 bits as people copy them from paper: Crockford's base 32 with a check character, in groups of four.
pub fn paper_code(bytes: &[u8; 16]) -> Result<String> {
    let mut code = crockford()?.encode(bytes);
    code.push(check_character(code.as_bytes()).ok_or_else(|| Error::internal("the alphabet has 32 symbols"))?);
    let groups: Vec<_> = code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    Ok(groups.join("-"))
}

/// What people write in Crockford's base 32, in the one spelling.
fn spelt(typed: &str) -> String {
    let symbols = typed.chars().filter(|symbol| *symbol != '-' && !symbol.is_whitespace());
    symbols
        .map(|symbol| match symbol.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            symbol => symbol,
        })
        .collect()
}

/// Bytes in Crockford's base 32.
pub fn base32(bytes: &[u8]) -> Result<String> {
    Ok(crockford()?.encode(bytes))
}

/// The bytes that somebody typed in Crockford's base 32; nothing where it is none.
pub fn from_base32(typed: &str) -> Option<Vec<u8>> {
    crockford().ok()?.decode(spelt(typed).as_bytes()).ok()
}

/// A code as somebody typed it, in the one spelling; nothing where the check character says that something was mistyped.
pub fn read_paper_code(typed: &str) -> Option<String> {
    let code = spelt(typed);
    let (content, check) = code.split_at_checked(PAPER_SYMBOLS)?;
    let expected = check_character(content.as_bytes())?;
    (check.chars().eq([expected])).then_some(code)
}

/// Luhn's algorithm for 32 symbols: every single mistake shows, and nearly every swap of two neighbours.
fn check_character(content: &[u8]) -> Option<char> {
    let mut sum = 0;
    for (place, symbol) in content.iter().rev().enumerate() {
        let value = SYMBOLS.iter().position(|known| known == symbol)?;
        let weighted = if place % 2 == 0 { value * 2 } else { value };
        sum += weighted / 32 + weighted % 32;
    }
    SYMBOLS.get((32 - sum % 32) % 32).map(|symbol| char::from(*symbol))
}

fn crockford() -> Result<Encoding> {
    let mut specification = Specification::new();
    specification.symbols.push_str(&String::from_utf8_lossy(SYMBOLS));
    specification.encoding().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_in_its_place_only() {
        let secrets = Secrets::derive("a secret of at least thirty-two characters");
        let sealed = secrets.seal("totp:1", b"rahasia").unwrap();
        assert_eq!(secrets.open("totp:1", &sealed).unwrap(), b"rahasia");
        assert!(secrets.open("totp:2", &sealed).is_err());
        assert!(Secrets::derive("another").open("totp:1", &sealed).is_err());
    }

    #[test]
    fn the_successor_of_a_refresh_token_is_always_the_same() {
        let secrets = Secrets::derive("a secret of at least thirty-two characters");
        assert_eq!(secrets.refresh_successor("a"), secrets.refresh_successor("a"));
        assert_ne!(secrets.refresh_successor("a"), secrets.refresh_successor("b"));
    }

    #[test]
    fn a_code_on_paper_is_read_as_people_write_it() {
        let code = paper_code(&Secrets::derive("a secret").printed("certificate", uuid::Uuid::nil())).unwrap();
        assert_eq!((code.len(), code.split('-').count()), (27 + 6, 7));
        let plain = code.replace('-', "");
        let sloppy = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(read_paper_code(&sloppy).as_deref(), Some(plain.as_str()));
        for place in 0..plain.len() {
            let mut wrong = plain.clone().into_bytes();
            wrong[place] = if wrong[place] == b'7' { b'8' } else { b'7' };
            assert_eq!(read_paper_code(&String::from_utf8(wrong).unwrap()), None, "a mistake at {place}");
        }
        assert_eq!(read_paper_code(""), None);
        assert_eq!(read_paper_code(&format!("{plain}0")), None);
        assert_eq!(read_paper_code("éééééééééééééééééééééééééé"), None);
    }

    #[test]
    fn readable_tokens_come_in_groups_of_four() {
        let token = readable_token().unwrap();
        assert_eq!(token.len(), 32 + 7);
        assert!(token.split('-').all(|group| group.len() == 4));
    }
}
