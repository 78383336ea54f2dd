//! The day on which rows, floor and service agree.

use chrono::{NaiveDate, TimeDelta, Utc};

/// The day in Singkawang (WIB, UTC+7), by which the service counts.
pub(crate) fn today() -> NaiveDate {
    #[expect(clippy::disallowed_methods, reason = "neither floor nor seed has a clock of its own")]
    let now = Utc::now();
    (now + TimeDelta::hours(7)).date_naive()
}
