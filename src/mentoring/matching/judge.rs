//! Whether a pair may be, and what it is worth. Whole numbers alone, halves up.

use std::collections::HashSet;

use uuid::Uuid;

use super::blocked::BlockingRule;
use super::terms::{Points, Term, WHOLE, Weights};
use crate::mentoring::availability::Week;

/// Minutes a week in common that are enough.
const ENOUGH: i32 = 60;
/// What time is worth where somebody did not say when.
const UNSAID: i32 = 50;
/// How many levels ahead are best, and what each level beside them takes away.
const BEST_DISTANCE: i32 = 2;
const OFF_DISTANCE: i32 = 25;
/// The highest level.
const HIGHEST: i32 = 5;

/// A goal that is not reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// The competency, by its place in [`Mentor::offers`].
    pub competency: usize,
    /// The level now; 0 for none.
    pub now: i32,
    /// The level to be reached, above that.
    pub target: i32,
}

/// Somebody who looks for a mentor.
#[derive(Clone, Debug)]
pub struct Mentee {
    /// The librarian.
    pub id: Uuid,
    /// Their request.
    pub request_id: Uuid,
    /// Goals that are not reached.
    pub wants: Vec<Want>,
    /// When they have time.
    pub week: Week,
    /// Languages, by number; none where any will do.
    pub languages: Vec<usize>,
    /// Mentors whom they would like.
    pub wishes: Vec<Uuid>,
    /// Their direct superior.
    pub superior: Option<Uuid>,
}

/// What a mentor offers of a competency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The level that they help others reach; 0 where they offer none.
    pub level: i32,
    /// Their own level; 0 for none.
    pub own: i32,
}

/// Somebody who mentors.
#[derive(Clone, Debug)]
pub struct Mentor {
    /// The librarian.
    pub id: Uuid,
    /// By competency.
    pub offers: Vec<Offer>,
    /// When they have time.
    pub week: Week,
    /// Languages, by number; none where they did not say.
    pub languages: Vec<usize>,
    /// How many mentees at once.
    pub capacity: i32,
    /// How many places are left.
    pub free: i32,
    /// Their direct superior.
    pub superior: Option<Uuid>,
}

impl Mentor {
    /// What the mentor offers for a goal; `as_able` as if they offered the level that they have.
    fn offer(&self, want: &Want, as_able: bool) -> Offer {
        let offer = self.offers.get(want.competency).copied().unwrap_or_default();
        Offer { level: if as_able { offer.level.max(offer.own) } else { offer.level }, ..offer }
    }
}

/// Everybody who is matched, in the order of ids, and what is known of pairs (mentee, mentor).
#[derive(Clone, Debug, Default)]
pub struct Cohort {
    /// Who looks for a mentor.
    pub mentees: Vec<Mentee>,
    /// Who mentors.
    pub mentors: Vec<Mentor>,
    /// What each term counts.
    pub weights: Weights,
    /// Pairs that an admin does not want.
    pub excluded: HashSet<(Uuid, Uuid)>,
    /// Pairs that an admin turned down in this round.
    pub rejected: HashSet<(Uuid, Uuid)>,
    /// Pairs that are proposed or under way.
    pub current: HashSet<(Uuid, Uuid)>,
    /// Pairs that are over.
    pub earlier: HashSet<(Uuid, Uuid)>,
}

/// What a pair is worth, or the first rule that it breaks.
pub type Judgement = Result<[Points; 7], BlockingRule>;

impl Cohort {
    /// Judges a pair.
    pub fn judge(&self, mentee: &Mentee, mentor: &Mentor) -> Judgement {
        self.judge_without(mentee, mentor, &[])
    }

    /// Judges a pair as if these rules did not hold. Without the rules on competencies a mentor offers the levels that they have.
    pub fn judge_without(&self, mentee: &Mentee, mentor: &Mentor, waived: &[BlockingRule]) -> Judgement {
        use BlockingRule::{
            AlreadyPaired, Excluded, GoalsReached, NoCommonCompetency, NoCommonLanguage, NoLevelDistance, NoMentor,
            Rejected, Superior,
        };
        let holds =
            |rule: BlockingRule, broken: bool| if broken && !waived.contains(&rule) { Err(rule) } else { Ok(()) };
        let as_able = waived.iter().any(|rule| matches!(rule, NoCommonCompetency | NoLevelDistance));
        if mentee.id == mentor.id {
            return Err(NoMentor);
        }
        if mentee.wants.is_empty() {
            return Err(GoalsReached);
        }
        if !mentee.wants.iter().any(|want| mentor.offer(want, as_able).level > 0) {
            return Err(NoCommonCompetency);
        }
        let help = Help::of(mentee, mentor, as_able);
        if help.count == 0 {
            return Err(NoLevelDistance);
        }
        let pair = (mentee.id, mentor.id);
        if self.current.contains(&pair) {
            return Err(AlreadyPaired);
        }
        let speak = mentee.languages.is_empty()
            || mentor.languages.is_empty()
            || mentee.languages.iter().any(|language| mentor.languages.contains(language));
        holds(NoCommonLanguage, !speak)?;
        holds(Superior, is_superior(mentee, mentor))?;
        holds(Excluded, self.excluded.contains(&pair))?;
        holds(Rejected, self.rejected.contains(&pair))?;
        Ok(self.terms(mentee, mentor, help))
    }

    /// Whether the two may never be a pair, whoever proposes it: the same person, a pair already, one above the other.
    pub fn never_pairs(&self, mentee: &Mentee, mentor: &Mentor) -> bool {
        mentee.id == mentor.id || self.current.contains(&(mentee.id, mentor.id)) || is_superior(mentee, mentor)
    }

    /// What a pair is worth, whatever rules it breaks.
    pub fn worth(&self, mentee: &Mentee, mentor: &Mentor) -> [Points; 7] {
        self.terms(mentee, mentor, Help::of(mentee, mentor, false))
    }

    fn terms(&self, mentee: &Mentee, mentor: &Mentor, help: Help) -> [Points; 7] {
        let needed = mentee.wants.iter().map(|want| want.target - want.now).sum();
        let minutes = mentee.week.minutes_with(&mentor.week);
        let said = !mentee.week.is_empty() && !mentor.week.is_empty();
        let is_wished = i32::from(mentee.wishes.contains(&mentor.id));
        let was_pair = i32::from(self.earlier.contains(&(mentee.id, mentor.id)));
        let free = mentor.free.max(0);
        let weights = &self.weights;
        let points = |term, value, weight, figures| Points { term, value, weight, figures };
        [
            points(Term::Need, share(WHOLE * help.covered, needed), weights.need, [help.covered, needed]),
            points(
                Term::Strength,
                share(WHOLE * help.own, HIGHEST * help.count),
                weights.strength,
                [share(WHOLE * help.own, help.count), help.count],
            ),
            points(
                Term::Distance,
                share(help.near, help.count),
                weights.distance,
                [share(WHOLE * help.ahead, help.count), help.count],
            ),
            points(
                Term::Availability,
                if said { share(WHOLE * minutes.min(ENOUGH), ENOUGH) } else { UNSAID },
                weights.availability,
                [minutes, if said { ENOUGH } else { 0 }],
            ),
            points(Term::Wish, WHOLE * is_wished, weights.wish, [is_wished, 0]),
            points(Term::Load, share(WHOLE * free, mentor.capacity), weights.load, [free, mentor.capacity]),
            points(Term::Earlier, WHOLE * was_pair, weights.earlier, [was_pair, 0]),
        ]
    }
}

/// What a mentor can do for the goals of a mentee, summed over those that they help with.
#[derive(Clone, Copy, Debug, Default)]
struct Help {
    /// How many competencies.
    count: i32,
    /// Levels of those that are wanted.
    covered: i32,
    /// The mentor's own levels.
    own: i32,
    /// How many levels ahead the mentor helps.
    ahead: i32,
    /// What these distances are worth.
    near: i32,
}

impl Help {
    fn of(mentee: &Mentee, mentor: &Mentor, as_able: bool) -> Self {
        let mut help = Self::default();
        let offers = mentee.wants.iter().map(|want| (want, mentor.offer(want, as_able)));
        for (want, offer) in offers.filter(|(want, offer)| offer.level > want.now) {
            let ahead = offer.level - want.now;
            help.count += 1;
            help.covered += offer.level.min(want.target) - want.now;
            help.own += offer.own;
            help.ahead += ahead;
            help.near += (WHOLE - OFF_DISTANCE * (ahead - BEST_DISTANCE).abs()).max(0);
        }
        help
    }
}

/// Whether one of the two is the direct superior of the other.
fn is_superior(mentee: &Mentee, mentor: &Mentor) -> bool {
    mentee.superior == Some(mentor.id) || mentor.superior == Some(mentee.id)
}

/// A part of a whole, half up; 0 where there is no whole.
fn share(part: i32, whole: i32) -> i32 {
    if whole > 0 { (2 * part + whole) / (2 * whole) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentoring::availability::{Weekday, WeeklyTime, WeeklyTimes};
    use crate::mentoring::matching::terms::score_of;

    fn week(from: &str, until: &str) -> Week {
        let time = WeeklyTime { weekday: Weekday::Monday, starts_at: from.to_owned(), ends_at: until.to_owned() };
        Week::of(&WeeklyTimes(vec![time]))
    }

    fn pair() -> (Mentee, Mentor) {
        let mentee = Mentee {
            id: Uuid::from_u128(1),
            request_id: Uuid::from_u128(9),
            wants: vec![
                Want { competency: 0, now: 2, target: 4 },
                Want { competency: 1, now: 0, target: 1 },
                Want { competency: 2, now: 3, target: 4 },
            ],
            week: week("09:00", "10:00"),
            languages: vec![0],
            wishes: vec![Uuid::from_u128(2)],
            superior: None,
        };
        let mentor = Mentor {
            id: Uuid::from_u128(2),
            offers: vec![Offer { level: 3, own: 4 }, Offer { level: 5, own: 5 }, Offer { level: 3, own: 5 }],
            week: week("09:15", "12:00"),
            languages: vec![0, 1],
            capacity: 3,
            free: 2,
            superior: None,
        };
        (mentee, mentor)
    }

    #[test]
    fn each_term_says_what_it_is_worth_and_why() {
        let (mentee, mentor) = pair();
        let cohort = Cohort { earlier: HashSet::from([(mentee.id, mentor.id)]), ..Cohort::default() };
        let terms = cohort.judge(&mentee, &mentor).unwrap();
        let said: Vec<_> = terms.iter().map(|points| (points.term, points.value, points.figures)).collect();
        assert_eq!(
            said,
            [
                // One of two levels in the first, the only one of the second, none of the third: 2 of 4.
                (Term::Need, 50, [2, 4]),
                (Term::Strength, 90, [450, 2]),
                // One level and five levels ahead: 75 and 25.
                (Term::Distance, 50, [300, 2]),
                (Term::Availability, 75, [45, 60]),
                (Term::Wish, 100, [1, 0]),
                (Term::Load, 67, [2, 3]),
                (Term::Earlier, 100, [1, 0]),
            ]
        );
        assert_eq!(score_of(&terms), 30 * 50 + 20 * 90 + 15 * 50 + 15 * 75 + 10 * 100 + 5 * 67 + 5 * 100);
        for points in &terms {
            let words = points.in_words();
            assert!(words.en.is_some_and(|en| en != words.id));
        }
    }

    #[test]
    fn rules_are_broken_in_their_order_and_each_can_be_waived_alone() {
        let (mut mentee, mut mentor) = pair();
        let mut cohort = Cohort::default();
        cohort.excluded.insert((mentee.id, mentor.id));
        mentee.superior = Some(mentor.id);
        mentor.languages = vec![1];
        assert_eq!(cohort.judge(&mentee, &mentor), Err(BlockingRule::NoCommonLanguage));
        let waived = cohort.judge_without(&mentee, &mentor, &[BlockingRule::NoCommonLanguage]);
        assert_eq!(waived, Err(BlockingRule::Superior));
        mentor.languages = Vec::new();
        mentee.superior = None;
        mentor.superior = Some(mentee.id);
        assert_eq!(cohort.judge(&mentee, &mentor), Err(BlockingRule::Superior));
        mentor.superior = None;
        assert_eq!(cohort.judge(&mentee, &mentor), Err(BlockingRule::Excluded));
        assert!(cohort.judge_without(&mentee, &mentor, &[BlockingRule::Excluded]).is_ok());
        mentee.wants = vec![Want { competency: 2, now: 3, target: 4 }];
        assert_eq!(cohort.judge(&mentee, &mentor), Err(BlockingRule::NoLevelDistance));
        cohort.excluded.clear();
        // The mentor is at level 5 and could offer that.
        assert!(cohort.judge_without(&mentee, &mentor, &[BlockingRule::NoLevelDistance]).is_ok());
        mentee.wants = vec![Want { competency: 7, now: 3, target: 4 }];
        assert_eq!(cohort.judge(&mentee, &mentor), Err(BlockingRule::NoCommonCompetency));
        mentee.wants.clear();
        assert_eq!(cohort.judge(&mentee, &mentor), Err(BlockingRule::GoalsReached));
        mentor.id = mentee.id;
        assert_eq!(cohort.judge(&mentee, &mentor), Err(BlockingRule::NoMentor));
    }

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!([share(100, 3), share(200, 3), share(1, 2), share(5, 0)], [33, 67, 1, 0]);
    }
}
