//! Which figure holds in a period: its own, the sum of shorter periods, or the last that is known.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};

use super::entity::{FigureKey, Model};
use crate::kernel::period::{Period, PeriodKind};

/// How long a figure that tells how something stands is good for when nobody enters a newer one: three years.
pub(super) const STANDS_FOR: Months = Months::new(36);

/// What is known of a figure in a period, and of which period that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The value, in ten-thousandths.
    pub value: i64,
    /// The period that it was entered for, or the first and the last of those that were added up.
    pub period: String,
}

/// The figure of a period among rows of its key that are not too old.
pub(super) fn known(key: FigureKey, rows: &[Model], period: Period, today: NaiveDate) -> Option<Known> {
    let name = period.to_string();
    if let Some(own) = rows.iter().find(|row| row.period == name) {
        return Some(Known { value: own.value, period: name });
    }
    if key.adds_up() {
        return [PeriodKind::Semester, PeriodKind::Quarter, PeriodKind::Month]
            .into_iter()
            .find_map(|kind| added_up(rows, &period.split(kind), today));
    }
    // Of what stands: the last within the period, else the period's year or the like, else the last before it.
    let nearness = |row: &&Model| {
        let within = row.starts_on >= period.starts_on() && row.ends_on <= period.ends_on();
        let around = row.starts_on <= period.starts_on() && row.ends_on >= period.ends_on();
        (within, around, row.ends_on, row.starts_on)
    };
    rows.iter().max_by_key(nearness).map(|row| Known { value: row.value, period: row.period.clone() })
}

/// The sum over the parts of a period that are over; nothing where one of them is missing.
fn added_up(rows: &[Model], parts: &[Period], today: NaiveDate) -> Option<Known> {
    let values: HashMap<&str, i64> = rows.iter().map(|row| (row.period.as_str(), row.value)).collect();
    let over: Vec<String> = parts.iter().filter(|part| part.ends_on() < today).map(ToString::to_string).collect();
    let (first, last) = (over.first()?, over.last()?);
    let value = over.iter().map(|name| values.get(name.as_str()).copied()).sum::<Option<i64>>()?;
    Some(Known { value, period: format!("{first}..{last}") })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn row(key: FigureKey, name: &str, value: i64) -> Model {
        let period = Period::parse(name).unwrap();
        let entered = chrono::DateTime::UNIX_EPOCH;
        Model {
            id: Uuid::nil(),
            key,
            period: name.to_owned(),
            starts_on: period.starts_on(),
            ends_on: period.ends_on(),
            district_code: String::new(),
            value,
            source: "BPS".to_owned(),
            version: 1,
            created_at: entered,
            updated_at: entered,
        }
    }

    fn found(key: FigureKey, rows: &[(&str, i64)], period: &str, today: &str) -> Option<(i64, String)> {
        let rows: Vec<Model> = rows.iter().map(|(name, value)| row(key, name, *value)).collect();
        let known = known(key, &rows, Period::parse(period).unwrap(), today.parse().unwrap());
        known.map(|known| (known.value, known.period))
    }

    #[test]
    fn what_adds_up_is_added_up_as_far_as_the_period_is_over() {
        let visits = |rows: &[(&str, i64)], today| found(FigureKey::Visits, rows, "2026-Q1", today);
        let months = [("2026-01", 10), ("2026-02", 20), ("2026-03", 30)];
        assert_eq!(visits(&months, "2026-04-01"), Some((60, "2026-01..2026-03".to_owned())));
        assert_eq!(visits(&months, "2026-03-31"), Some((30, "2026-01..2026-02".to_owned())));
        assert_eq!(visits(&months[..1], "2026-03-31"), None, "February is missing");
        assert_eq!(visits(&months, "2026-01-20"), None, "no month is over");
        assert_eq!(visits(&[("2026-Q1", 70), ("2026-01", 10)], "2026-04-01"), Some((70, "2026-Q1".to_owned())));
        assert_eq!(visits(&[("2026", 400)], "2027-01-01"), None, "a year says nothing of its quarters");
    }

    #[test]
    fn what_stands_is_the_last_that_is_known() {
        let items = |rows: &[(&str, i64)], period| found(FigureKey::Items, rows, period, "2027-01-01");
        let rows = [("2025", 5), ("2026", 6), ("2026-Q1", 1), ("2026-Q2", 2)];
        assert_eq!(items(&rows, "2026"), Some((6, "2026".to_owned())));
        assert_eq!(items(&rows[2..], "2026"), Some((2, "2026-Q2".to_owned())));
        assert_eq!(items(&rows[..2], "2026-05"), Some((6, "2026".to_owned())));
        assert_eq!(items(&rows[..1], "2026-05"), Some((5, "2025".to_owned())));
        assert_eq!(items(&[], "2026"), None);
    }
}
