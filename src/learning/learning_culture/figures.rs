//! The figures of a group of people, and which groups are too small to be told apart.

use chrono::{Datelike, NaiveDate};

use super::dto::{CultureFigures, CultureMonth};
use crate::kernel::decimal::decimal;
use crate::settings::credit_requirements::entity::RequirementKind;

/// How many months back a streak is followed.
pub(super) const MONTHS: u32 = 36;
/// How many months the report shows.
const SHOWN_MONTHS: u32 = 12;
/// The smallest group that is told apart.
const LEAST_GROUP: usize = 5;

/// What is known of a person.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Learner {
    /// Hours that count in the present year, in hundredths.
    pub(super) credited: i64,
    /// Months in which something was learned: bit 0 is the present one, bit 1 the one before.
    pub(super) months: u64,
    /// What the year asks, in hundredths.
    pub(super) requirement: Option<(RequirementKind, i64)>,
}

/// A month's place on an endless calendar.
pub(super) fn month_number(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

impl Learner {
    /// Something was learned in the month that lies so many months back; those to come and those too far back do not matter.
    pub(super) fn learned(&mut self, months_ago: i32) {
        if let Ok(age) = u32::try_from(months_ago)
            && age < MONTHS
        {
            self.months |= 1 << age;
        }
    }

    /// How many months in a row up to now. The present one is not over: without it, those up to the last count.
    fn streak(self) -> u32 {
        let months = if self.months & 1 == 1 { self.months } else { self.months >> 1 };
        months.trailing_ones()
    }
}

/// The middle of numbers, the mean of two where there are two, half up; 0 of none.
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

/// So many of so many, in percent with two decimals, half up.
fn percent(part: usize, whole: usize) -> f64 {
    let (part, whole) = (i64::try_from(part).unwrap_or(0), i64::try_from(whole).unwrap_or(0));
    if whole > 0 { decimal((part * 20_000 + whole) / (2 * whole)) } else { 0.0 }
}

/// The figures of a group.
pub(super) fn of(people: &[Learner], as_of: NaiveDate) -> CultureFigures {
    let count = |is_so: &dyn Fn(&Learner) -> bool| people.iter().filter(|person| is_so(person)).count();
    let learned = |age: u32| count(&move |person: &Learner| (person.months >> age) & 1 == 1);
    let due = count(&|person: &Learner| matches!(person.requirement, Some((RequirementKind::Duty, _))));
    let met = count(
        &|person: &Learner| matches!(person.requirement, Some((RequirementKind::Duty, hours)) if person.credited >= hours),
    );
    let beyond = count(
        &|person| matches!(person.requirement, Some((RequirementKind::Ceiling, hours)) if person.credited > hours),
    );
    let streaks: Vec<i64> = people.iter().map(|person| i64::from(person.streak()) * 10).collect();
    let longest = people.iter().map(|person| person.streak()).max().unwrap_or(0);
    let months = (0..SHOWN_MONTHS).rev().map(|age| {
        let number = month_number(as_of) - age.cast_signed();
        CultureMonth {
            month: format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            learned_count: learned(age),
            learned_share: percent(learned(age), people.len()),
        }
    });
    CultureFigures {
        learned_count: learned(0),
        learned_share: percent(learned(0), people.len()),
        median_streak: decimal(median(streaks) * 10),
        longest_streak: longest,
        median_hours: decimal(median(people.iter().map(|person| person.credited).collect())),
        duty_count: due,
        duty_met_count: met,
        duty_met_share: percent(met, due),
        beyond_ceiling_count: beyond,
        months: months.collect(),
    }
}

/// Which groups of these sizes are not told apart: those of fewer than five, and as many of the next as it takes so that what is
/// left when the others are taken from the whole is a group of five or more, too.
pub(super) fn suppressed(sizes: &[usize]) -> Vec<bool> {
    let mut hidden: Vec<bool> = sizes.iter().map(|size| *size < LEAST_GROUP).collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|index| (sizes.get(*index).copied(), *index));
    for index in order {
        let together: usize = sizes.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(size, _)| size).sum();
        if together == 0 || together >= LEAST_GROUP {
            break;
        }
        if let Some(place) = hidden.get_mut(index) {
            *place = true;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn learner(credited: i64, months: u64) -> Learner {
        Learner { credited, months, requirement: Some((RequirementKind::Duty, 2000)) }
    }

    #[test]
    fn a_streak_outlives_a_month_that_is_not_over() {
        assert_eq!(learner(0, 0b0111).streak(), 3);
        assert_eq!(learner(0, 0b1110).streak(), 3);
        assert_eq!(learner(0, 0b1100).streak(), 0);
        assert_eq!(learner(0, (1 << MONTHS) - 1).streak(), MONTHS);
    }

    #[test]
    fn a_group_is_told_by_shares_and_medians() {
        let people = [learner(2000, 0b11), learner(1250, 0b10), learner(0, 0), learner(2400, 0b1)];
        let figures = of(&people, "2026-01-15".parse().unwrap());
        assert_eq!((figures.learned_count, figures.learned_share), (2, 50.0));
        assert_eq!((figures.median_hours, figures.median_streak, figures.longest_streak), (16.25, 1.0, 2));
        assert_eq!((figures.duty_count, figures.duty_met_count, figures.duty_met_share), (4, 2, 50.0));
        assert_eq!(figures.months.last().map(|month| month.month.as_str()), Some("2026-01"));
        assert_eq!(figures.months.first().map(|month| month.month.as_str()), Some("2025-02"));
        let nobody = of(&[], "2026-01-15".parse().unwrap());
        assert_eq!((nobody.learned_share, nobody.median_hours), (0.0, 0.0));
    }

    #[test]
    fn small_groups_hide_behind_the_next() {
        assert_eq!(suppressed(&[7, 9, 6]), [false, false, false]);
        assert_eq!(suppressed(&[7, 3, 6]), [false, true, true]);
        assert_eq!(suppressed(&[7, 3, 2]), [false, true, true]);
        assert_eq!(suppressed(&[3]), [true]);
    }

    proptest! {
        #[test]
        fn what_is_hidden_is_never_a_group_of_one_to_four(sizes in proptest::collection::vec(0_usize..12, 0..8)) {
            let hidden = suppressed(&sizes);
            let together: usize = sizes.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(size, _)| size).sum();
            let all: usize = sizes.iter().sum();
            prop_assert!(together == 0 || together >= LEAST_GROUP || together == all);
            prop_assert!(sizes.iter().zip(&hidden).all(|(size, hidden)| *hidden || *size >= LEAST_GROUP));
        }
    }
}
