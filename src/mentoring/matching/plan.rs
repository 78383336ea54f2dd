//! A whole round: scores of all pairs, the best assignment, and what stood in the way of whoever is left.

use uuid::Uuid;

use super::blocked::{BlockingRule, Obstacle, Relief, ReliefKind};
use super::judge::{Cohort, Mentee, Mentor};
use super::relax::Rooms;
use super::solver::{FORBIDDEN, Problem, solve};
use super::terms::{Terms, score_of};
use crate::mentoring::places::MOST_CAPACITY;

/// A pair that a round proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The request.
    pub request_id: Uuid,
    /// Who looks for a mentor.
    pub mentee_id: Uuid,
    /// The mentor.
    pub mentor_id: Uuid,
    /// What it is worth.
    pub terms: Terms,
}

/// Somebody for whom a round found nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// The request.
    pub request_id: Uuid,
    /// Who looks for a mentor.
    pub mentee_id: Uuid,
    /// What stood in the way.
    pub obstacle: Obstacle,
}

/// What a round comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order of the mentees' ids.
    pub pairs: Vec<Pair>,
    /// In the order of the mentees' ids.
    pub unmatched: Vec<Unmatched>,
    /// The sum of all scores.
    pub score: i64,
}

/// Matches a cohort.
pub fn plan(cohort: &Cohort) -> Plan {
    let mut scores = Vec::with_capacity(cohort.mentees.len() * cohort.mentors.len());
    for mentee in &cohort.mentees {
        let judged = cohort.mentors.iter().map(|mentor| cohort.judge(mentee, mentor));
        scores.extend(judged.map(|judgement| judgement.map_or(FORBIDDEN, |terms| score_of(&terms))));
    }
    let capacities = cohort.mentors.iter().map(|mentor| u32::try_from(mentor.free).unwrap_or(0)).collect();
    let problem = Problem { capacities, scores };
    let optimum = solve(&problem);
    let mut plan = Plan { score: optimum.score, ..Plan::default() };
    let mut rooms = None;
    for (index, mentee) in cohort.mentees.iter().enumerate() {
        let pair = optimum.mentor_of(index).and_then(|mentor| cohort.mentors.get(mentor));
        if let Some((mentor, terms)) = pair.and_then(|mentor| Some((mentor, cohort.judge(mentee, mentor).ok()?))) {
            plan.pairs.push(Pair {
                request_id: mentee.request_id,
                mentee_id: mentee.id,
                mentor_id: mentor.id,
                terms: Terms(terms.to_vec()),
            });
        } else {
            let rooms = rooms.get_or_insert_with(|| Search {
                cohort,
                problem: &problem,
                score: optimum.score,
                added: Rooms::added(&problem, &optimum, |mentor| cohort.mentors.get(mentor).is_some_and(can_grow)),
                left: Rooms::left(&problem, &optimum),
            });
            let obstacle = rooms.obstacle(index, mentee);
            plan.unmatched.push(Unmatched { request_id: mentee.request_id, mentee_id: mentee.id, obstacle });
        }
    }
    plan
}

/// Whether one more place would be one more mentee: not where a mentor has more than they take, or takes the most already.
fn can_grow(mentor: &Mentor) -> bool {
    mentor.free >= 0 && mentor.capacity < MOST_CAPACITY
}

/// A look for what would help.
struct Search<'a> {
    cohort: &'a Cohort,
    problem: &'a Problem,
    score: i64,
    /// How to make room with one place more.
    added: Rooms,
    /// How to make room with what is left.
    left: Rooms,
}

impl Search<'_> {
    fn obstacle(&self, index: usize, mentee: &Mentee) -> Obstacle {
        let mut rule = BlockingRule::NoMentor;
        let mut best: Option<Relief> = None;
        let mut consider = |relief: Relief| {
            if best.is_none_or(|known| relief.cost() < known.cost()) {
                best = Some(relief);
            }
        };
        for (place, (mentor, score)) in self.cohort.mentors.iter().zip(self.problem.row(index)).enumerate() {
            if *score >= 0 {
                rule = BlockingRule::Capacity;
                if let Some((room, named)) =
                    self.added.at(place).and_then(|room| Some((room, self.cohort.mentors.get(room.mentor)?)))
                {
                    let total_score = self.score + i64::from(*score) - room.loss;
                    consider(Relief { kind: ReliefKind::Capacity, also: None, mentor_id: named.id, total_score });
                }
                continue;
            }
            let Err(broken) = self.cohort.judge(mentee, mentor) else { continue };
            rule = rule.max(broken);
            if let Some(relief) = self.waiving(mentee, place, mentor, broken) {
                consider(relief);
            }
        }
        Obstacle { rule, relief: best }
    }

    /// Makes a pair that breaks a rule: by waiving it, and one thing more where that is not enough.
    fn waiving(&self, mentee: &Mentee, place: usize, mentor: &Mentor, broken: BlockingRule) -> Option<Relief> {
        let kind = broken.relief()?;
        let (terms, second) = match self.cohort.judge_without(mentee, mentor, &[broken]) {
            Ok(terms) => (terms, None),
            Err(other) => (self.cohort.judge_without(mentee, mentor, &[broken, other]).ok()?, Some(other.relief()?)),
        };
        let total = self.score + i64::from(score_of(&terms));
        let (also, loss) = match (self.left.at(place), second) {
            (Some(room), second) => (second, room.loss),
            // With one place more there nobody has to move.
            (None, None) if can_grow(mentor) => (Some(ReliefKind::Capacity), 0),
            (None, _) => return None,
        };
        let (kind, also) = match also {
            Some(also) if also < kind => (also, Some(kind)),
            also => (kind, also),
        };
        Some(Relief { kind, also, mentor_id: mentor.id, total_score: total - loss })
    }
}
