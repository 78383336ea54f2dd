//! What so many people answered on a scale: mean, median, NPS, CSAT.

use super::exact::Fraction;

/// How often each value of a scale was chosen, by ascending value. Values that nobody chose may stand with 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(pub Vec<(i32, u64)>);

impl Tally {
    /// How many answered.
    pub fn answered(&self) -> u64 {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// The sum of all answers.
    pub fn sum(&self) -> i64 {
        self.0.iter().map(|(value, count)| i64::from(*value) * signed(*count)).sum()
    }

    /// The arithmetic mean; nothing where nobody answered.
    pub fn mean(&self) -> Option<Fraction> {
        Fraction::new(self.sum(), self.answered())
    }

    /// The median: the middle answer, or halfway between the two in the middle.
    pub fn median(&self) -> Option<Fraction> {
        let count = self.answered();
        let middle = |place: u64| {
            let mut passed = 0;
            self.0.iter().find(|(_, count)| {
                passed += count;
                passed > place
            })
        };
        let (lower, _) = middle(count.checked_sub(1)? / 2)?;
        let (upper, _) = middle(count / 2)?;
        Fraction::new(i64::from(*lower) + i64::from(*upper), 2)
    }

    /// Customer satisfaction (CSAT) in percent: the share of those who answered `least` or more, 4 on a scale to 5.
    pub fn satisfied(&self, least: i32) -> Option<Fraction> {
        Fraction::new(100 * signed(self.between(least, i32::MAX)), self.answered())
    }

    /// Net promoter score (NPS), -100 to 100: percent of those who answered 9 or 10 less percent of 0 to 6.
    pub fn net_promoters(&self) -> Option<Fraction> {
        let (promoters, detractors) = (self.between(9, 10), self.between(0, 6));
        Fraction::new(100 * (signed(promoters) - signed(detractors)), self.answered())
    }

    fn between(&self, least: i32, most: i32) -> u64 {
        self.0.iter().filter(|(value, _)| (least..=most).contains(value)).map(|(_, count)| count).sum()
    }
}

/// A count with a sign; counts lie far below the limit.
pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(answers: &[i32]) -> Tally {
        let mut counts = std::collections::BTreeMap::new();
        for answer in answers {
            *counts.entry(*answer).or_default() += 1;
        }
        Tally(counts.into_iter().collect())
    }

    #[test]
    fn eleven_promoters_and_three_detractors_of_twenty_are_forty() {
        let tally = Tally(vec![(3, 1), (6, 2), (7, 2), (8, 4), (9, 5), (10, 6)]);
        assert_eq!(tally.net_promoters().unwrap().rounded(100), 4000);
    }

    #[test]
    fn nobody_has_no_mean() {
        let tally = Tally(vec![(1, 0), (5, 0)]);
        assert_eq!((tally.mean(), tally.median(), tally.satisfied(4), tally.net_promoters()), (None, None, None, None));
    }

    #[test]
    fn the_median_lies_halfway_between_two() {
        assert_eq!(of(&[1, 2, 4, 5]).median().unwrap().rounded(10), 30);
        assert_eq!(of(&[1, 2, 2, 5, 5]).median().unwrap().rounded(10), 20);
        assert_eq!(of(&[4]).median().unwrap().rounded(10), 40);
    }

    proptest! {
        #[test]
        fn the_median_is_that_of_the_sorted_answers(mut answers in prop::collection::vec(0_i32..=10, 1..60)) {
            let tally = of(&answers);
            answers.sort_unstable();
            let twice = answers[(answers.len() - 1) / 2] + answers[answers.len() / 2];
            prop_assert_eq!(tally.median().unwrap().rounded(2), i64::from(twice));
            prop_assert_eq!(tally.sum(), answers.iter().map(|answer| i64::from(*answer)).sum::<i64>());
        }

        #[test]
        fn scores_turn_with_the_scale(answers in prop::collection::vec(0_i32..=10, 1..60)) {
            let nps = of(&answers).net_promoters().unwrap().rounded(100);
            prop_assert!((-10_000..=10_000).contains(&nps));
            let mirrored: Vec<_> = answers.iter().map(|answer| match answer { 0..=6 => 10, 9 | 10 => 0, other => *other }).collect();
            let other = of(&mirrored).net_promoters().unwrap();
            prop_assert_eq!(other.plus(&of(&answers).net_promoters().unwrap()).rounded(1), 0);
        }
    }
}
