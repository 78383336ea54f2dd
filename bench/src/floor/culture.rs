//! The report on the learning culture of everybody, from the kept sums: the place to change when the service's
//! `learning::learning_culture` changes. Units are of five people or more here, so nothing is held back.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use uuid::Uuid;

use super::{credits::decimal, rows::Row};
use crate::clock::today;

/// Path of the report.
pub(crate) const CULTURE: &str = "/api/v1/learning-culture";
/// Months over which a streak is followed.
const MONTHS: i32 = 36;
/// Months that are shown.
const SHOWN: i32 = 12;

/// Everybody.
pub(crate) const SELECT_PEOPLE: &str = "SELECT id, unit_id, employment_kind FROM librarians WHERE archived_at IS NULL";

/// What is asked today, of whom.
pub(crate) const SELECT_ASKED: &str = "SELECT employment_kind, kind, hours FROM credit_requirements \
    WHERE valid_to IS NULL ORDER BY kind";

/// The sums of the years in which a streak can lie.
pub(crate) const SELECT_KEPT: &str = "SELECT b.librarian_id, b.year, b.starts_on, b.ends_on, b.credited, \
    b.active_months FROM credit_balances b JOIN librarians l ON l.id = b.librarian_id \
    WHERE b.year >= $1 AND l.archived_at IS NULL";

/// The units, by code.
pub(crate) const SELECT_UNITS: &str = "SELECT id, code, name FROM units ORDER BY code";

/// A row of [`SELECT_PEOPLE`].
pub(crate) struct Person {
    id: Uuid,
    unit: Uuid,
    kind: String,
}

/// A row of [`SELECT_ASKED`].
pub(crate) struct Asked {
    of: String,
    kind: String,
    hours: i64,
}

/// A row of [`SELECT_KEPT`].
pub(crate) struct Kept {
    person: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    credited: i64,
    active_months: i32,
}

#[derive(Clone, Copy, Default)]
struct Learner {
    credited: i64,
    months: u64,
    /// Whether it is a least number of hours, and how many.
    asked: Option<(bool, i64)>,
}

/// The report as the service answers it.
#[derive(Serialize)]
pub(crate) struct Culture {
    as_of: NaiveDate,
    people_count: usize,
    is_suppressed: bool,
    figures: Figures,
    units: Vec<Branch>,
}

/// A unit of the report.
#[derive(Serialize)]
pub(crate) struct Branch {
    unit_id: Uuid,
    code: String,
    name: String,
    people_count: usize,
    is_suppressed: bool,
    figures: Figures,
}

#[derive(Default, Serialize)]
struct Figures {
    learned_count: usize,
    learned_share: f64,
    median_streak: f64,
    longest_streak: u32,
    median_hours: f64,
    duty_count: usize,
    duty_met_count: usize,
    duty_met_share: f64,
    beyond_ceiling_count: usize,
    months: Vec<InMonth>,
}

#[derive(Serialize)]
struct InMonth {
    month: String,
    learned_count: usize,
    learned_share: f64,
}

/// The first year whose sums are read.
pub(crate) fn first_year() -> i32 {
    (month_number(today()) - MONTHS).div_euclid(12) - 1
}

/// Decodes a row of [`SELECT_PEOPLE`].
pub(crate) fn read_person(row: &impl Row) -> anyhow::Result<Person> {
    Ok(Person { id: row.get(0)?, unit: row.get(1)?, kind: row.get(2)? })
}

/// Decodes a row of [`SELECT_ASKED`].
pub(crate) fn read_asked(row: &impl Row) -> anyhow::Result<Asked> {
    Ok(Asked { of: row.get(0)?, kind: row.get(1)?, hours: row.get::<i32>(2)?.into() })
}

/// Decodes a row of [`SELECT_KEPT`].
pub(crate) fn read_kept(row: &impl Row) -> anyhow::Result<Kept> {
    Ok(Kept {
        person: row.get(0)?,
        starts_on: row.get(2)?,
        ends_on: row.get(3)?,
        credited: row.get::<i32>(4)?.into(),
        active_months: row.get(5)?,
    })
}

/// Decodes a row of [`SELECT_UNITS`], with the figures still to come.
pub(crate) fn read_unit(row: &impl Row) -> anyhow::Result<Branch> {
    Ok(Branch {
        unit_id: row.get(0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        people_count: 0,
        is_suppressed: false,
        figures: Figures::default(),
    })
}

impl Culture {
    /// The report that the rows make.
    pub(crate) fn new(people: &[Person], asked: &[Asked], kept: &[Kept], mut units: Vec<Branch>) -> Self {
        let as_of = today();
        let mut learners: HashMap<Uuid, Learner> = HashMap::with_capacity(people.len());
        for person in people {
            // A duty goes before a ceiling, and comes last.
            let asked = asked.iter().rfind(|asked| asked.of == person.kind);
            let asked = asked.map(|asked| (asked.kind == "duty", asked.hours));
            learners.insert(person.id, Learner { asked, ..Learner::default() });
        }
        for year in kept {
            let Some(learner) = learners.get_mut(&year.person) else { continue };
            if (year.starts_on..=year.ends_on).contains(&as_of) {
                learner.credited += year.credited;
            }
            let begins = month_number(as_of) - month_number(year.starts_on);
            for ago in (0..13).filter(|bit| year.active_months >> bit & 1 == 1).map(|bit| begins - bit) {
                if (0..MONTHS).contains(&ago) {
                    learner.months |= 1 << ago;
                }
            }
        }
        let mut by_unit: HashMap<Uuid, Vec<Learner>> = HashMap::new();
        for person in people {
            by_unit.entry(person.unit).or_default().extend(learners.get(&person.id));
        }
        units.retain_mut(|unit| {
            let Some(members) = by_unit.get(&unit.unit_id) else { return false };
            (unit.people_count, unit.figures) = (members.len(), figures(members, as_of));
            true
        });
        let all: Vec<Learner> = by_unit.into_values().flatten().collect();
        Self { as_of, people_count: people.len(), is_suppressed: false, figures: figures(&all, as_of), units }
    }
}

impl Learner {
    fn streak(self) -> u32 {
        let months = if self.months & 1 == 1 { self.months } else { self.months >> 1 };
        months.trailing_ones()
    }

    fn learned(self, ago: i32) -> bool {
        self.months >> ago & 1 == 1
    }
}

fn figures(people: &[Learner], as_of: NaiveDate) -> Figures {
    let count = |is_so: &dyn Fn(&Learner) -> bool| people.iter().filter(|person| is_so(person)).count();
    let learned = |ago: i32| count(&|person| person.learned(ago));
    let due = count(&|person| matches!(person.asked, Some((true, _))));
    let met = count(&|person| matches!(person.asked, Some((true, hours)) if person.credited >= hours));
    let months = (0..SHOWN).rev().map(|ago| {
        let (number, learned_count) = (month_number(as_of) - ago, learned(ago));
        let month = format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
        InMonth { month, learned_count, learned_share: percent(learned_count, people.len()) }
    });
    Figures {
        learned_count: learned(0),
        learned_share: percent(learned(0), people.len()),
        median_streak: decimal(median(people.iter().map(|person| i64::from(person.streak()) * 10).collect()) * 10),
        longest_streak: people.iter().map(|person| person.streak()).max().unwrap_or(0),
        median_hours: decimal(median(people.iter().map(|person| person.credited).collect())),
        duty_count: due,
        duty_met_count: met,
        duty_met_share: percent(met, due),
        beyond_ceiling_count: count(&|person| matches!(person.asked, Some((false, hours)) if person.credited > hours)),
        months: months.collect(),
    }
}

fn month_number(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

fn median(mut numbers: Vec<i64>) -> i64 {
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    let at = |index: usize| numbers.get(index).copied().unwrap_or(0);
    match (numbers.len(), numbers.len() % 2) {
        (0, _) => 0,
        (_, 1) => at(middle),
        _ => (at(middle - 1) + at(middle) + 1).div_euclid(2),
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    let (part, whole) = (i64::try_from(part).unwrap_or(0), i64::try_from(whole).unwrap_or(0));
    if whole > 0 { decimal((part * 20_000 + whole) / (2 * whole)) } else { 0.0 }
}
