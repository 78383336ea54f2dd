//! How well the questions of a scale hang together: Cronbach's alpha of those who answered all of them.

use super::exact::Fraction;

/// Sums over people who answered every question of a scale, taken in one at a time.
#[derive(Clone, Debug)]
pub struct Reliability {
    people: u64,
    /// Sum and sum of squares of each question.
    questions: Vec<(i128, i128)>,
    /// The same of each person's total.
    total: (i128, i128),
}

impl Reliability {
    /// Nobody yet, for a scale of so many questions.
    pub fn of(questions: usize) -> Self {
        Self { people: 0, questions: vec![(0, 0); questions], total: (0, 0) }
    }

    /// Takes in one person's answers, and says whether they count: whoever left a question out does not (listwise).
    pub fn add(&mut self, answers: impl Iterator<Item = Option<i32>> + Clone) -> bool {
        if self.questions.is_empty() || answers.clone().any(|answer| answer.is_none()) {
            return false;
        }
        let mut total = 0;
        for ((sum, squares), answer) in self.questions.iter_mut().zip(answers.flatten().map(i128::from)) {
            *sum += answer;
            *squares += answer * answer;
            total += answer;
        }
        self.people += 1;
        self.total.0 += total;
        self.total.1 += total * total;
        true
    }

    /// How many answered every question.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// Alpha: `m / (m-1) x (1 - sum of the variances / variance of the totals)`. Nothing for fewer than two questions or people, or
    /// where all totals are alike.
    pub fn alpha(&self) -> Option<Fraction> {
        let questions = i128::try_from(self.questions.len()).ok().filter(|count| *count > 1)?;
        let people = i128::from(self.people);
        // Variances all have the same denominator, which falls out.
        let variance = |(sum, squares): &(i128, i128)| people * squares - sum * sum;
        let parts: i128 = self.questions.iter().map(variance).sum();
        let whole = variance(&self.total);
        Fraction::new(questions * (whole - parts), (questions - 1) * whole)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alpha(rows: &[Vec<i32>]) -> Option<i64> {
        let mut scale = Reliability::of(rows[0].len());
        for row in rows {
            scale.add(row.iter().map(|answer| Some(*answer)));
        }
        scale.alpha().map(|alpha| alpha.rounded(10_000))
    }

    #[test]
    fn questions_that_say_the_same_are_perfectly_reliable() {
        assert_eq!(alpha(&[vec![1, 1, 1], vec![3, 3, 3], vec![4, 4, 4]]), Some(10_000));
    }

    #[test]
    fn without_variance_or_company_there_is_no_alpha() {
        assert_eq!(alpha(&[vec![3, 3], vec![3, 3]]), None);
        assert_eq!(alpha(&[vec![3], vec![4]]), None);
        assert_eq!(alpha(&[vec![3, 4]]), None);
        assert_eq!(Reliability::of(0).alpha(), None);
    }

    #[test]
    fn who_left_a_question_out_does_not_count() {
        let mut scale = Reliability::of(2);
        for row in [[Some(1), Some(2)], [None, Some(5)], [Some(4), Some(4)]] {
            scale.add(row.into_iter());
        }
        assert_eq!(scale.people(), 2);
    }

    proptest! {
        #[test]
        fn alpha_does_not_depend_on_the_order(rows in prop::collection::vec(prop::collection::vec(1_i32..=5, 4), 2..40)) {
            let mut turned = rows.clone();
            turned.reverse();
            let swapped: Vec<Vec<i32>> = rows.iter().map(|row| row.iter().rev().copied().collect()).collect();
            prop_assert_eq!(alpha(&rows), alpha(&turned));
            prop_assert_eq!(alpha(&rows), alpha(&swapped));
            prop_assert!(alpha(&rows).is_none_or(|alpha| alpha <= 10_000));
        }
    }
}
