//! Passwords: Argon2id, and which ones are refused (NIST SP 800-63B-4, 3.1.1).

use std::sync::LazyLock;
use std::sync::mpsc::{SyncSender, sync_channel};

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::oneshot;

use crate::kernel::error::{Error, OVERLOADED, Result};
use crate::kernel::text::nfc;
use crate::kernel::validation::{Fault, Violation};

/// The least characters where the password is the only factor.
pub const LEAST_LENGTH: usize = 15;
/// The least characters beside a second factor.
pub const LEAST_LENGTH_WITH_SECOND_FACTOR: usize = 8;
/// OWASP's minimum for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// How many sign-ins may wait for the hashing thread.
const WAITING: usize = 32;
/// The least score of zxcvbn (0 to 4) that is safe against guessing offline.
const LEAST_SCORE: u8 = 3;

/// The most used passwords of 8 characters or more, in lower case; see `data/README.md`.
const COMMON: &str = include_str!("../../data/common_passwords.txt");
/// Words that say where this service runs; guessers try them first.
const CONTEXT: &[&str] =
    &["perpustakaan", "pustakawan", "singkawang", "kalimantan", "binapustaka", "bina pustaka", "library"];

/// Too short.
pub const TOO_SHORT_PASSWORD: Fault = Fault {
    code: "password_too_short",
    id: "Kata sandi paling sedikit {min} karakter",
    en: "A password needs at least {min} characters",
};
/// On the list of the most used ones.
pub const COMMON_PASSWORD: Fault = Fault {
    code: "password_common",
    id: "Kata sandi ini terlalu sering dipakai orang",
    en: "Too many people use this password",
};
/// Easy to guess.
pub const GUESSABLE_PASSWORD: Fault = Fault {
    code: "password_guessable",
    id: "Kata sandi ini mudah ditebak; pakai beberapa kata yang tidak berhubungan",
    en: "This password is easy to guess; use several unrelated words",
};
/// Not the present one.
pub const WRONG_PASSWORD: Fault =
    Fault { code: "wrong_password", id: "Kata sandi sekarang salah", en: "This is not your present password" };

/// Kinds of mistakes in what somebody proves or chooses.
pub const FAULTS: &[&Fault] = &[
    &TOO_SHORT_PASSWORD,
    &COMMON_PASSWORD,
    &GUESSABLE_PASSWORD,
    &WRONG_PASSWORD,
    &super::second_factor::service::WRONG_CODE,
];

/// How far the hashing thread steps back behind all others (nice), so that sign-ins do not slow other requests down.
const NICENESS: i32 = 10;

type Hashing = Box<dyn FnOnce() + Send>;

/// The one thread that hashes: hashing must not take the processor from everybody else.
static HASHER: LazyLock<SyncSender<Hashing>> = LazyLock::new(|| {
    let (sender, waiting) = sync_channel::<Hashing>(WAITING);
    let hash_all = move || {
        // Linux keeps niceness by thread; without it hashing is merely less polite.
        let _ = rustix::process::nice(NICENESS);
        for hashing in waiting {
            hashing();
        }
    };
    // Without a thread nobody takes from the queue: sign-ins are told to come again.
    let _ = std::thread::Builder::new().name("passwords".to_owned()).spawn(hash_all);
    sender
});

/// The hash of no password: what an unknown address is checked against, so that it takes as long as a known one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_now("nobody has this password, for it is never compared with success").unwrap_or_default());

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes on this thread; for start-up and the command line.
pub fn hash_now(password: &str) -> Result<String> {
    let hash = argon2()?.hash_password(nfc(password).as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Error::internal(error.to_string()))
}

fn verify_now(password: &str, hash: &str) -> Result<bool> {
    let hash = PasswordHash::new(hash).map_err(|error| Error::internal(error.to_string()))?;
    Ok(argon2()?.verify_password(nfc(password).as_bytes(), &hash).is_ok())
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let (sender, receiver) = oneshot::channel();
    let hashing = move || {
        // Who no longer waits needs no hash.
        if !sender.is_closed() {
            let _ = sender.send(work());
        }
    };
    HASHER.try_send(Box::new(hashing)).map_err(|_| Error::later(OVERLOADED, 2))?;
    receiver.await.map_err(Error::internal)?
}

/// Hashes a password.
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    in_turn(move || hash_now(&password)).await
}

/// Whether a password is the one that was hashed. Without a hash it takes as long and says no.
pub async fn verify(password: &str, hash: Option<&str>) -> Result<bool> {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    in_turn(move || match hash {
        Some(hash) => verify_now(&password, &hash),
        None => verify_now(&password, &NOBODY).map(|_| false),
    })
    .await
}

/// What is wrong with a new password of somebody with these names, at this pointer.
pub fn faults(password: &str, names: &[&str], has_second_factor: bool, pointer: &str) -> Vec<Violation> {
    let password = nfc(password);
    let least = if has_second_factor { LEAST_LENGTH_WITH_SECOND_FACTOR } else { LEAST_LENGTH };
    if password.chars().count() < least {
        return vec![Violation::pointer(pointer.to_owned(), &TOO_SHORT_PASSWORD).with("min", least)];
    }
    let lowered = password.to_lowercase();
    if COMMON.lines().any(|common| common == lowered) {
        return vec![Violation::pointer(pointer.to_owned(), &COMMON_PASSWORD)];
    }
    let mut known: Vec<&str> = CONTEXT.to_vec();
    for name in names {
        known.push(name);
        known.extend(name.split(['@', '.', ' ', '-', '_']).filter(|part| part.len() > 2));
    }
    if u8::from(zxcvbn::zxcvbn(&password, &known).score()) < LEAST_SCORE {
        return vec![Violation::pointer(pointer.to_owned(), &GUESSABLE_PASSWORD)];
    }
    Vec::new()
}

/// Refuses a new password that is wrong.
pub fn check(password: &str, names: &[&str], has_second_factor: bool, pointer: &str) -> Result<()> {
    let faults = faults(password, names, has_second_factor, pointer);
    if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str, second_factor: bool) -> Option<&'static str> {
        let names = ["Siti Rahmawati", "siti@singkawang.example"];
        faults(password, &names, second_factor, "#/password").first().map(|fault| fault.fault.code)
    }

    #[test]
    fn short_common_and_guessable_passwords_are_refused() {
        assert_eq!(code("kuda-laut-biru", false), Some("password_too_short"));
        assert_eq!(code("kuda-laut-biru", true), None);
        assert_eq!(code("password123456789", false), Some("password_guessable"));
        assert_eq!(code("polniypizdec0211", false), Some("password_common"));
        assert_eq!(code("perpustakaansingkawang", false), Some("password_guessable"));
        assert_eq!(code("sitisitisitisiti", false), Some("password_guessable"));
        assert_eq!(code("rak kelima penuh ombak", false), None);
    }

    #[test]
    fn a_hash_verifies_its_password_alone() {
        let hash = hash_now("rak kelima penuh ombak").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify_now("rak kelima penuh ombak", &hash).unwrap());
        assert!(!verify_now("rak keenam penuh ombak", &hash).unwrap());
    }
}
