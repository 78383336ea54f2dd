//! Identifiers: UUIDv7, which sort by creation time, so that new rows land at the end of every index.

use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};

/// Bits that count identifiers of one millisecond.
const COUNTER_BITS: u32 = 26;

/// A source of identifiers, which ascend in the order in which they are made.
#[derive(Clone, Debug)]
pub enum Ids {
    /// Unpredictable.
    Random(Arc<Mutex<Last>>),
    /// The same sequence on every run: for the demonstration data, whose ids stand in the examples.
    Sequence(Arc<Mutex<Last>>),
}

/// The identifier made last: its millisecond, its count within it, and how many there were.
#[derive(Clone, Copy, Debug, Default)]
pub struct Last {
    millis: u64,
    count: u32,
    total: u64,
}

impl Default for Ids {
    fn default() -> Self {
        Self::Random(Arc::default())
    }
}

impl Ids {
    /// A sequence that starts anew.
    pub fn sequence() -> Self {
        Self::Sequence(Arc::default())
    }

    /// The next identifier, which carries this instant.
    pub fn next(&self, now: DateTime<Utc>) -> Uuid {
        let (Self::Random(last) | Self::Sequence(last)) = self;
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        last.total += 1;
        if millis > last.millis {
            (last.millis, last.count) = (millis, 0);
        } else {
            // In one millisecond, or when the clock was set back, the count goes on (RFC 9562, 6.2, method 1).
            last.count += 1;
            if last.count >> COUNTER_BITS > 0 {
                (last.millis, last.count) = (last.millis + 1, 0);
            }
        }
        let mut tail = [0_u8; 10];
        match self {
            // The system's generator does not fail once it has been seeded; the count keeps ids apart even if it did.
            Self::Random(_) => drop(SystemRandom::new().fill(&mut tail)),
            Self::Sequence(_) => tail[2..].copy_from_slice(&scatter(last.total).to_be_bytes()),
        }
        let [_, _, high, low] = (last.count >> 14).to_be_bytes();
        let [_, _, next_high, next_low] = (last.count & 0x3FFF).to_be_bytes();
        // The version stands in the upper half of the first byte, the variant in the upper two bits of the third.
        tail[..4].copy_from_slice(&[high, low, next_high, next_low]);
        Builder::from_unix_timestamp_millis(last.millis, &tail).into_uuid()
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

    #[test]
    fn ids_ascend_even_when_the_clock_does_not() {
        let instant = DateTime::from_timestamp_millis(1_760_000_000_000).unwrap();
        for ids in [Ids::default(), Ids::sequence()] {
            let made: Vec<_> =
                (0..40_000_i64).map(|turn| ids.next(instant - chrono::TimeDelta::milliseconds(turn % 3))).collect();
            assert!(made.is_sorted());
        }
    }
}
