//! Rounds of small cohorts, beside trying everything.

use std::collections::HashSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::blocked::ReliefKind;
use super::judge::{Cohort, Mentee, Mentor, Offer, Want};
use super::plan::{Unmatched, plan};
use super::solver::{FORBIDDEN, Problem};
use super::terms::{Weights, score_of};
use super::tests::by_trying;
use crate::mentoring::availability::{Week, Weekday, WeeklyTime, WeeklyTimes};

/// The ids of five mentees, and of four mentors: the second of these looks for a mentor too.
const MENTEES: [u128; 5] = [10, 12, 14, 16, 18];
const MENTORS: [u128; 4] = [11, 12, 15, 19];

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Mondays of different lengths, or nothing said.
fn weeks() -> impl Strategy<Value = Week> {
    (0_u32..4).prop_map(|hours| {
        let time = |hours| WeeklyTime {
            weekday: Weekday::Monday,
            starts_at: "09:00".to_owned(),
            ends_at: format!("09:{:02}", hours * 15),
        };
        Week::of(&WeeklyTimes((hours > 0).then(|| time(hours)).into_iter().collect()))
    })
}

fn languages() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![3 => Just(Vec::new()), 2 => Just(vec![0]), 1 => Just(vec![1])]
}

fn mentees() -> impl Strategy<Value = Vec<Mentee>> {
    let want = (0_usize..2, 0..5, 1..4).prop_map(|(competency, now, more)| {
        let target = std::cmp::min(now + more, 5);
        Want { competency, now, target }
    });
    let wish = prop::option::weighted(0.4, prop::sample::select(MENTORS.as_slice()));
    let superior = prop::option::weighted(0.2, prop::sample::select(MENTORS.as_slice()));
    let one = (prop::collection::vec(want, 0..3), weeks(), languages(), wish, superior);
    prop::collection::vec(one, 0..=5).prop_map(|people| {
        let people = people.into_iter().zip(MENTEES);
        people
            .map(|((wants, week, languages, wish, superior), number)| Mentee {
                id: id(number),
                request_id: id(100 + number),
                wants,
                week,
                languages,
                wishes: wish.map(id).into_iter().collect(),
                superior: superior.map(id),
            })
            .collect()
    })
}

fn mentors() -> impl Strategy<Value = Vec<Mentor>> {
    let offer = (0..=5, 0..=5).prop_map(|(level, own)| Offer { level, own });
    let superior = prop::option::weighted(0.1, prop::sample::select(MENTEES.as_slice()));
    let one = (prop::collection::vec(offer, 2), weeks(), languages(), 1..=3, 0..=3, superior);
    prop::collection::vec(one, 0..=4).prop_map(|people| {
        let people = people.into_iter().zip(MENTORS);
        people
            .map(|((offers, week, languages, capacity, taken, superior), number)| Mentor {
                id: id(number),
                offers,
                week,
                languages,
                capacity,
                free: capacity - taken,
                superior: superior.map(id),
            })
            .collect()
    })
}

fn pairs(most: usize) -> impl Strategy<Value = HashSet<(Uuid, Uuid)>> {
    let pair = (prop::sample::select(MENTEES.as_slice()), prop::sample::select(MENTORS.as_slice()));
    prop::collection::hash_set(pair.prop_map(|(mentee, mentor)| (id(mentee), id(mentor))), 0..=most)
}

/// Up to five who look for a mentor and four who are one, with pairs kept apart, turned down, under way and over.
fn cohorts() -> impl Strategy<Value = Cohort> {
    let weights = (0..=30, 0..=30, 0..=30, 0..=30, 0..=30, 0..=30, 1..=30);
    let weights = weights.prop_map(|(need, strength, distance, availability, wish, load, earlier)| Weights {
        need,
        strength,
        distance,
        availability,
        wish,
        load,
        earlier,
    });
    let known = (pairs(4), pairs(3), pairs(3), pairs(8));
    (mentees(), mentors(), weights, known).prop_map(|(mentees, mentors, weights, known)| {
        let (excluded, rejected, current, earlier) = known;
        Cohort { mentees, mentors, weights, excluded, rejected, current, earlier }
    })
}

/// Lets two of a cohort be a pair, whatever else there is.
fn made_for_each_other(cohort: &mut Cohort, which: usize, whom: usize) -> (Mentee, Uuid) {
    let (mentee, mentor) = (&mut cohort.mentees[which], &mut cohort.mentors[whom]);
    mentee.wants = vec![Want { competency: 0, now: 1, target: 3 }];
    mentee.languages.clear();
    mentee.superior = None;
    mentor.offers[0].level = 3;
    mentor.superior = None;
    let pair = (mentee.id, mentor.id);
    for known in [&mut cohort.excluded, &mut cohort.rejected, &mut cohort.current] {
        known.remove(&pair);
    }
    (mentee.clone(), mentor.id)
}

/// A cohort in which somebody is given what is said to help them.
fn helped(cohort: &Cohort, left: &Unmatched) -> Option<Cohort> {
    let relief = left.obstacle.relief?;
    let pair = (left.mentee_id, relief.mentor_id);
    let mut helped = cohort.clone();
    let mentee = helped.mentees.iter_mut().find(|mentee| mentee.id == pair.0)?;
    let mentor = helped.mentors.iter_mut().find(|mentor| mentor.id == pair.1)?;
    for kind in std::iter::once(relief.kind).chain(relief.also) {
        match kind {
            ReliefKind::Capacity => mentor.free += 1,
            ReliefKind::Rejection => assert!(helped.rejected.remove(&pair)),
            ReliefKind::Exclusion => assert!(helped.excluded.remove(&pair)),
            ReliefKind::Language => mentee.languages.clear(),
            ReliefKind::Offer => mentor.offers.iter_mut().for_each(|offer| offer.level = offer.level.max(offer.own)),
            ReliefKind::Superior => (mentee.superior, mentor.superior) = (None, None),
        }
    }
    Some(helped)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_round_is_the_one_that_trying_everything_finds(cohort in cohorts()) {
        let judged = cohort.mentees.iter().flat_map(|mentee| cohort.mentors.iter().map(|mentor| cohort.judge(mentee, mentor)));
        let problem = Problem {
            capacities: cohort.mentors.iter().map(|mentor| u32::try_from(mentor.free).unwrap_or(0)).collect(),
            scores: judged.map(|judgement| judgement.map_or(FORBIDDEN, |terms| score_of(&terms))).collect(),
        };
        let (count, score, chosen) = by_trying(&problem, None).unwrap();
        let found = plan(&cohort);
        prop_assert_eq!((found.pairs.len(), found.score), (count, score));
        prop_assert_eq!(found.pairs.len() + found.unmatched.len(), cohort.mentees.len());
        let best = cohort.mentees.iter().zip(chosen);
        let best: Vec<_> =
            best.filter_map(|(mentee, mentor)| Some((mentee.id, cohort.mentors.get(mentor)?.id))).collect();
        let pairs: Vec<_> = found.pairs.iter().map(|pair| (pair.mentee_id, pair.mentor_id)).collect();
        prop_assert_eq!(pairs, best);
    }

    #[test]
    fn who_was_a_pair_before_never_loses_to_somebody_otherwise_equal(
        cohort in cohorts(), which in any::<prop::sample::Index>(), whom in any::<prop::sample::Index>(), first in any::<bool>(),
    ) {
        let mut cohort = cohort;
        if cohort.mentees.is_empty() || cohort.mentors.is_empty() {
            return Ok(());
        }
        let (which, whom) = (which.index(cohort.mentees.len()), whom.index(cohort.mentors.len()));
        let (old, mentor) = made_for_each_other(&mut cohort, which, whom);
        cohort.earlier.insert((old.id, mentor));
        // Whose id is the smaller must not matter.
        let new = Mentee { id: id(if first { 1 } else { 99 }), request_id: id(200), ..old.clone() };
        for known in [&mut cohort.excluded, &mut cohort.rejected, &mut cohort.current, &mut cohort.earlier] {
            let same: Vec<_> = known.iter().filter(|pair| pair.0 == old.id).map(|pair| (new.id, pair.1)).collect();
            known.extend(same);
        }
        cohort.earlier.remove(&(new.id, mentor));
        cohort.mentees.insert(if first { 0 } else { cohort.mentees.len() }, new.clone());
        let found = plan(&cohort);
        let has = |mentee: Uuid| found.pairs.iter().any(|pair| (pair.mentee_id, pair.mentor_id) == (mentee, mentor));
        prop_assert!(has(old.id) || !has(new.id) || old.id == mentor);
    }

    #[test]
    fn what_is_said_to_help_helps_be_it_one_thing_or_two(cohort in cohorts()) {
        let found = plan(&cohort);
        for left in &found.unmatched {
            if let Some(helped) = helped(&cohort, left) {
                prop_assert!(plan(&helped).pairs.len() > found.pairs.len(), "{left:?}");
            }
        }
    }
}

/// One who could be helped by nobody else, and one mentor with these places left.
fn two(free: i32) -> Cohort {
    let mentee = Mentee {
        id: id(1),
        request_id: id(9),
        wants: vec![Want { competency: 0, now: 1, target: 3 }],
        week: Week::default(),
        languages: Vec::new(),
        wishes: Vec::new(),
        superior: None,
    };
    let mentor = Mentor {
        id: id(2),
        offers: vec![Offer { level: 3, own: 4 }],
        week: Week::default(),
        languages: Vec::new(),
        capacity: 3,
        free,
        superior: None,
    };
    Cohort { mentees: vec![mentee], mentors: vec![mentor], ..Cohort::default() }
}

#[test]
fn where_no_single_thing_would_help_two_are_named() {
    let said = |cohort: &Cohort| {
        let found = plan(cohort);
        let relief = found.unmatched[0].obstacle.relief;
        relief.map(|relief| (relief.kind, relief.also, relief.total_score))
    };
    let (mut cohort, pair) = (two(1), (id(1), id(2)));
    let worth = plan(&cohort).score;
    cohort.excluded.insert(pair);
    assert_eq!(said(&cohort), Some((ReliefKind::Exclusion, None, worth)));
    cohort.mentees[0].superior = Some(id(2));
    assert_eq!(said(&cohort), Some((ReliefKind::Exclusion, Some(ReliefKind::Superior), worth)));
    // Three rules are nobody's to waive.
    cohort.rejected.insert(pair);
    assert_eq!(said(&cohort), None);

    let mut full = two(0);
    full.excluded.insert(pair);
    let (kind, also, score) = said(&full).unwrap();
    assert_eq!((kind, also), (ReliefKind::Capacity, Some(ReliefKind::Exclusion)));
    full.excluded.clear();
    full.mentors[0].free = 1;
    // A place more is worth what the mentor's load takes away again.
    assert!(score > 0 && score <= plan(&full).score);
}
