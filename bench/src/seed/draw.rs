//! The figures and ids from which rows are drawn up: nothing by chance, everything the same each time.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::{Builder, Uuid};

use super::Value;

/// What a position requires of a competency: 2, 3 or 4.
pub(super) fn required_level(position: usize, competency: usize) -> usize {
    (position + competency) % 3 + 2
}

/// The id of row `index` of a table, a UUIDv7 of the first day.
pub(super) fn id(table: u8, index: usize) -> Uuid {
    let millisecond = start_of(first_day()).timestamp_millis().unsigned_abs() + index as u64 / 100;
    // Of the first byte the version takes half.
    let mut tail = [0, table, 0, 0, 0, 0, 0, 0, 0, 0];
    for (place, byte) in tail.iter_mut().skip(2).zip((index as u64).to_be_bytes()) {
        *place = byte;
    }
    Builder::from_unix_timestamp_millis(millisecond, &tail).into_uuid()
}

/// A number that looks drawn by lot, the same each time (the finaliser of SplitMix64).
pub(super) fn scatter(index: usize) -> usize {
    let mut word = (index as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((word ^ (word >> 31)) >> 33) as usize
}

/// The id of row `index` where ids are not to tell when a row came: scattered, of version 4.
pub(super) fn scattered_id(index: usize) -> Uuid {
    let words = [0, 1, 2].map(|word| scatter(3 * index + word));
    let mut bytes = [0; 16];
    for (place, word) in bytes.chunks_mut(4).zip(words.into_iter().chain([index])) {
        place.copy_from_slice(&u32::try_from(word).unwrap_or_default().to_be_bytes());
    }
    Builder::from_random_bytes(bytes).into_uuid()
}

/// The first of the days of the rows.
pub(super) fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default()
}

/// Midnight, UTC.
pub(super) fn start_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// One of `ids`, going round.
pub(super) fn pick(ids: &[Uuid], index: usize) -> Uuid {
    ids.get(index % ids.len().max(1)).copied().unwrap_or_default()
}

/// A count as a value.
pub(super) fn int(number: usize) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}
