//! How people are employed, which decides what their year is and what it asks of them.

use chrono::{Datelike, Days, NaiveDate};

/// How somebody is employed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A civil servant: calendar years, a duty of 20 JP.
    Pns,
    /// On a contract: years from its anniversaries, a ceiling of 24 JP.
    Pppk,
    /// Neither: calendar years that ask nothing.
    NonAsn,
}

impl Kind {
    /// As the service writes it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pns => "pns",
            Self::Pppk => "pppk",
            Self::NonAsn => "non_asn",
        }
    }
}

/// Six of ten are civil servants, two on contracts.
pub(super) fn kind(librarian: usize) -> Kind {
    match librarian % 10 {
        0..6 => Kind::Pns,
        6..8 => Kind::Pppk,
        _ => Kind::NonAsn,
    }
}

/// Days of birth of ten years, so that nobody is too young or too old for their number.
pub(super) fn born_on(librarian: usize) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1980, 1, 1)?.checked_add_days(Days::new((librarian % 3650) as u64))
}

/// NIP or NI PPPK: birth, appointment, sex, and a sequence among those born on one day.
pub(super) fn employee_number(librarian: usize) -> Option<String> {
    let appointed = match kind(librarian) {
        Kind::Pns => "201003",
        Kind::Pppk => "202121",
        Kind::NonAsn => return None,
    };
    Some(format!("{}{appointed}2{:03}", born_on(librarian)?.format("%Y%m%d"), librarian / 3650 % 999 + 1))
}

/// When a contract began.
pub(super) fn contract_start(librarian: usize) -> Option<NaiveDate> {
    let place = u32::try_from(librarian).unwrap_or_default();
    match kind(librarian) {
        Kind::Pppk => NaiveDate::from_ymd_opt(2021, place % 12 + 1, place % 28 + 1),
        Kind::Pns | Kind::NonAsn => None,
    }
}

/// The year of a person that a day lies in: the calendar year that it begins in, its first and last day.
pub(super) fn year_of(librarian: usize, day: NaiveDate) -> (i32, NaiveDate, NaiveDate) {
    let (month, first) = contract_start(librarian).map_or((1, 1), |start| (start.month(), start.day()));
    // Contracts begin on the 28th of a month at the latest, so every year has the day.
    let begins = |year| NaiveDate::from_ymd_opt(year, month, first).unwrap_or(day);
    let year = if day < begins(day.year()) { day.year() - 1 } else { day.year() };
    let next = begins(year + 1);
    (year, begins(year), next.pred_opt().unwrap_or(next))
}
