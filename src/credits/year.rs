//! The year in which hours count: the calendar year, or the contract year of PPPK.

use chrono::{Datelike, NaiveDate};

use crate::kernel::db::Reader;
use crate::kernel::error::Result;
use crate::staff::appointments::history;
use crate::staff::appointments::service::history as appointments;
use crate::staff::librarians::entity::{EmploymentKind, Model as Librarian};

/// A year of somebody's duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditYear {
    /// The calendar year in which it begins.
    pub year: i32,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

/// When the contract of somebody began that counted on a day, by the history of their appointments, and where that tells of none
/// by the day since when they are in their position; `None` for those with calendar years.
pub async fn contract_start(reader: Reader<'_>, person: &Librarian, on: NaiveDate) -> Result<Option<NaiveDate>> {
    if person.employment_kind != EmploymentKind::Pppk {
        return Ok(None);
    }
    let begun = history::contract_start(&appointments(reader, person.id).await?, on);
    Ok(begun.or(person.position_since))
}

impl CreditYear {
    /// The year that a day lies in.
    pub fn of(contract_start: Option<NaiveDate>, day: NaiveDate) -> Self {
        let this = Self::beginning(contract_start, day.year());
        if day < this.starts_on { Self::beginning(contract_start, day.year() - 1) } else { this }
    }

    /// The year that begins in this calendar year.
    pub fn beginning(contract_start: Option<NaiveDate>, year: i32) -> Self {
        let starts_on = anniversary(contract_start, year);
        let next = anniversary(contract_start, year + 1);
        Self { year, starts_on, ends_on: next.pred_opt().unwrap_or(next) }
    }

    /// The place of a day's calendar month, counted from the month in which the year begins.
    pub fn month_of(&self, day: NaiveDate) -> u32 {
        let months = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
        (months(day) - months(self.starts_on)).clamp(0, 12).cast_unsigned()
    }
}

/// The day of a year on which the contract began; 1 March for 29 February where there is none.
fn anniversary(contract_start: Option<NaiveDate>, year: i32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN);
    let Some(start) = contract_start else { return first };
    NaiveDate::from_ymd_opt(year, start.month(), start.day())
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
        .unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_is_the_calendars_unless_a_contract_says_otherwise() {
        let year = CreditYear::of(None, day("2026-12-31"));
        assert_eq!((year.year, year.starts_on, year.ends_on), (2026, day("2026-01-01"), day("2026-12-31")));
        let contract = Some(day("2024-03-15"));
        let before = CreditYear::of(contract, day("2026-03-14"));
        assert_eq!((before.year, before.starts_on, before.ends_on), (2025, day("2025-03-15"), day("2026-03-14")));
        assert_eq!(CreditYear::of(contract, day("2026-03-15")).year, 2026);
        assert_eq!((before.month_of(day("2025-03-15")), before.month_of(day("2026-03-01"))), (0, 12));
        assert_eq!(CreditYear::of(Some(day("2024-02-29")), day("2026-02-28")).year, 2025);
    }

    proptest! {
        #[test]
        fn every_day_lies_in_one_year(start in 0_i32..20_000, days in 0_i32..20_000) {
            let date = |days| NaiveDate::from_num_days_from_ce_opt(730_000 + days).unwrap();
            let year = CreditYear::of(Some(date(start)), date(days));
            prop_assert!(year.starts_on <= date(days) && date(days) <= year.ends_on);
            let next = CreditYear::of(Some(date(start)), year.ends_on.succ_opt().unwrap());
            prop_assert_eq!(next.year, year.year + 1);
            prop_assert!(year.month_of(date(days)) <= 12);
        }
    }
}
