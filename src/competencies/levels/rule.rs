//! How several confirmed assessments of one competency become one level.

use chrono::{Days, Months, NaiveDate};
use uuid::Uuid;

use crate::competencies::assessments::entity::{self as assessment, AssessmentMethod};
use crate::competencies::frameworks::entity::LevelRule;
use crate::kernel::clock::months_between;

/// After so many months an assessment weighs half.
const HALF_LIFE_MONTHS: f64 = 24.0;

/// A confirmed assessment as the rule sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The assessment.
    pub id: Uuid,
    /// How it was made.
    pub method: AssessmentMethod,
    /// 1 to 5.
    pub level: i32,
    /// From when it counts.
    pub from: NaiveDate,
    /// The last day on which it counts.
    pub until: Option<NaiveDate>,
}

impl From<&assessment::Model> for Judgement {
    fn from(row: &assessment::Model) -> Self {
        Self { id: row.id, method: row.method, level: row.level, from: row.assessed_on, until: row.valid_until }
    }
}

/// A level, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrentLevel {
    /// 1 to 5.
    pub level: i32,
    /// The assessment that decided, or the latest of several that were weighed.
    pub basis: Judgement,
    /// How many assessments counted.
    pub counted: usize,
    /// The first day on which time alone may change it.
    pub next_change_on: Option<NaiveDate>,
}

/// The level on a day. Nothing that counts on that day: no level.
pub fn current(
    rule: LevelRule,
    required_source: Option<AssessmentMethod>,
    judgements: &[Judgement],
    on: NaiveDate,
) -> Option<CurrentLevel> {
    let living = judgements.iter().copied().filter(|judgement| {
        judgement.from <= on
            && judgement.until.is_none_or(|until| on <= until)
            && (rule != LevelRule::RequiredSource || required_source.is_none_or(|source| source == judgement.method))
    });
    let living: Vec<Judgement> = living.collect();
    let latest = living.iter().max_by_key(|judgement| (judgement.from, judgement.id)).copied()?;
    match rule {
        LevelRule::Latest | LevelRule::RequiredSource => Some(of_one(latest)),
        LevelRule::Best => {
            living.iter().max_by_key(|judgement| (judgement.level, judgement.from, judgement.id)).copied().map(of_one)
        }
        LevelRule::Weighted => Some(CurrentLevel {
            level: weighted(&living, on),
            basis: latest,
            counted: living.len(),
            next_change_on: living.iter().filter_map(|judgement| next_step(judgement, on)).min(),
        }),
    }
}

fn of_one(basis: Judgement) -> CurrentLevel {
    CurrentLevel { level: basis.level, basis, counted: 1, next_change_on: day_after(basis.until) }
}

fn day_after(day: Option<NaiveDate>) -> Option<NaiveDate> {
    day.and_then(|day| day.checked_add_days(Days::new(1)))
}

/// When a judgement's weight next changes: at its next whole month, or when it ends.
fn next_step(judgement: &Judgement, on: NaiveDate) -> Option<NaiveDate> {
    let months = u32::try_from(months_between(judgement.from, on)).ok()?;
    // A month that is too short for the day ends with its last day; the age then grows the day after.
    let next = (months + 1..=months + 2)
        .filter_map(|months| judgement.from.checked_add_months(Months::new(months)))
        .find(|next| *next > on);
    match (next, day_after(judgement.until)) {
        (Some(next), Some(end)) => Some(next.min(end)),
        (next, end) => next.or(end),
    }
}

/// The mean, each level weighing half for every two years of its age; half a level counts up.
fn weighted(living: &[Judgement], on: NaiveDate) -> i32 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for judgement in living {
        let weight = 0.5_f64.powf(f64::from(months_between(judgement.from, on)) / HALF_LIFE_MONTHS);
        sum += f64::from(judgement.level) * weight;
        weights += weight;
    }
    let mean = sum / weights;
    (1..=5).rev().find(|level| mean >= f64::from(*level) - 0.5).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn judgement(number: u128, level: i32, from: &str, until: Option<&str>) -> Judgement {
        Judgement {
            id: Uuid::from_u128(number),
            method: AssessmentMethod::Assessor,
            level,
            from: day(from),
            until: until.map(day),
        }
    }

    #[test]
    fn the_latest_counts_until_it_ends() {
        let both = [judgement(1, 4, "2024-01-10", None), judgement(2, 2, "2026-01-10", Some("2026-06-30"))];
        let on = |text| current(LevelRule::Latest, None, &both, day(text)).unwrap();
        assert_eq!((on("2026-03-01").level, on("2026-03-01").next_change_on), (2, Some(day("2026-07-01"))));
        assert_eq!((on("2026-07-01").level, on("2026-07-01").next_change_on), (4, None));
        assert_eq!(current(LevelRule::Latest, None, &both, day("2024-01-09")), None);
    }

    #[test]
    fn the_best_counts_whatever_came_later() {
        let both = [judgement(1, 4, "2024-01-10", None), judgement(2, 2, "2026-01-10", None)];
        assert_eq!(current(LevelRule::Best, None, &both, day("2026-03-01")).unwrap().level, 4);
    }

    #[test]
    fn an_old_judgement_weighs_half_after_two_years() {
        // (4 x 0.5 + 1 x 1) / 1.5 = 2.0
        let both = [judgement(1, 4, "2024-03-01", None), judgement(2, 1, "2026-03-01", None)];
        let found = current(LevelRule::Weighted, None, &both, day("2026-03-01")).unwrap();
        assert_eq!((found.level, found.counted, found.basis.id), (2, 2, Uuid::from_u128(2)));
        assert_eq!(found.next_change_on, Some(day("2026-04-01")));
    }

    #[test]
    fn half_a_level_counts_up() {
        let both = [judgement(1, 2, "2026-03-01", None), judgement(2, 3, "2026-03-01", None)];
        assert_eq!(current(LevelRule::Weighted, None, &both, day("2026-03-01")).unwrap().level, 3);
    }

    #[test]
    fn only_the_required_source_counts() {
        let mut test = judgement(2, 5, "2025-01-10", None);
        test.method = AssessmentMethod::Test;
        let both = [judgement(1, 2, "2026-01-10", None), test];
        let by = |source| current(LevelRule::RequiredSource, Some(source), &both, day("2026-03-01"));
        assert_eq!(by(AssessmentMethod::Test).unwrap().level, 5);
        assert_eq!(by(AssessmentMethod::Certification), None);
    }

    proptest! {
        /// Until the day that is named, time alone changes nothing.
        #[test]
        fn nothing_changes_before_the_day_that_is_named(
            rule in prop_oneof![Just(LevelRule::Latest), Just(LevelRule::Best), Just(LevelRule::Weighted)],
            raw in prop::collection::vec((1..=5_i32, 0..900_u64, prop::option::of(0..900_u64)), 1..6),
            offset in 0..900_u64,
        ) {
            let start = day("2024-01-31");
            let judgements: Vec<_> = raw.iter().enumerate().map(|(index, (level, from, length))| {
                let from = start + Days::new(*from);
                let until = length.map(|length| from + Days::new(length));
                Judgement { id: Uuid::from_u128(index as u128), method: AssessmentMethod::Test, level: *level, from, until }
            }).collect();
            let on = start + Days::new(900 + offset);
            if let Some(now) = current(rule, None, &judgements, on) {
                let end = now.next_change_on.unwrap_or(on + Days::new(60)).min(on + Days::new(60));
                let mut later = on;
                while later < end {
                    prop_assert_eq!(current(rule, None, &judgements, later).map(|found| found.level), Some(now.level));
                    later = later + Days::new(1);
                }
            }
        }
    }
}
