//! The solver against trying everything.

use std::cmp::Reverse;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use uuid::Uuid;

use super::judge::{Cohort, Mentee, Mentor, Offer, Want};
use super::plan::plan;
use super::relax::Rooms;
use super::solver::{FORBIDDEN, Problem, solve};
use crate::mentoring::availability::{Week, Weekday, WeeklyTime, WeeklyTimes};

/// People matched, their score, and who has whom; [`Problem::mentors`] stands for nobody.
pub(super) type Outcome = (usize, i64, Vec<usize>);

/// Tries every assignment; with `matched`, those alone in which exactly these have a mentor.
pub(super) fn by_trying(problem: &Problem, matched: Option<&[bool]>) -> Option<Outcome> {
    struct Trial<'a> {
        problem: &'a Problem,
        matched: Option<&'a [bool]>,
        load: Vec<u32>,
        chosen: Vec<usize>,
        best: Option<Outcome>,
    }
    impl Trial<'_> {
        fn go(&mut self, count: usize, score: i64) {
            let (row, none) = (self.chosen.len(), self.problem.mentors());
            if row == self.problem.mentees() {
                let found = (count, score, self.chosen.clone());
                let key = |outcome: &Outcome| (outcome.0, outcome.1, Reverse(outcome.2.clone()));
                if self.best.as_ref().is_none_or(|best| key(&found) > key(best)) {
                    self.best = Some(found);
                }
                return;
            }
            let wanted = self.matched.map(|matched| matched[row]);
            for (column, worth) in self.problem.row(row).iter().copied().enumerate() {
                let fits = worth != FORBIDDEN && self.load[column] < self.problem.capacities[column];
                if fits && wanted != Some(false) {
                    self.load[column] += 1;
                    self.chosen.push(column);
                    self.go(count + 1, score + i64::from(worth));
                    self.chosen.pop();
                    self.load[column] -= 1;
                }
            }
            if wanted != Some(true) {
                self.chosen.push(none);
                self.go(count, score);
                self.chosen.pop();
            }
        }
    }
    let mut trial = Trial { problem, matched, load: vec![0; problem.mentors()], chosen: Vec::new(), best: None };
    trial.go(0, 0);
    trial.best
}

/// Up to six mentees and five mentors, with few different scores, so that many assignments are as good.
fn problems() -> impl Strategy<Value = Problem> {
    let sizes = (0_usize..=6, 1_usize..=5, 1_i32..=6, 0_u32..=9);
    sizes.prop_flat_map(|(mentees, mentors, range, forbidden)| {
        let score = prop_oneof![forbidden => Just(FORBIDDEN), 10 - forbidden => 0..range];
        let scores = prop::collection::vec(score, mentees * mentors);
        (prop::collection::vec(0_u32..=3, mentors), scores)
            .prop_map(|(capacities, scores)| Problem { capacities, scores })
    })
}

fn found(problem: &Problem) -> Outcome {
    let optimum = solve(problem);
    let chosen = (0..problem.mentees()).map(|row| optimum.mentor_of(row).unwrap_or(problem.mentors()));
    let chosen: Vec<usize> = chosen.collect();
    let count = chosen.iter().filter(|column| **column < problem.mentors()).count();
    (count, optimum.score, chosen)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_assignment_is_the_one_that_trying_everything_finds(problem in problems()) {
        prop_assert_eq!(Some(found(&problem)), by_trying(&problem, None));
    }

    #[test]
    fn one_more_place_does_what_it_is_said_to_do(problem in problems()) {
        let (_, score, chosen) = found(&problem);
        let optimum = solve(&problem);
        let added = Rooms::added(&problem, &optimum, |_| true);
        let none = problem.mentors();
        for row in (0..problem.mentees()).filter(|row| chosen[*row] == none) {
            let mut matched: Vec<bool> = chosen.iter().map(|column| *column < none).collect();
            matched[row] = true;
            let with_one_more = |mentor: usize| {
                let mut more = problem.clone();
                more.capacities[mentor] += 1;
                by_trying(&more, Some(&matched)).map(|outcome| outcome.1)
            };
            let best = (0..none).filter_map(with_one_more).max();
            let said = problem.row(row).iter().enumerate().filter(|(_, worth)| **worth != FORBIDDEN);
            let said = said.filter_map(|(column, worth)| {
                added.at(column).map(|room| (score + i64::from(*worth) - room.loss, room.mentor))
            });
            let said = said.max_by_key(|(total, _)| *total);
            prop_assert_eq!(said.map(|(total, _)| total), best);
            if let Some((total, mentor)) = said {
                prop_assert_eq!(with_one_more(mentor), Some(total));
            }
        }
    }

    #[test]
    fn one_more_pair_that_may_be_does_what_it_is_said_to_do(problem in problems(), worth in 0_i32..6) {
        let (_, score, chosen) = found(&problem);
        let optimum = solve(&problem);
        let left = Rooms::left(&problem, &optimum);
        let none = problem.mentors();
        for row in (0..problem.mentees()).filter(|row| chosen[*row] == none) {
            let mut matched: Vec<bool> = chosen.iter().map(|column| *column < none).collect();
            matched[row] = true;
            for column in (0..none).filter(|column| problem.row(row)[*column] == FORBIDDEN) {
                let mut lifted = problem.clone();
                lifted.scores[row * none..(row + 1) * none].fill(FORBIDDEN);
                lifted.scores[row * none + column] = worth;
                let best = by_trying(&lifted, Some(&matched)).map(|outcome| outcome.1);
                prop_assert_eq!(left.at(column).map(|room| score + i64::from(worth) - room.loss), best);
            }
        }
    }
}

#[test]
fn nobody_at_all_is_matched_without_a_fault() {
    for problem in [
        Problem { capacities: Vec::new(), scores: Vec::new() },
        Problem { capacities: vec![3], scores: Vec::new() },
        Problem { capacities: vec![0, 0], scores: vec![5; 6] },
        Problem { capacities: vec![2], scores: vec![FORBIDDEN; 4] },
    ] {
        assert_eq!((found(&problem).0, found(&problem).1), (0, 0));
    }
}

#[test]
fn a_cohort_whose_pairs_are_all_alike_is_matched_by_ids() {
    let problem = Problem { capacities: vec![2; 30], scores: vec![7; 50 * 30] };
    let expected: Vec<usize> = (0..50).map(|row| row / 2).collect();
    assert_eq!(found(&problem).2, expected);
}

/// People whose mentors are liked by all alike, with times, languages and levels of many kinds.
fn cohort(mentees: usize, mentors: usize, capacity: i32) -> Cohort {
    let mixed = |index: usize, bound: usize| index.wrapping_mul(2_654_435_761) / 65_536 % bound;
    let level = |index: usize| i32::try_from(mixed(index, 3)).unwrap_or(0);
    let week = |index: usize| {
        let (starts_at, ends_at) = ("09:00".to_owned(), format!("{}:00", 10 + mixed(index, 6)));
        let weekday = if index.is_multiple_of(2) { Weekday::Monday } else { Weekday::Friday };
        Week::of(&WeeklyTimes(vec![WeeklyTime { weekday, starts_at, ends_at }]))
    };
    let id = |index: usize| Uuid::from_u128(index as u128);
    let seeks = (0..mentees).map(|index| Mentee {
        id: id(index),
        request_id: id(index),
        wants: (0..5)
            .map(|goal| Want { competency: mixed(index * 5 + goal, 40), now: level(index + goal), target: 4 })
            .collect(),
        week: week(index),
        languages: vec![0, index % 3],
        wishes: vec![id(mentees + mixed(index, mentors))],
        superior: Some(id(mentees + mixed(index + 1, mentors))),
    });
    let offers = (0..mentors).map(|index| Mentor {
        id: id(mentees + index),
        offers: (0..40).map(|place| Offer { level: 1 + level(index + place), own: 1 + level(index) * 2 }).collect(),
        week: week(index * 7),
        languages: vec![index % 4],
        capacity,
        free: capacity,
        superior: None,
    });
    Cohort { mentees: seeks.collect(), mentors: offers.collect(), ..Cohort::default() }
}

/// Four bytes a pair are 16 MiB for the largest of these; the rest is small beside them.
const MOST_KIB: u64 = 40 * 1_024;

/// What this process held at the most and holds now, in KiB, where Linux tells.
fn memory() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let figure =
        |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok());
    Some((figure("VmHWM:")?, figure("VmRSS:")?))
}

/// A small one, or with `BINA_MATCHING_LARGE` in a release build those that have limits.
#[test]
fn a_large_cohort_is_matched_in_time() {
    let large = std::env::var_os("BINA_MATCHING_LARGE").is_some();
    let cases: &[(usize, i32, u64)] =
        if large { &[(500, 1, 500), (500, 3, 500), (2_000, 3, 10_000)] } else { &[(120, 1, 20_000)] };
    for (size, capacity, most) in cases {
        let cohort = cohort(*size, *size, *capacity);
        let before = memory();
        let began = Instant::now();
        let found = plan(&cohort);
        let took = began.elapsed();
        println!("{size} x {size} with {capacity} places: {took:?}, {} matched", found.pairs.len());
        assert_eq!(found.pairs.len() + found.unmatched.len(), *size);
        assert!(took < Duration::from_millis(*most), "{size} x {size}: {took:?}");
        // Run alone, as its limits are, nothing else of the process grows meanwhile.
        if let Some(((peak, _), (_, before))) = memory().zip(before).filter(|_| large) {
            let grown = peak.saturating_sub(before);
            println!("{size} x {size}: at the most {grown} KiB more than before");
            assert!(grown < MOST_KIB, "{size} x {size}: {grown} KiB");
        }
        assert_eq!(plan(&cohort), found);
    }
}
