//! Periods of a report: months, quarters (triwulan), semesters and years of the calendar.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::ValidationError;

use super::error::{Error, INVALID_PARAMETER, Result};
use super::language::Language;
use super::validation::{Fault, Violation, fault};

/// How a period is written.
pub const PATTERN: &str = "^(19|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$";

/// The first year whose periods have names.
const FIRST_YEAR: i32 = 1900;

/// Not the name of a period.
pub const NOT_A_PERIOD: Fault = Fault {
    code: "not_a_period",
    id: "Bukan periode: tulis 2026, 2026-S1, 2026-Q1 atau 2026-01",
    en: "Not a period: write 2026, 2026-S1, 2026-Q1 or 2026-01",
};

/// A period of another length than is asked for.
pub const OTHER_KIND_OF_PERIOD: Fault = Fault {
    code: "other_kind_of_period",
    id: "Panjang periode harus {expected}, misalnya {example}",
    en: "The period must be {expected}, such as {example}",
};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// Bulan: `2026-01`.
    Month,
    /// Triwulan: `2026-Q1`.
    Quarter,
    /// Semester: `2026-S1`.
    Semester,
    /// Tahun: `2026`.
    Year,
}

impl PeriodKind {
    /// How many months it has.
    const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Semester => 6,
            Self::Year => 12,
        }
    }

    /// How a mistake names it.
    const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Semester => "semester",
            Self::Year => "year",
        }
    }
}

/// A period: a part of a calendar year, or all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    kind: PeriodKind,
    /// The first day.
    starts_on: NaiveDate,
}

impl Period {
    /// The period of this kind that a day lies in.
    pub fn of(kind: PeriodKind, day: NaiveDate) -> Self {
        let month0 = day.month0() - day.month0() % kind.months();
        Self { kind, starts_on: NaiveDate::from_ymd_opt(day.year(), month0 + 1, 1).unwrap_or(day) }
    }

    /// Reads the name of a period of the years 1900 to 2999.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) {
            return None;
        }
        let (kind, number) = match part {
            None => (PeriodKind::Year, "1"),
            Some(part) if digits(part, 2) => (PeriodKind::Month, part),
            Some(part) => match part.split_at_checked(1)? {
                ("Q", number) if digits(number, 1) => (PeriodKind::Quarter, number),
                ("S", number) if digits(number, 1) => (PeriodKind::Semester, number),
                _ => return None,
            },
        };
        let month0 = number.parse::<u32>().ok()?.checked_sub(1)? * kind.months();
        let year = year.parse().ok().filter(|year| (FIRST_YEAR..3000).contains(year))?;
        Some(Self { kind, starts_on: NaiveDate::from_ymd_opt(year, month0 + 1, 1)? })
    }

    /// Reads a parameter of a query.
    pub fn parameter(name: &'static str, text: &str) -> Result<Self> {
        Self::parse(text).ok_or_else(|| INVALID_PARAMETER.at(Violation::parameter(name, &NOT_A_PERIOD)))
    }

    /// Reads a field of a body, which must name a period of this kind.
    pub fn field(name: &'static str, text: &str, kind: PeriodKind) -> Result<Self> {
        match Self::parse(text) {
            None => Err(Error::invalid(vec![Violation::field(name, &NOT_A_PERIOD)])),
            Some(period) if period.kind == kind => Ok(period),
            Some(period) => {
                Err(Error::invalid(vec![period.other_kind(Violation::field(name, &OTHER_KIND_OF_PERIOD), kind)]))
            }
        }
    }

    /// Says which kind was expected.
    pub fn other_kind(self, violation: Violation, kind: PeriodKind) -> Violation {
        let example = Self::of(kind, self.starts_on).to_string();
        violation.with("expected", kind.name()).with("example", example)
    }

    /// How long it is.
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// The first day.
    pub const fn starts_on(self) -> NaiveDate {
        self.starts_on
    }

    /// The last day.
    pub fn ends_on(self) -> NaiveDate {
        self.next().starts_on.pred_opt().unwrap_or(self.starts_on)
    }

    /// The calendar year that it is a part of.
    pub fn year(self) -> i32 {
        self.starts_on.year()
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        let months = Months::new(self.kind.months());
        Self { kind: self.kind, starts_on: self.starts_on.checked_add_months(months).unwrap_or(self.starts_on) }
    }

    /// The one before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.kind, self.starts_on.pred_opt().unwrap_or(self.starts_on))
    }

    /// So many before it, or as many as there are names for.
    #[must_use]
    pub fn back(self, count: u32) -> Self {
        let before = |period: &Self| Some(period.previous()).filter(|period| period.year() >= FIRST_YEAR);
        std::iter::successors(Some(self), before).take(count as usize + 1).last().unwrap_or(self)
    }

    /// The shorter periods of a kind that it is made of; none where they are not shorter.
    pub fn split(self, kind: PeriodKind) -> Vec<Self> {
        let count = if kind.months() < self.kind.months() { self.kind.months() / kind.months() } else { 0 };
        let first = Self::of(kind, self.starts_on);
        std::iter::successors(Some(first), |period| Some(period.next())).take(count as usize).collect()
    }

    /// Its name, for people: `Mar 2026`, `TW I 2026`.
    pub fn label(self, language: Language) -> String {
        let (year, month0) = (self.year(), self.starts_on.month0() as usize);
        let roman = ["I", "II", "III", "IV"].get(month0 / self.kind.months() as usize).copied().unwrap_or_default();
        match self.kind {
            PeriodKind::Year => year.to_string(),
            PeriodKind::Semester => format!("{} {roman} {year}", language.pick("Smt", "Sem")),
            PeriodKind::Quarter => match language {
                Language::Indonesian => format!("TW {roman} {year}"),
                Language::English => format!("Q{} {year}", month0 / 3 + 1),
            },
            PeriodKind::Month => {
                let months = match language {
                    Language::Indonesian => {
                        ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
                    }
                    Language::English => {
                        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
                    }
                };
                format!("{} {year}", months.get(month0).copied().unwrap_or_default())
            }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month0) = (self.year(), self.starts_on.month0());
        match self.kind {
            PeriodKind::Year => write!(formatter, "{year:04}"),
            PeriodKind::Semester => write!(formatter, "{year:04}-S{}", month0 / 6 + 1),
            PeriodKind::Quarter => write!(formatter, "{year:04}-Q{}", month0 / 3 + 1),
            PeriodKind::Month => write!(formatter, "{year:04}-{:02}", month0 + 1),
        }
    }
}

/// The name of a period: for fields of bodies.
pub fn name(text: &str) -> Result<(), ValidationError> {
    Period::parse(text).map(|_| ()).ok_or_else(|| fault(&NOT_A_PERIOD))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [PeriodKind; 4] = [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Semester, PeriodKind::Year];

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    #[test]
    fn names_tell_first_and_last_day() {
        for (name, first, last) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-S2", "2026-07-01", "2026-12-31"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
        ] {
            let found = period(name);
            assert_eq!((found.starts_on().to_string(), found.ends_on().to_string()), (first.into(), last.into()));
            assert_eq!(found.to_string(), name);
        }
        for wrong in
            ["", "26", "2026-", "2026-13", "2026-00", "2026-Q5", "2026-S0", "2026-1", "2026-Q", "1899", "2026-q1"]
        {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_longer_period_is_made_of_shorter_ones() {
        let names =
            |long: &str, kind| -> Vec<String> { period(long).split(kind).iter().map(Period::to_string).collect() };
        assert_eq!(names("2026-Q2", PeriodKind::Month), ["2026-04", "2026-05", "2026-06"]);
        assert_eq!(names("2026", PeriodKind::Quarter).len(), 4);
        assert!(names("2026-Q2", PeriodKind::Quarter).is_empty() && names("2026-Q2", PeriodKind::Year).is_empty());
        assert_eq!(period("2026-01").back(13).to_string(), "2024-12");
        assert_eq!(period("1900-Q2").back(120).to_string(), "1900-Q1");
    }

    #[test]
    fn people_read_them_in_their_language() {
        let labels =
            |name: &str| [Language::Indonesian, Language::English].map(|language| period(name).label(language));
        assert_eq!(labels("2026-Q3"), ["TW III 2026", "Q3 2026"]);
        assert_eq!(labels("2026-08"), ["Agu 2026", "Aug 2026"]);
        assert_eq!(labels("2026-S1"), ["Smt I 2026", "Sem I 2026"]);
    }

    proptest! {
        #[test]
        fn neighbours_touch_and_names_come_back(kind in 0_usize..4, day in 0_i32..365_000) {
            let day = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + chrono::TimeDelta::days(day.into());
            let found = Period::of(KINDS[kind], day);
            prop_assert!((found.starts_on()..=found.ends_on()).contains(&day));
            prop_assert_eq!(found.next().previous(), found);
            prop_assert_eq!(found.ends_on().succ_opt(), Some(found.next().starts_on()));
            prop_assert_eq!(Period::parse(&found.to_string()), Some(found));
        }
    }
}
