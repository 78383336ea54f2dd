//! The citizen satisfaction survey (Survei Kepuasan Masyarakat, SKM) of PermenPANRB 14/2017.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::exact::Fraction;
use super::tally::Tally;

/// How much an element weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum SkmWeightMode {
    /// One part of the number of elements: exactly 1/9 of nine.
    #[default]
    #[serde(rename = "exact")]
    Exact,
    /// The same with two decimals, as the regulation prints it: 0.11 of nine, so that 99 is the most.
    #[serde(rename = "rounded_0_11")]
    TwoDecimals,
    /// The same with three decimals: 0.111 of nine.
    #[serde(rename = "rounded_0_111")]
    ThreeDecimals,
}

impl SkmWeightMode {
    /// The weight of each of so many elements.
    pub fn weight(self, elements: u64) -> Option<Fraction> {
        let exact = Fraction::new(1, elements)?;
        match self {
            Self::Exact => Some(exact),
            Self::TwoDecimals => Fraction::new(exact.rounded(100), 100),
            Self::ThreeDecimals => Fraction::new(exact.rounded(1000), 1000),
        }
    }
}

/// The grade of a service (mutu pelayanan).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum SkmGrade {
    /// Sangat baik.
    A,
    /// Baik.
    B,
    /// Kurang baik.
    C,
    /// Tidak baik.
    D,
}

/// An element (unsur) as it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementScore {
    /// Its average, nilai rata-rata (NRR), in ten-thousandths.
    pub average: i64,
    /// The average times its weight (NRR tertimbang), in ten-thousandths.
    pub weighted: i64,
    /// 1 for the lowest average; equal averages share a place.
    pub place: usize,
}

/// A survey as it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Satisfaction {
    /// The elements in the order given.
    pub elements: Vec<ElementScore>,
    /// The sum of the weighted averages (nilai SKM), in ten-thousandths.
    pub value: i64,
    /// The index, indeks kepuasan masyarakat (IKM), 25 times the sum, in hundredths: rounded half up once, at the end.
    pub index: i64,
    /// The grade of the rounded index; none where no band reaches down to it.
    pub grade: Option<SkmGrade>,
}

/// Scores a survey: the answers from 1 to 4 to each element, which may be of different numbers of people. `bands` are the least
/// indices of the grades in hundredths, the highest first. Nothing where an element has no answer.
pub fn score(elements: &[Tally], mode: SkmWeightMode, bands: &[(i64, SkmGrade)]) -> Option<Satisfaction> {
    let weight = mode.weight(u64::try_from(elements.len()).ok()?)?;
    let averages: Vec<Fraction> = elements.iter().map(Tally::mean).collect::<Option<_>>()?;
    let sum = averages.iter().fold(Fraction::whole(0), |sum, average| sum.plus(&average.times(&weight)));
    let index = sum.times(&Fraction::whole(25)).rounded(100);
    let below = |average: &Fraction| averages.iter().filter(|other| other.compare(average) == Ordering::Less).count();
    let elements = averages.iter().map(|average| ElementScore {
        average: average.rounded(10_000),
        weighted: average.times(&weight).rounded(10_000),
        place: below(average) + 1,
    });
    Some(Satisfaction {
        elements: elements.collect(),
        value: sum.rounded(10_000),
        index,
        grade: bands.iter().find(|(least, _)| index >= *least).map(|(_, grade)| *grade),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kernel::decimal::decimal;

    const BANDS: [(i64, SkmGrade); 4] =
        [(8831, SkmGrade::A), (7661, SkmGrade::B), (6500, SkmGrade::C), (0, SkmGrade::D)];

    /// Ten respondents, nine elements: the worked example.
    const ANSWERS: [[i32; 9]; 10] = [
        [3, 3, 3, 4, 3, 3, 4, 3, 3],
        [3, 4, 3, 4, 3, 4, 4, 4, 3],
        [4, 3, 3, 4, 3, 3, 3, 3, 2],
        [3, 3, 2, 4, 3, 3, 3, 3, 3],
        [4, 4, 4, 4, 4, 4, 4, 4, 4],
        [3, 3, 3, 4, 3, 4, 4, 3, 3],
        [2, 3, 2, 4, 3, 3, 3, 2, 3],
        [3, 3, 3, 4, 4, 3, 4, 3, 3],
        [4, 3, 3, 4, 3, 4, 4, 4, 3],
        [3, 3, 3, 4, 3, 3, 3, 3, 2],
    ];

    fn elements() -> Vec<Tally> {
        let count = |element: usize, value| ANSWERS.iter().filter(|row| row[element] == value).count() as u64;
        (0..9).map(|element| Tally((1..=4).map(|value| (value, count(element, value))).collect())).collect()
    }

    #[test]
    fn the_worked_example_comes_out_by_each_weight() {
        let index = |mode| {
            let found = score(&elements(), mode, &BANDS).unwrap();
            (found.value, found.index, found.grade)
        };
        assert_eq!(index(SkmWeightMode::Exact), (32_889, 8222, Some(SkmGrade::B)));
        assert_eq!(index(SkmWeightMode::TwoDecimals), (32_560, 8140, Some(SkmGrade::B)));
        assert_eq!(index(SkmWeightMode::ThreeDecimals), (32_856, 8214, Some(SkmGrade::B)));
    }

    #[test]
    fn averages_and_the_lowest_elements_are_those_of_the_example() {
        let found = score(&elements(), SkmWeightMode::Exact, &BANDS).unwrap();
        let averages: Vec<_> = found.elements.iter().map(|element| element.average).collect();
        assert_eq!(averages, [32_000, 32_000, 29_000, 40_000, 32_000, 34_000, 36_000, 32_000, 29_000]);
        let lowest: Vec<_> = (0..9).filter(|element| found.elements[*element].place == 1).collect();
        assert_eq!(lowest, [2, 8]);
        assert_eq!(found.elements[0].place, 3);
    }

    #[test]
    fn a_weight_can_move_a_survey_into_another_band() {
        let all = vec![Tally(vec![(3, 46), (4, 54)]); 9];
        let exact = score(&all, SkmWeightMode::Exact, &BANDS).unwrap();
        let rounded = score(&all, SkmWeightMode::TwoDecimals, &BANDS).unwrap();
        assert_eq!((exact.index, exact.grade), (8850, Some(SkmGrade::A)));
        // 87.615 exactly: half up.
        assert_eq!((rounded.index, rounded.grade), (8762, Some(SkmGrade::B)));
    }

    #[test]
    fn the_band_is_that_of_the_rounded_index() {
        // 88.306 is rounded to 88.31 first, and so is an A.
        let all = vec![Tally(vec![(3, 46_776), (4, 53_224)]); 9];
        let found = score(&all, SkmWeightMode::Exact, &BANDS).unwrap();
        assert_eq!((found.index, found.grade), (8831, Some(SkmGrade::A)));
        let all = vec![Tally(vec![(3, 46_784), (4, 53_216)]); 9];
        assert_eq!(score(&all, SkmWeightMode::Exact, &BANDS).unwrap().grade, Some(SkmGrade::B));
    }

    #[test]
    fn an_element_without_answers_leaves_no_index() {
        let mut missing = elements();
        missing[4] = Tally::default();
        assert_eq!(score(&missing, SkmWeightMode::Exact, &BANDS), None);
        assert_eq!(score(&[], SkmWeightMode::Exact, &BANDS), None);
    }

    proptest! {
        #[test]
        fn elements_may_have_different_numbers_of_answers(counts in prop::collection::vec((0_u64..50_000, 0_u64..50_000, 1_u64..50_000), 9)) {
            let elements: Vec<Tally> = counts.iter().map(|(two, three, four)| Tally(vec![(2, *two), (3, *three), (4, *four)])).collect();
            let found = score(&elements, SkmWeightMode::Exact, &BANDS).unwrap();
            // The same with floating point, which is good for all but the last digit.
            let plain = |count: u64| f64::from(u32::try_from(count).unwrap());
            let mean: f64 = counts.iter().map(|(two, three, four)| {
                plain(2 * two + 3 * three + 4 * four) / plain(two + three + four)
            }).sum::<f64>() / 9.0;
            prop_assert!((decimal(found.index) - mean * 25.0).abs() <= 0.005 + 1e-8);
            prop_assert!((5000..=10_000).contains(&found.index));
        }
    }
}
