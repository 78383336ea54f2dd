//! Identifiers: UUIDv7, which sort by creation time, so that new rows land at the end of every index.

use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

/// A source of identifiers.
#[derive(Clone, Debug, Default)]
pub enum Ids {
    /// Unpredictable and monotonic within this process.
    #[default]
    Random,
    /// The same sequence on every run: for the demonstration data, whose ids stand in the examples.
    Sequence(Arc<Mutex<u64>>),
}

impl Ids {
    /// A sequence that starts anew.
    pub fn sequence() -> Self {
        Self::Sequence(Arc::default())
    }

    /// The next identifier, which carries this instant.
    pub fn next(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        let mut tail = [0_u8; 10];
        match self {
            Self::Random => {
                // The system's generator does not fail once it has been seeded; zeros would still be unique by time and count.
                let _ = SystemRandom::new().fill(&mut tail);
            }
            Self::Sequence(counter) => {
                let mut count = counter.lock().unwrap_or_else(PoisonError::into_inner);
                *count += 1;
                tail[2..].copy_from_slice(&scatter(*count).to_be_bytes());
                tail[..2].copy_from_slice(&count.to_be_bytes()[6..]);
            }
        }
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }
}

/// Spreads a counter over 64 bits (the finaliser of splitmix64), so that sequence ids look like any other.
fn scatter(count: u64) -> u64 {
    let mut mixed = count.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_the_same_each_time_and_never_repeats() {
        let instant = DateTime::from_timestamp_millis(1_760_000_000_000).unwrap();
        let (one, other) = (Ids::sequence(), Ids::sequence());
        let ids: Vec<_> = (0..1000).map(|_| one.next(instant)).collect();
        assert!(ids.iter().all(|id| *id == other.next(instant) && id.get_version_num() == 7));
        assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), 1000);
    }
}
