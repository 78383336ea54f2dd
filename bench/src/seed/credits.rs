//! The ledger of credit hours over three years up to today, and the sums that the service keeps with each of its rows.
//!
//! Up to today, because the report that is measured is that of today: these rows alone differ from day to day.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use super::{
    Table, Value,
    draw::{id, pick, scatter},
    people,
    reference::{self, TrainingType},
    tables::{Library, rows},
};
use crate::clock::today;

/// Months that the ledger covers.
const MONTHS: usize = 36;
/// Types of training as SIASN numbers them, all measured in minutes: a community of learning, which counts two hours a
/// day at the most and is entered once a month; in-house guidance; what is learned at work.
const COMMUNITY: i64 = 23;
const COURSE: i64 = 8;
const AT_WORK: i64 = 25;

/// One entry before it becomes a row.
struct Earned {
    index: usize,
    librarian: usize,
    kind: &'static TrainingType,
    on: NaiveDate,
    minutes: i64,
}

/// A person's year as it is kept.
struct Kept {
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    /// Formal, social, at work.
    buckets: [i64; 3],
    entries: i64,
    active_months: i64,
}

impl Earned {
    /// By the rule of minutes; no cap is reached.
    fn credited(&self) -> i64 {
        self.minutes * 100 / self.kind.rule.minutes_per_hour.max(1)
    }
}

impl Library {
    fn earned(&self) -> impl Iterator<Item = Earned> + '_ {
        let each = self.amount.credits * MONTHS / 12;
        let (count, today) = (self.librarians.len() * each, today());
        (0..count).filter_map(move |index| {
            let (librarian, place) = (index / each, index % each);
            let communal = place % 4 == 0 && place < MONTHS;
            // Most people learn month by month; three of ten entries fall on any other.
            let steady = communal || scatter(index) % 10 < 7;
            let months_ago = if steady { place % MONTHS } else { scatter(index + 1) % MONTHS };
            let month = today.with_day(1)?.checked_sub_months(Months::new(u32::try_from(months_ago).ok()?))?;
            let days = if months_ago == 0 { today.day() } else { 28 };
            let kind = match (communal, scatter(index + 2) % 3) {
                (true, _) => COMMUNITY,
                (false, 0) => COURSE,
                (false, _) => AT_WORK,
            };
            Some(Earned {
                index,
                librarian,
                kind: reference::training_type(kind)?,
                on: month.with_day(u32::try_from(scatter(index + 3)).ok()? % days + 1)?,
                minutes: if communal { 45 } else { i64::try_from(scatter(index + 4) % 7).ok()? * 15 + 45 },
            })
        })
    }

    /// The ledger. What the entries were earned by is not there: nothing measured reads it.
    pub(super) fn credit_entries(&self) -> Table<'_> {
        let entries = self.earned().map(|earned| {
            let (year, ..) = people::year_of(earned.librarian, earned.on);
            vec![
                id(11, earned.index).into(),
                pick(&self.librarians, earned.librarian).into(),
                "credit".into(),
                Value::Int(year.into()),
                earned.on.into(),
                earned.on.into(),
                earned.on.into(),
                earned.kind.id.into(),
                earned.kind.bucket.as_str().into(),
                "learning_entry".into(),
                id(12, earned.index).into(),
                Value::Int(1),
                "Layanan rujukan digital".into(),
                "Perpustakaan Nasional".into(),
                false.into(),
                Value::Int(1),
                Value::Int(1),
                earned.minutes.into(),
                earned.kind.rule.id.into(),
                earned.credited().into(),
                earned.credited().into(),
            ]
        });
        Table {
            name: "credit_entries",
            columns: &[
                "id",
                "librarian_id",
                "kind",
                "year",
                "starts_on",
                "counted_on",
                "recorded_on",
                "training_type_id",
                "bucket",
                "source_kind",
                "source_id",
                "round",
                "title",
                "organiser",
                "is_international",
                "days",
                "sessions",
                "minutes",
                "rule_id",
                "computed",
                "credited",
                "created_at",
                "updated_at",
                "version",
            ],
            rows: rows(entries),
        }
    }

    /// The sums of each person and year.
    pub(super) fn credit_balances(&self) -> Table<'_> {
        let mut kept: BTreeMap<(usize, i32), Kept> = BTreeMap::new();
        for earned in self.earned() {
            let (year, starts_on, ends_on) = people::year_of(earned.librarian, earned.on);
            let empty = || Kept { starts_on, ends_on, buckets: [0; 3], entries: 0, active_months: 0 };
            let sums = kept.entry((earned.librarian, year)).or_insert_with(empty);
            let bucket = ["formal", "social", "experience"].iter().position(|name| *name == earned.kind.bucket);
            sums.buckets.iter_mut().skip(bucket.unwrap_or_default()).take(1).for_each(|sum| *sum += earned.credited());
            sums.entries += 1;
            let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
            sums.active_months |= 1 << (month(earned.on) - month(starts_on));
        }
        Table {
            name: "credit_balances",
            columns: &[
                "librarian_id",
                "year",
                "starts_on",
                "ends_on",
                "credited",
                "formal",
                "social",
                "experience",
                "entry_count",
                "active_months",
            ],
            rows: Box::new(kept.into_iter().map(|((librarian, year), sums)| {
                let mut row = vec![
                    pick(&self.librarians, librarian).into(),
                    Value::Int(year.into()),
                    sums.starts_on.into(),
                    sums.ends_on.into(),
                    sums.buckets.iter().sum::<i64>().into(),
                ];
                row.extend(sums.buckets.map(Value::Int));
                row.extend([sums.entries.into(), sums.active_months.into()]);
                row
            })),
        }
    }
}
