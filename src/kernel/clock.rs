//! The one place that knows what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A source of time, in whole milliseconds: what is written is what is read again on every database.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that moves only when it is told to, for tests and for the demonstration data.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this instant.
    pub fn at(instant: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(instant.timestamp_millis())))
    }

    /// The instant now.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            Self::System => from_millis(Utc::now().timestamp_millis()),
            Self::Manual(millis) => from_millis(millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock; the machine's clock moves by itself.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Manual(millis) = self {
            millis.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }

    /// Sets a manual clock.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Self::Manual(millis) = self {
            millis.store(instant.timestamp_millis(), Ordering::SeqCst);
        }
    }

    /// The calendar day now where the library stands.
    pub fn today(&self) -> NaiveDate {
        local_date(self.now())
    }
}

/// The most characters of an instant: nine digits of a second and an offset.
pub const LONGEST_INSTANT: u8 = 35;

/// An instant as it goes over the wire: RFC 3339 in UTC, always with three digits of milliseconds, so that a client that
/// reads a fixed form reads every one. Taken in with any offset and any fraction, of which milliseconds are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub DateTime<Utc>);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let instant = DateTime::parse_from_rfc3339(&text).ok().filter(|_| text.len() <= usize::from(LONGEST_INSTANT));
        instant
            .map(|instant| Self(from_millis(instant.timestamp_millis())))
            .ok_or_else(|| serde::de::Error::custom("an instant is written as 2026-03-02T01:00:00Z (RFC 3339)"))
    }
}

impl PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(format))
            .description(Some("An instant (RFC 3339). Answers give it in UTC, always with milliseconds."))
            .examples(["2026-03-02T01:00:00.000Z"])
            .into()
    }
}

impl ToSchema for Instant {}

/// Western Indonesian Time (WIB, UTC+7), the civil time of Singkawang; Indonesia has no summer time.
const WIB_SECONDS: i32 = 7 * 3600;

/// The calendar day of an instant in Western Indonesian Time (WIB).
pub fn local_date(instant: DateTime<Utc>) -> NaiveDate {
    FixedOffset::east_opt(WIB_SECONDS)
        .map_or_else(|| instant.date_naive(), |zone| instant.with_timezone(&zone).date_naive())
}

/// The instant at which a calendar day in Western Indonesian Time (WIB) is over.
pub fn end_of_day(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(1) - TimeDelta::seconds(WIB_SECONDS.into())
}

/// Whole months from one day to another, as a person counts them; negative when `to` lies before `from`.
pub fn months_between(from: NaiveDate, to: NaiveDate) -> i32 {
    let months = (to.year() - from.year()) * 12 + to.month().cast_signed() - from.month().cast_signed();
    if months > 0 && to.day() < from.day() {
        months - 1
    } else if months < 0 && to.day() > from.day() {
        months + 1
    } else {
        months
    }
}

fn from_millis(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_singkawang() {
        let evening: DateTime<Utc> = "2026-03-01T16:59:59.999Z".parse().unwrap();
        assert_eq!(local_date(evening).to_string(), "2026-03-01");
        assert_eq!(local_date(evening + TimeDelta::milliseconds(1)).to_string(), "2026-03-02");
        let over = end_of_day("2026-03-01".parse().unwrap());
        assert_eq!(over, evening + TimeDelta::milliseconds(1));
    }

    #[test]
    fn months_count_whole_months() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(months_between(day("2024-01-31"), day("2024-02-29")), 0);
        assert_eq!(months_between(day("2024-01-15"), day("2026-01-15")), 24);
        assert_eq!(months_between(day("2024-01-15"), day("2026-01-14")), 23);
        assert_eq!(months_between(day("2026-01-15"), day("2025-12-16")), 0);
    }
}
