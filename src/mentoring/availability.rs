//! When somebody has time, and which languages they speak: of mentors and of those who look for one.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::kernel::validation::{ENDS_BEFORE_IT_BEGINS, NOT_VALID, Violation, fault};

/// The most times of one week.
pub const MOST_TIMES: u64 = 14;
/// The most languages of one person.
pub const MOST_LANGUAGES: u64 = 10;
/// Minutes of the grid on which times begin and end.
const GRID: u32 = 15;
/// Squares of the grid in a day.
const SQUARES: u32 = 24 * 60 / GRID;
/// Words that hold a week of squares.
const WORDS: usize = 11;

/// A day of the week (hari).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Senin.
    Monday,
    /// Selasa.
    Tuesday,
    /// Rabu.
    Wednesday,
    /// Kamis.
    Thursday,
    /// Jumat.
    Friday,
    /// Sabtu.
    Saturday,
    /// Minggu.
    Sunday,
}

/// A time of each week, in the library's time zone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"weekday": "tuesday", "starts_at": "09:00", "ends_at": "11:30"}))]
pub struct WeeklyTime {
    /// On which day.
    pub weekday: Weekday,
    /// From when, on a quarter of an hour.
    #[validate(custom(function = quarter))]
    #[schema(min_length = 5, max_length = 5, pattern = "^([01][0-9]|2[0-3]):(00|15|30|45)$")]
    pub starts_at: String,
    /// Until when, on a quarter of an hour.
    #[validate(custom(function = quarter))]
    #[schema(min_length = 5, max_length = 5, pattern = "^([01][0-9]|2[0-3]):(00|15|30|45)$")]
    pub ends_at: String,
}

/// The times of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct WeeklyTimes(pub Vec<WeeklyTime>);

/// A language by its code (ISO 639), for the OpenAPI.
#[derive(ToSchema)]
#[schema(min_length = 2, max_length = 3, pattern = "^[a-z]{2,3}$", example = "id")]
pub struct LanguageCode(pub String);

/// The square of the grid at which a time of the day stands; nothing where it is none.
fn square(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':').filter(|(hours, minutes)| hours.len() == 2 && minutes.len() == 2)?;
    let digits =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    (hours < 24 && minutes < 60 && minutes % GRID == 0).then(|| (hours * 60 + minutes) / GRID)
}

/// A time of the day on a quarter of an hour.
fn quarter(time: &str) -> Result<(), ValidationError> {
    if square(time).is_some() { Ok(()) } else { Err(fault(&NOT_VALID)) }
}

/// Codes of languages: two or three small letters (ISO 639).
pub fn language_codes(codes: &[String]) -> Result<(), ValidationError> {
    let fits = |code: &String| matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    if codes.iter().all(fits) { Ok(()) } else { Err(fault(&NOT_VALID)) }
}

/// The times that end before they begin, each with its place.
pub fn wrong_times(times: &[WeeklyTime]) -> Vec<Violation> {
    // Both stand in one form, which sorts as time does.
    let wrong = times.iter().enumerate().filter(|(_, time)| time.ends_at <= time.starts_at);
    wrong.map(|(index, _)| Violation::pointer(format!("#/times/{index}/ends_at"), &ENDS_BEFORE_IT_BEGINS)).collect()
}

/// A week as a grid of quarters of an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Week([u64; WORDS]);

impl Week {
    /// The week in which these times are free.
    pub fn of(times: &WeeklyTimes) -> Self {
        let mut week = Self::default();
        for time in &times.0 {
            let (Some(from), Some(until)) = (square(&time.starts_at), square(&time.ends_at)) else { continue };
            let day = time.weekday as u32 * SQUARES;
            for square in day + from..day + until {
                if let Some(word) = week.0.get_mut((square / 64) as usize) {
                    *word |= 1 << (square % 64);
                }
            }
        }
        week
    }

    /// Whether nobody said when.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Minutes of a week that both have.
    pub fn minutes_with(&self, other: &Self) -> i32 {
        let common: u32 = self.0.iter().zip(other.0).map(|(one, other)| (one & other).count_ones()).sum();
        // A week has 10,080 minutes.
        i32::try_from(common * GRID).unwrap_or(i32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(times: &[(Weekday, &str, &str)]) -> Week {
        let times = times.iter().map(|(weekday, from, until)| WeeklyTime {
            weekday: *weekday,
            starts_at: (*from).to_owned(),
            ends_at: (*until).to_owned(),
        });
        Week::of(&WeeklyTimes(times.collect()))
    }

    #[test]
    fn common_time_is_counted_in_quarters_and_never_across_days() {
        let mentor = week(&[(Weekday::Monday, "09:00", "11:30"), (Weekday::Sunday, "23:00", "23:45")]);
        let mentee = week(&[(Weekday::Monday, "10:45", "12:00"), (Weekday::Tuesday, "09:00", "11:30")]);
        assert_eq!(mentor.minutes_with(&mentee), 45);
        assert_eq!(mentor.minutes_with(&mentor), 195);
        assert_eq!(week(&[]).minutes_with(&mentor), 0);
        assert!(week(&[]).is_empty() && !mentor.is_empty());
    }

    #[test]
    fn a_time_said_twice_counts_once() {
        let twice = week(&[(Weekday::Friday, "13:00", "14:00"), (Weekday::Friday, "13:30", "14:30")]);
        assert_eq!(twice.minutes_with(&twice), 90);
    }

    #[test]
    fn a_time_of_the_day_has_one_form() {
        assert_eq!(["00:00", "09:15", "23:45"].map(square), [Some(0), Some(37), Some(95)]);
        for wrong in ["9:00", "09:10", "24:00", "09:0", "ab:cd", "+9:00", "09:00:00", ""] {
            assert_eq!(square(wrong), None, "{wrong}");
        }
    }
}
